import * as vscode from 'vscode';
import { type CallMessage, type Outcome, Throttler } from '../channel';
import { isEqual } from '../core/equal';
import type {
  Calls,
  CodeAction,
  CodeSource,
  ExportCommand,
  FromHost,
  PageNotice,
  PictureInfo,
  Remedy,
  Status,
} from '../protocol';
import { callNames } from '../schema';
import { defaultsFrom } from './defaults';
import type { DocumentState, PictureDocument } from './document';
import { callId, parseMessage } from './message';
import { isAlike, Prefetch } from './prefetch';
import { PrefetchGuess } from './prefetchGuess';
import type { PageState } from './startState';

/** What became of a picture for the clipboard. */
export interface Copied {
  /** The picture's name. */
  readonly title: string;
  /** Why the page could not copy it; absent if it has. */
  readonly error?: string;
}

/** Code of the user's, whose settings a page takes. */
export interface SettingsOrigin extends vscode.Disposable {
  /** Fires when {@link source} may have changed. */
  readonly onDidChange: vscode.Event<void>;
  /** What the page says of it. @param status what the page shows */
  source(status: Status | undefined): CodeSource;
  /** Shows the code. */
  go(): Promise<void>;
  /** Writes what the page shows into the code. */
  write(status: Status | undefined): Promise<void>;
}

/** Sends a message to the page. */
type Post = (message: FromHost) => Thenable<boolean>;

/** Pixels. A larger picture is never sent whole: a message of that size blocks VS Code for seconds. */
const mostPixels = 4_000_000;

/** One panel's connection to its page: validates messages, forwards requests and reports the document's state. */
export class Session implements vscode.Disposable {
  readonly #told = new vscode.EventEmitter<void>();
  /** Fires when {@link status} changes. */
  readonly onDidTell = this.#told.event;
  readonly #asked = new vscode.EventEmitter<ExportCommand>();
  /** Fires when the button of a command is pressed in the page. */
  readonly onDidAsk = this.#asked.event;
  readonly #copied = new vscode.EventEmitter<Copied>();
  /** Fires when the page has put a picture on the clipboard, or could not. */
  readonly onDidCopy = this.#copied.event;
  readonly #described = new vscode.EventEmitter<string>();
  /** Fires with the text that the page was asked for. */
  readonly onDidDescribe = this.#described.event;
  readonly #chosen = new vscode.EventEmitter<PageState>();
  /** Fires with the page's saved state when the user has changed it. */
  readonly onDidChoose = this.#chosen.event;
  readonly #listener: vscode.Disposable;
  /** At most one request of a kind in flight, whatever the page sends. */
  readonly #throttlers = new Map<keyof Calls, Throttler>(callNames.map(name => [name, new Throttler()]));
  /** Whether there is a page to send to, or one that is loading. */
  #ready = false;
  #loaded = false;
  #disposed = false;
  #status: Status | undefined;
  #state: PageState | undefined;
  /** The name of the picture that was last sent for the clipboard. */
  #copying: string | undefined;
  /** The picture that the status belongs to. */
  #opened: PictureInfo | undefined;
  readonly #prefetch: Prefetch;
  /** Settings that the page has yet to take: while it is hidden, there is none. */
  #awaited: PageState | undefined;
  #origin: SettingsOrigin | undefined;
  #originListener: vscode.Disposable | undefined;
  /** What the page was last told of the origin. */
  #source: CodeSource | undefined;

