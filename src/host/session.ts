import * as vscode from 'vscode';
import type {
  CountsRequest,
  FromHost,
  InspectRequest,
  PixelsRequest,
  Remedy,
  RenderRequest,
  Status,
  TakeHome,
} from '../protocol';
import { defaultsFrom } from './defaults';
import type { DocumentState, PictureDocument } from './document';
import { parseMessage } from './message';
import { Newest } from './newest';
import { Prefetch } from './prefetch';
import { PrefetchGuess } from './prefetchGuess';

/** The way to one webview. */
export type Post = (message: FromHost) => Thenable<boolean>;

/** A picture larger than this is never sent whole, whoever asks: a message of that size stops VS Code for seconds. */
const mostPixels = 4_000_000;

/** One panel's conversation with its webview: parses what it says, answers everything it asks. */
export class Session implements vscode.Disposable {
  readonly #told = new vscode.EventEmitter<void>();
  /** Fires when {@link status} changes. */
  readonly onDidTell = this.#told.event;
  readonly #asked = new vscode.EventEmitter<TakeHome>();
  /** Fires when a button of the page asks to take something home. */
  readonly onDidAsk = this.#asked.event;
  readonly #copied = new vscode.EventEmitter<string | undefined>();
  /** Fires when a picture has gone to the clipboard, or with why it has not. */
  readonly onDidCopy = this.#copied.event;
  readonly #listener: vscode.Disposable;
  readonly #renders: Newest<RenderRequest>;
  readonly #inspections: Newest<InspectRequest>;
  readonly #counts: Newest<CountsRequest>;
  /** Whether there is a page to send to, or one on its way. */
  #ready = false;
  #disposed = false;
  #status: Status | undefined;
  readonly #prefetch: Prefetch;

  constructor(
    readonly document: PictureDocument,
    private readonly send: Post,
    private readonly log: vscode.LogOutputChannel,
    guess = new PrefetchGuess(),
  ) {
    this.#prefetch = new Prefetch(document, guess, () => this.#defaults);
    this.#listener = document.onDidChange(state => {
      this.#prefetch.prepare(state);
      if (this.#ready) this.#tell(state);
    });
    this.#prefetch.prepare(document.state);
    this.#renders = new Newest(
      request => this.#render(request),
      (error, { revision }) => {
        log.error(error instanceof Error ? error : String(error));
        this.#post({ type: 'refused', revision, message: String(error) });
      },
    );
    this.#inspections = new Newest(
      request => this.#inspect(request),
      (error, { revision, spot }) => {
        log.error(error instanceof Error ? error : String(error));
        this.#post({ type: 'inspected', revision, inspection: { spot } });
      },
    );
    this.#counts = new Newest(
      request => this.#count(request),
      (error, { revision }) => {
        log.error(error instanceof Error ? error : String(error));
        this.#post({ type: 'counts', revision });
      },
    );
  }

  /** What is on screen, as the page last told; undefined before it has drawn. */
  get status(): Status | undefined {
    return this.#status;
  }

  /** Hands the page a PNG to put on the clipboard, which {@link onDidCopy} reports. */
  copy(png: Uint8Array): void {
    this.#post({ type: 'clipboard', png });
  }

  /** Takes whatever the webview posted. */
  receive(raw: unknown): void {
    const message = parseMessage(raw);
    if (!message) {
      this.log.warn(`${this.document.uri}: a malformed message from the webview was dropped: ${excerpt(raw)}`);
      return;
    }
    switch (message.type) {
      case 'ready':
        this.#meet(message.heard === true);
        break;
      case 'render':
        this.#prefetch.note(message.request);
        this.#renders.submit(message.request);
        break;
      case 'inspect':
        this.#inspections.submit(message.request);
        break;
      case 'counts':
        this.#counts.submit(message.request);
        break;
      case 'pixels':
        void this.#pixels(message.request);
        break;
      case 'status':
        this.#status = message.status;
        this.#told.fire();
        break;
      case 'takeHome':
        this.#asked.fire(message.command);
        break;
      case 'copied':
        this.#copied.fire(message.error);
        break;
      case 'cancel':
        this.document.cancel();
        break;
      case 'remedy':
        this.#remedy(message.remedy);
        break;
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

  async #render(request: RenderRequest): Promise<void> {
    const { revision } = request;
    const outcome = await this.document.render(request);
    if ('ok' in outcome) {
      const { tiles, milliseconds } = outcome.ok;
      this.#post({ type: 'rendered', revision, tiles, milliseconds });
    } else if (outcome.err.kind === 'refused') {
      this.#post({ type: 'refused', revision, message: outcome.err.message });
    } else if (this.document.state.type === 'opened') {
      const message =
        outcome.err.kind === 'memory'
          ? vscode.l10n.t('There is not enough memory for an output this large.')
          : vscode.l10n.t('Pooling failed unexpectedly; the log says more.');
      this.#post({ type: 'refused', revision, message });
    } else {
      // The picture went away meanwhile; what it is now answers the request.
      this.#post(this.document.state);
    }
  }

  async #inspect(request: InspectRequest): Promise<void> {
    const { revision, spot } = request;
    const outcome = await this.document.inspect(request);
    this.#post({ type: 'inspected', revision, inspection: 'ok' in outcome ? outcome.ok : { spot } });
  }

  async #count(request: CountsRequest): Promise<void> {
    const { revision } = request;
    const outcome = await this.document.counts(request);
    this.#post({ type: 'counts', revision, ...('ok' in outcome && { counts: outcome.ok }) });
  }

  async #pixels(request: PixelsRequest): Promise<void> {
    const { revision } = request;
    const { state } = this.document;
    const isLarge = state.type === 'opened' && state.info.width * state.info.height > mostPixels;
    const outcome = isLarge ? undefined : await this.document.pixels(request);
    this.#post({ type: 'pixels', revision, ...(outcome && 'ok' in outcome && { data: outcome.ok.data }) });
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
    this.send(message).then(undefined, error => this.log.debug(`${message.type} was not delivered:`, error));
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
