import * as vscode from 'vscode';
import { type Outcome, type Question, Throttler } from '../channel';
import type { Calls, ExportCommand, FromHost, PageNotice, PictureInfo, Remedy, Status } from '../protocol';
import { callNames } from '../schema';
import { defaultsFrom } from './defaults';
import type { DocumentState, PictureDocument } from './document';
import { parseMessage, questionId } from './message';
import { isAlike, Prefetch } from './prefetch';
import { PrefetchGuess } from './prefetchGuess';

/** The way to one page. */
type Post = (message: FromHost) => Thenable<boolean>;

/** A picture larger than this is never sent whole, whoever asks: a message of that size stops VS Code for seconds. */
const mostPixels = 4_000_000;

/** One panel's conversation with its page: checks what it says, passes its questions on and tells it what happens. */
export class Session implements vscode.Disposable {
  readonly #told = new vscode.EventEmitter<void>();
  /** Fires when {@link status} changes. */
  readonly onDidTell = this.#told.event;
  readonly #asked = new vscode.EventEmitter<ExportCommand>();
  /** Fires when a button of the page stands for a command. */
  readonly onDidAsk = this.#asked.event;
  readonly #copied = new vscode.EventEmitter<string | undefined>();
  /** Fires when a picture has gone to the clipboard, or with why it has not. */
  readonly onDidCopy = this.#copied.event;
  readonly #listener: vscode.Disposable;
  /** One question of a kind at a time, whatever the page sends. */
  readonly #throttlers = new Map<keyof Calls, Throttler>(callNames.map(name => [name, new Throttler()]));
  /** Whether there is a page to send to, or one on its way. */
  #ready = false;
  #disposed = false;
  #status: Status | undefined;
  /** The picture that the status is of. */
  #opened: PictureInfo | undefined;
  readonly #prefetch: Prefetch;