  constructor(
    readonly document: PictureDocument,
    private readonly send: Post,
    private readonly log: vscode.LogOutputChannel,
    guess = new PrefetchGuess(),
    /** What a page without a saved state begins with, in place of the settings. */
    private readonly start?: PageState,
    /** What every page keeps of the last one's layout. */
    private readonly layout?: PageState,
  ) {
    this.#state = start;
    this.#prefetch = new Prefetch(document, guess, () => this.start ?? this.#defaults);
    this.#listener = document.onDidChange(state => {
      this.#setStatus(this.#statusUnder(state));
      this.#prefetch.prepare(state);
      if (this.#ready) this.#tell(state);
    });
    this.#prefetch.prepare(document.state);
    if (document.state.type === 'opened') this.#opened = document.state.info;
  }

  /** What is on screen, as the page last reported it for this picture; undefined before the page has drawn. */
  get status(): Status | undefined {
    return this.#status;
  }

  /** Whether the page has loaded. */
  get isLoaded(): boolean {
    return this.#loaded;
  }

  /** The page's saved state, as far as it is known; undefined if the page stands as the settings say. */
  get state(): PageState | undefined {
    return this.#state;
  }

  /** Puts everything in the page back as the settings say. */
  reset(): void {
    this.#post({ type: 'reset' });
  }

  /**
   * Has the page take settings from the user's code: at once, or as soon as there is a page.
   * @param origin where they come from; the session disposes of it
   */
  take(settings: PageState, origin: SettingsOrigin): void {
    this.#forget();
    this.#origin = origin;
    this.#originListener = origin.onDidChange(() => this.#tellSource());
    this.#awaited = settings;
    // Before the greeting a page knows nothing that settings could change.
    if (!this.#ready) return;
    this.#post({ type: 'settings', state: settings });
    this.#tellSource();
  }

  /** Gives the origin of the page's settings to the caller, who disposes of it. */
  release(): SettingsOrigin | undefined {
    const origin = this.#origin;
    this.#origin = undefined;
    this.#forget();
    return origin;
  }

  /** What there is to say of the code that the page's settings come from. */
  get source(): CodeSource | undefined {
    return this.#origin?.source(this.#status);
  }

  /** Asks the page for a text of what it shows; {@link onDidDescribe} brings it. */
  describe(): void {
    this.#post({ type: 'describe' });
  }

  /** Sends the page a picture's PNG for the clipboard; {@link onDidCopy} reports the result. */
  copy(png: Uint8Array, title: string): void {
    this.#copying = title;
    this.#post({ type: 'clipboard', png });
  }

  /** Handles whatever the page posts. */
  receive(raw: unknown): void {
    const message = parseMessage(raw);
    if (!message) {
      this.log.warn(`${this.document.uri}: a malformed message from the page was dropped: ${excerpt(raw)}`);
      const id = callId(raw);
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
    this.#forget();
    this.#told.dispose();
    this.#asked.dispose();
    this.#copied.dispose();
    this.#described.dispose();
    this.#chosen.dispose();
  }

  /**
   * Sends everything before the page has loaded: VS Code keeps messages until then, so that the page need not ask
   * first. A page that has received nothing says so in its `ready`.
   */
  begin(): void {
    this.#ready = true;
    this.#greet();
  }

  #notice(notice: PageNotice): void {
    switch (notice.type) {
      case 'ready':
        this.#loaded = true;
        if (notice.state) this.#state = notice.state as PageState;
        this.#meet(notice.heard === true);
        break;
      case 'chosen':
        this.#state = notice.state as PageState;
        // What the page takes from code is no choice of the user's to begin other previews with.
        if (!this.#awaited) this.#chosen.fire(this.#state);
        break;
      case 'status':
        this.#setStatus(notice.status);
        break;
      case 'export':
        this.#asked.fire(notice.command);
        break;
      case 'copyText':
        void this.#copyText(notice.text);
        break;
      case 'copied':
        if (this.#copying)
          this.#copied.fire({ title: this.#copying, ...(notice.error !== undefined && { error: notice.error }) });
        break;
      case 'description':
        this.#described.fire(notice.text);
        break;
      case 'taken':
        this.#awaited = undefined;
        break;
      case 'code':
        this.#useCode(notice.action);
        break;
      case 'cancel':
        this.document.cancel();
        break;
      case 'remedy':
        this.#remedy(notice.remedy);
        break;
    }
  }

  /** Forwards a request to the document's engine and sends the reply. */
  async #pass(message: CallMessage<Calls>): Promise<void> {
    const { id, call } = message;
    if (call === 'render') this.#prefetch.note(message.request);
    const outcome = await this.#throttlers
      .get(call)!
      .queue(() => this.#ask(message))
      .catch(error => {
        this.log.error(error instanceof Error ? error : String(error));
        return { err: { kind: 'died', message: String(error) } as const };
      });
    this.#post({ id, outcome: outcome ?? { err: { kind: 'superseded' } } });
  }

  async #ask({ call, request }: CallMessage<Calls>): Promise<Outcome<Calls[keyof Calls]['answer']>> {
    const { state } = this.document;
    if (call === 'pixels' && state.type === 'opened' && state.info.width * state.info.height > mostPixels) {
      return { err: { kind: 'memory' } };
    }
    return this.document.ask(call, request as never);
  }

  /**
   * What stays true of the status under a new state: all but the pixel if the next picture has the same size, else
   * nothing.
   */
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
    this.#tellSource();
  }

  #meet(heard: boolean): void {
    if (heard) return;
    // Every panel that becomes visible sends `ready`; the file may have changed while it was hidden.
    if (this.#ready) void this.document.refresh();
    this.#ready = true;
    this.#prefetch.prepare(this.document.state);
    this.#greet();
  }

  #greet(): void {
    const strings = vscode.l10n.bundle;
    this.#post({
      type: 'hello',
      name: this.document.name,
      ...(strings && { strings }),
      defaults: this.#defaults,
      ...(this.start && { start: this.start }),
    });
    if (this.#awaited) this.#post({ type: 'settings', state: this.#awaited });
    this.#source = undefined;
    this.#tellSource();
    this.#tell(this.document.state);
  }

  get #defaults(): Readonly<Record<string, unknown>> {
    const settings = vscode.workspace.getConfiguration('poolingPreview', this.document.uri);
    return { ...defaultsFrom(name => settings.get(name)), ...this.layout };
  }

  #tell(state: DocumentState): void {
    const { making } = this.#prefetch;
    if (!making || state.type !== 'opened') {
      this.#post(state);
      return;
    }
    this.#post({ ...state, isPrefetching: true });
    void making.then(message => {
      // Drop the tiles if the file has changed meanwhile: the next picture has its own.
      if (this.#prefetch.making === making) this.#post(message);
    });
  }

  /** Tells the page what there is to say of the origin, if that is new. */
  #tellSource(): void {
    if (!this.#ready) return;
    const { source } = this;
    if (isEqual(source, this.#source)) return;
    this.#source = source;
    this.#post({ type: 'source', ...(source && { source }) });
  }

  #useCode(action: CodeAction): void {
    if (action === 'forget') {
      this.#forget();
      this.#tellSource();
      return;
    }
    const done = action === 'go' ? this.#origin?.go() : this.#origin?.write(this.#status);
    done?.catch(error => this.log.error(error instanceof Error ? error : String(error)));
  }

  #forget(): void {
    this.#originListener?.dispose();
    this.#origin?.dispose();
    this.#origin = undefined;
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
        // The setting belongs to the machine that decodes: in a remote window the user settings do not have it.
        this.#command(vscode.env.remoteName ? 'workbench.action.openRemoteSettings' : 'workbench.action.openSettings', {
          query: '@id:poolingPreview.maxMegapixels',
        });
        break;
    }
  }

  async #copyText(text: string): Promise<void> {
    await vscode.env.clipboard.writeText(text);
    const copied = text.includes('\n') ? vscode.l10n.t('Table copied') : vscode.l10n.t('Copied: {0}', text);
    vscode.window.setStatusBarMessage(copied, 3000);
  }

  #command(name: string, ...args: unknown[]): void {
    vscode.commands.executeCommand(name, ...args).then(undefined, error => this.log.error(`${name}:`, error));
  }

  #post(message: FromHost): void {
    if (this.#disposed) return;
    // A hidden page receives nothing; it sends `ready` when it is visible again.
    this.send(message).then(undefined, error => this.log.debug('A message was not delivered:', error));
  }
}

function excerpt(value: unknown): string {
  let text: string | undefined;
  try {
    text = JSON.stringify(value);
  } catch {
    // Circular, or its `toJSON` throws: only the type is reported.
  }
  return (text ?? typeof value).slice(0, 200);
}
