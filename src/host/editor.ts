import * as vscode from 'vscode';
import type { TakeHome } from '../protocol';
import { PictureDocument, type Surroundings } from './document';
import { setUpPage } from './html';
import { Session } from './session';
import type { StatusBar } from './statusBar';
import { type Hands, pictureCopied, type Settled, takeHome } from './takeHome';

/** VS Code's side of the preview: a read-only editor for pictures, one document per file and one session per panel. */
export class PreviewEditorProvider implements vscode.CustomReadonlyEditorProvider<PictureDocument> {
  /** The panels that are open, for tests. */
  readonly sessions = new Set<Session>();
  /** The session of the panel in front, if one is. */
  #front: Session | undefined;

  constructor(
    private readonly extension: vscode.Uri,
    private readonly surroundings: Surroundings,
    private readonly statusBar: StatusBar,
    private readonly hands: Hands,
  ) {}

  openCustomDocument(uri: vscode.Uri): PictureDocument {
    return new PictureDocument(uri, this.surroundings);
  }

  resolveCustomEditor(document: PictureDocument, panel: vscode.WebviewPanel): void {
    const { webview } = panel;
    const session = new Session(document, message => webview.postMessage(message), this.surroundings.log);
    this.sessions.add(session);
    const onView = () => this.#onView(session, panel.active);
    const listeners = vscode.Disposable.from(
      webview.onDidReceiveMessage(message => session.receive(message)),
      panel.onDidChangeViewState(onView),
      document.onDidChange(onView),
      session.onDidTell(onView),
      session.onDidAsk(command => takeHome(command, session, {}, this.hands)),
      session.onDidCopy(error => pictureCopied(error, this.hands)),
    );
    panel.onDidDispose(() => {
      this.sessions.delete(session);
      this.#onView(session, false);
      listeners.dispose();
      session.dispose();
    });
    setUpPage(webview, this.extension);
    onView();
  }

  /** Takes something home from the preview in front. */
  takeHome(command: TakeHome, settled: Settled): Promise<void> {
    return takeHome(command, this.#front, settled, this.hands);
  }

  #onView(session: Session, isActive: boolean): void {
    if (isActive) this.#front = session;
    else if (this.#front === session) this.#front = undefined;
    else return;
    const state = this.#front?.document.state;
    this.statusBar.show(state?.type === 'opened' ? { info: state.info, status: this.#front?.status } : undefined);
  }
}
