/** The functions of Node that the tests may call from a browser, see ../answer.ts: their bytes and other arguments. */
export interface Question {
  readonly name: 'readFileSync' | 'readdirSync' | 'deflateSync' | 'inflateSync' | 'gunzipSync' | 'sha256';
  /** What the function gets behind the bytes, or alone. */
  readonly rest: readonly unknown[];
}

/** Lets the Node that runs the tests call a function, and waits for what it returns. Only workers may wait so. */
export function ask(name: Question['name'], rest: Question['rest'], bytes?: Uint8Array): Uint8Array<ArrayBuffer> {
  const request = new XMLHttpRequest();
  request.open('POST', `/ask?${encodeURIComponent(JSON.stringify({ name, rest } satisfies Question))}`, false);
  request.responseType = 'arraybuffer';
  request.send(bytes ? new Uint8Array(bytes) : null);
  if (request.status !== 200) throw new Error(`${name}: ${new TextDecoder().decode(request.response)}`);
  return new Uint8Array(request.response);
}
