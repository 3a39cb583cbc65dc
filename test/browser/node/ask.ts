/** The functions of Node that the tests may call from a browser, see ../answer.ts: their bytes and other arguments. */
export interface Question {
  readonly name:
    | 'readFileSync'
    | 'readdirSync'
    | 'existsSync'
    | 'realpathSync'
    | 'writeFileSync'
    | 'appendFileSync'
    | 'mkdirSync'
    | 'mkdtempSync'
    | 'renameSync'
    | 'rmSync'
    | 'symlinkSync'
    | 'tmpdir'
    | 'deflateSync'
    | 'inflateSync'
    | 'gunzipSync'
    | 'sha256'
    | 'readPng'
    | 'writePng';
  /** What the function gets behind the bytes, or alone. */
  readonly rest: readonly unknown[];
}

/** Where that Node answers; put in by the bundler. */
declare const addressOfAnswers: string;

/** Lets the Node that runs the tests call a function, and waits for what it returns. Only workers may wait so. */
export function ask(name: Question['name'], rest: Question['rest'] = [], bytes?: Uint8Array): Uint8Array<ArrayBuffer> {
  const request = new XMLHttpRequest();
  const question: Question = { name, rest };
  request.open('POST', `${addressOfAnswers}?${encodeURIComponent(JSON.stringify(question))}`, false);
  request.responseType = 'arraybuffer';
  request.send(bytes ? new Uint8Array(bytes) : null);
  if (request.status !== 200) throw new Error(`${name}: ${new TextDecoder().decode(request.response)}`);
  return new Uint8Array(request.response);
}

/** The same where the answer is a text. */
export const askText: (...question: Parameters<typeof ask>) => string = (...question) =>
  new TextDecoder().decode(ask(...question));
