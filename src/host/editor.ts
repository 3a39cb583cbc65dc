import * as vscode from 'vscode';
import type { ExportCommand, FromHost } from '../protocol';
import { PictureDocument, type Surroundings } from './document';
import { type ExportArguments, type ExportUi, pictureCopied, runExport } from './exportCommands';
import { Page } from './page';
import { PrefetchGuess } from './prefetchGuess';
import { Session } from './session';
import type { StatusBar } from './statusBar';
import { WalkthroughProgress } from './walkthrough';

/** A read-only custom editor for pictures: one document per file, one session per panel. */
export class PreviewEditorProvider implements vscode.CustomReadonlyEditorProvider<PictureDocument> {
  /** The open panels, for tests. */
  readonly sessions = new Set<Session>();
  readonly #page: Page;
  readonly #guess = new PrefetchGuess();
  /** The session of the active panel, if any. */
  #front: Session | undefined;
  /** The session of the panel that was active last, if it is still open. */
  #latest: Session | undefined;

  constructor(
    private readonly surroundings: Surroundings,
    private readonly statusBar: StatusBar,
    private readonly ui: ExportUi,
  ) {
    this.#page = new Page(surroundings.extension);
    // Read it while VS Code creates the editor; `resolveCustomEditor` reports a failure.
    this.#page.load().catch(() => {});
  }

  openCustomDocument(uri: vscode.Uri): PictureDocument {
    return new PictureDocument(uri, this.surroundings);
  }

  async resolveCustomEditor(document: PictureDocument, panel: vscode.WebviewPanel): Promise<void> {
    const { webview } = panel;
    const post = (message: FromHost) => webview.postMessage(message);
    const session = new Session(document, post, this.surroundings.log, this.#guess);
    this.sessions.add(session);
    const onView = () => this.#onView(session, panel.active);
    const progress = new WalkthroughProgress(context => {
      void vscode.commands.executeCommand('setContext', context, true);
    });
    const listeners = vscode.Disposable.from(
      webview.onDidReceiveMessage(message => session.receive(message)),
      panel.onDidChangeViewState(onView),
      document.onDidChange(onView),
      session.onDidTell(onView),
      session.onDidTell(() => progress.note(session.status)),
      session.onDidAsk(command => runExport(command, session, {}, this.ui)),
      session.onDidCopy(error => pictureCopied(error, this.ui)),
    );
    let isClosed = false;
    panel.onDidDispose(() => {
      isClosed = true;
      this.sessions.delete(session);
      this.#onView(session, false);
      if (this.#latest === session) this.#latest = undefined;
      listeners.dispose();
      session.dispose();
    });
    onView();
    const parts = await this.#page.load();
    if (isClosed) return;
    this.#page.setUp(webview, parts);
    session.begin();
  }

  /** Reads the file of the active preview again, for file systems without change events. */
  async reload(): Promise<void> {
    await this.#front?.document.load();
  }

  /** Runs an export command for the active preview, or the one active last if the walkthrough now is. */
  export(command: ExportCommand, given: ExportArguments): Promise<void> {
    // Only a visible page can write a picture to the clipboard.
    const session = command === 'copyPicture' ? this.#front : this.#latest;
    return runExport(command, session, given, this.ui);
  }

  #onView(session: Session, isActive: boolean): void {
    if (isActive) this.#front = this.#latest = session;
    else if (this.#front === session) this.#front = undefined;
    else return;
    const state = this.#front?.document.state;
    this.statusBar.show(state?.type === 'opened' ? { info: state.info, status: this.#front?.status } : undefined);
  }
}