  constructor(
    readonly document: PictureDocument,
    private readonly send: Post,
    private readonly log: vscode.LogOutputChannel,
    guess = new PrefetchGuess(),
  ) {
    this.#prefetch = new Prefetch(document, guess, () => this.#defaults);
    this.#listener = document.onDidChange(state => {
      this.#setStatus(this.#statusUnder(state));
      this.#prefetch.prepare(state);
      if (this.#ready) this.#tell(state);
    });
    this.#prefetch.prepare(document.state);
    if (document.state.type === 'opened') this.#opened = document.state.info;
  }

  /** What is on screen, as the page last told of this picture; undefined before it has drawn. */
  get status(): Status | undefined {
    return this.#status;
  }

  /** Hands the page a PNG to put on the clipboard, which {@link onDidCopy} reports. */
  copy(png: Uint8Array): void {
    this.#post({ type: 'clipboard', png });
  }

  /** Takes whatever the page posted. */
  receive(raw: unknown): void {
    const message = parseMessage(raw);
    if (!message) {
      this.log.warn(`${this.document.uri}: a malformed message from the page was dropped: ${excerpt(raw)}`);
      const id = questionId(raw);
      if (id !== undefined) this.#post({ id, outcome: { err: { kind: 'died', message: 'malformed' } } });
    } else if ('call' in message) {
      void this.#pass(message);
    } else {
      this.#notice(message);
    }
  }

  dispose(): void {
    this.#disposed = true;
    this.#listener.dispose();
    this.#told.dispose();
    this.#asked.dispose();
    this.#copied.dispose();
  }

  /**
   * Tells the page all there is to tell before it is there: VS Code keeps what is posted until the page has loaded, so it
   * need not ask first. One that has heard nothing says so in its `ready`.
   */
  begin(): void {
    this.#ready = true;
    this.#greet();
  }

  #notice(notice: PageNotice): void {
    switch (notice.type) {
      case 'ready':
        this.#meet(notice.heard === true);
        break;
      case 'status':
        this.#setStatus(notice.status);
        break;
      case 'export':
        this.#asked.fire(notice.command);
        break;
      case 'copied':
        this.#copied.fire(notice.error);
        break;
      case 'cancel':
        this.document.cancel();
        break;
      case 'remedy':
        this.#remedy(notice.remedy);
        break;
    }
  }

  /** Has a question answered by the document's engine. */
  async #pass(question: Question<Calls>): Promise<void> {
    const { id, call } = question;
    if (call === 'render') this.#prefetch.note(question.request);
    const outcome = await this.#throttlers
      .get(call)!
      .queue(() => this.#ask(question))
      .catch(error => {
        this.log.error(error instanceof Error ? error : String(error));
        return { err: { kind: 'died', message: String(error) } as const };
      });
    this.#post({ id, outcome: outcome ?? { err: { kind: 'superseded' } } });
  }

  async #ask({ call, request }: Question<Calls>): Promise<Outcome<Calls[keyof Calls]['answer']>> {
    const { state } = this.document;
    if (call === 'pixels' && state.type === 'opened' && state.info.width * state.info.height > mostPixels) {
      return { err: { kind: 'memory' } };
    }
    return this.document.ask(call, request as never);
  }

  /** What still holds of what the page has told, of the picture before, under another state. */
  #statusUnder(state: DocumentState): Status | undefined {
    const before = this.#opened;
    this.#opened = state.type === 'opened' ? state.info : undefined;
    if (!this.#status || !before || !this.#opened || !isAlike(before, this.#opened)) return undefined;
    const { pixel: _, ...status } = this.#status;
    return status;
  }

  #setStatus(status: Status | undefined): void {
    if (!status && !this.#status) return;
    this.#status = status;
    this.#told.fire();
  }

  #meet(heard: boolean): void {
    if (heard) return;
    // Every panel that comes into view says `ready`; the file may have changed unseen.
    if (this.#ready) void this.document.refresh();
    this.#ready = true;
    this.#prefetch.prepare(this.document.state);
    this.#greet();
  }

  #greet(): void {
    const strings = vscode.l10n.bundle;
    this.#post({ type: 'hello', name: this.document.name, ...(strings && { strings }), defaults: this.#defaults });
    this.#tell(this.document.state);
  }

  get #defaults(): Readonly<Record<string, unknown>> {
    const settings = vscode.workspace.getConfiguration('poolingPreview', this.document.uri);
    return defaultsFrom(name => settings.get(name));
  }

  #tell(state: DocumentState): void {
    const { making } = this.#prefetch;
    if (!making || state.type !== 'opened') {
      this.#post(state);
      return;
    }
    this.#post({ ...state, isPrefetching: true });
    void making.then(message => {
      // The file may have changed meanwhile; what has become of it is announced by itself.
      if (this.#prefetch.making === making) this.#post(message);
    });
  }

  #remedy(remedy: Remedy): void {
    switch (remedy) {
      case 'retry':
        void this.document.load();
        break;
      case 'openAsText':
        this.#command('vscode.openWith', this.document.uri, 'default');
        break;
      case 'raiseLimit':
        // The setting is of the machine that works on the picture: in a remote window the user's settings lack it.
        this.#command(vscode.env.remoteName ? 'workbench.action.openRemoteSettings' : 'workbench.action.openSettings', {
          query: '@id:poolingPreview.maxMegapixels',
        });
        break;
    }
  }

  #command(name: string, ...args: unknown[]): void {
    vscode.commands.executeCommand(name, ...args).then(undefined, error => this.log.error(`${name}:`, error));
  }

  #post(message: FromHost): void {
    if (this.#disposed) return;
    // A hidden page takes nothing; it says `ready` when it is back.
    this.send(message).then(undefined, error => this.log.debug('A message was not delivered:', error));
  }
}

function excerpt(value: unknown): string {
  let text: string | undefined;
  try {
    text = JSON.stringify(value);
  } catch {
    // Circular, or with a toJSON of its own: its type has to do.
  }
  return (text ?? typeof value).slice(0, 200);
}
