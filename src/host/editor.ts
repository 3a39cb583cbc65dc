import * as vscode from 'vscode';
import type { Shape } from '../core/tensor';
import { shapeOf } from '../core/view';
import type { Engines } from '../engine/engines';
import { withNumberTexts } from '../jsonNumbers';
import type { ExportCommand, FromHost } from '../protocol';
import { viewType } from './command';
import { PictureDocument, type Surroundings } from './document';
import { type ExportArguments, type ExportUi, pictureCopied, runExport } from './exportCommands';
import { nameOf } from './fileWatcher';
import type { LastPicture } from './lastPicture';
import type { Once } from './once';
import { Page } from './page';
import { Panels } from './panels';
import { neighbourName } from './pictureOrder';
import { PrefetchGuess } from './prefetchGuess';
import { sampleNames } from './samples';
import { Session, type SettingsOrigin } from './session';
import { type LastState, type PageState, startFrom } from './startState';
import type { StatusBar } from './statusBar';
import { TabTitles } from './tabTitles';
import { WalkthroughProgress } from './walkthrough';

/** Settings from the user's code, which a preview is to show. */
export interface CodeSettings {
  /** In the form of a page's saved state. */
  readonly state: PageState;
  /** Where they come from. The preview that takes it disposes of it. */
  readonly origin: SettingsOrigin;
}

/** A read-only custom editor for pictures: one document per file, one session per panel. */
export class PreviewEditorProvider implements vscode.CustomReadonlyEditorProvider<PictureDocument> {
  readonly panels = new Panels();
  readonly #page: Page;
  readonly #guess = new PrefetchGuess();
  /** The session of the active panel, if any. */
  #front: Session | undefined;
  readonly #titles = new TabTitles();
  /** What previews that are about to open take over from the one that they replace, by their file. */
  readonly #carried = new Map<string, PageState>();
  #isGoing = false;
  /** What previews that are about to open take from the user's code, by their file. */
  readonly #awaited = new Map<string, CodeSettings>();

  constructor(
    private readonly surroundings: Omit<Surroundings, 'engines'>,
    private readonly engines: Once<Engines>,
    private readonly statusBar: StatusBar,
    private readonly ui: ExportUi,
    private readonly last: LastState,
    private readonly pictures: LastPicture,
  ) {
    this.#page = new Page(surroundings.extension);
  }

  async openCustomDocument(uri: vscode.Uri): Promise<PictureDocument> {
    // Read the page while VS Code creates the editor; `resolveCustomEditor` reports a failure.
    this.#page.load().catch(() => {});
    return new PictureDocument(uri, { ...this.surroundings, engines: await this.#loaded(this.engines.get()) });
  }

  async resolveCustomEditor(document: PictureDocument, panel: vscode.WebviewPanel): Promise<void> {
    const { webview } = panel;
    const post = (message: FromHost) => webview.postMessage(withNumberTexts(message));
    const start = this.#startOf(document);
    const session = new Session(document, post, this.surroundings.log, this.#guess, start, this.last.layout);
    this.panels.add(session, panel);
    const awaited = this.#awaited.get(document.uri.toString());
    this.#awaited.delete(document.uri.toString());
    if (awaited) session.take(awaited.state, awaited.origin);
    this.#titles.add(session, panel);
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
      session.onDidTell(() => this.#titles.update(document)),
      session.onDidChoose(state => this.last.remember(state)),
      session.onDidAsk(command => runExport(command, session, {}, this.ui)),
      session.onDidCopy(copied => pictureCopied(copied, this.ui)),
      session.onDidDescribe(showText),
    );
    let isClosed = false;
    panel.onDidDispose(() => {
      isClosed = true;
      this.panels.delete(session);
      this.#titles.delete(session);
      this.#onView(session, false);
      listeners.dispose();
      session.dispose();
    });
    onView();
    const parts = await this.#loaded(this.#page.load());
    if (isClosed) return;
    this.#page.setUp(webview, parts);
    session.begin();
  }

  /**
   * Waits for a part of the extension. If it cannot be read, the user is told why: VS Code itself says only that the
   * editor could not be opened.
   */
  async #loaded<T>(part: Promise<T>): Promise<T> {
    try {
      return await part;
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      this.ui.complain(vscode.l10n.t('Pooling Preview could not be loaded: {0}', reason));
      throw error;
    }
  }

  /** The name and the tensor's shape of the picture that is shown. */
  get shown(): { readonly name: string; readonly shape: Shape } | undefined {
    const { document, status } = this.panels.usable ?? {};
    if (document?.state.type !== 'opened' || !status) return undefined;
    return { name: document.name, shape: shapeOf(document.state.info, status.view) };
  }

  /**
   * Shows settings from the user's code on a picture: in a preview of it that is open in another column, or in a new
   * one beside. The code keeps the focus.
   * @param column the code's
   */
  async showSettings(
    picture: vscode.Uri,
    settings: CodeSettings,
    column: vscode.ViewColumn | undefined,
  ): Promise<void> {
    const key = picture.toString();
    const beside = this.panels.beside(picture, column);
    if (beside) {
      const { session, panel } = beside;
      // Without its column it would move to the active one.
      if (!panel.visible) panel.reveal(panel.viewColumn, true);
      session.take(settings.state, settings.origin);
      return;
    }
    this.#awaited.set(key, settings);
    try {
      const options = { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true };
      await vscode.commands.executeCommand('vscode.openWith', picture, viewType, options);
    } finally {
      // It is still there if no preview has opened.
      if (this.#awaited.delete(key)) settings.origin.dispose();
    }
  }

  /** Reads the file of the active preview again, for file systems without change events. */
  async reload(): Promise<void> {
    await this.#front?.document.load();
  }

  /** Opens a text beside the active preview that says what it shows. */
  describe(): void {
    if (this.#front?.status) this.#front.describe();
    else this.ui.complain(vscode.l10n.t('There is no pooled picture yet.'));
  }

  /** Puts everything in the active preview back as the settings say. */
  reset(): void {
    this.#front?.reset();
  }

  /**
   * Shows another picture of the active preview's folder in its place, with the same knobs.
   * @param steps 1 for the next, -1 for the previous one
   */
  async go(steps: 1 | -1): Promise<void> {
    const session = this.#front;
    const tab = vscode.window.tabGroups.activeTabGroup.activeTab;
    // Keys pressed while a picture is about to come are dropped: VS Code 1.100 sometimes shows nothing if a page that
    // is loading is replaced.
    if (!session?.isLoaded || !tab || this.#isGoing) return;
    this.#isGoing = true;
    try {
      await this.#replace(tab, session, steps);
    } finally {
      this.#isGoing = false;
    }
  }

  async #replace(tab: vscode.Tab, session: Session, steps: number): Promise<void> {
    const { uri, isPackaged } = session.document;
    // In a browser the extension's folder cannot be listed.
    const names = isPackaged ? sampleNames : await fileNames(vscode.Uri.joinPath(uri, '..'));
    const name = neighbourName(names, nameOf(uri), steps);
    if (name === undefined) {
      this.ui.say(vscode.l10n.t('There is no other picture in this folder.'));
      return;
    }
    const next = vscode.Uri.joinPath(uri, '..', name);
    const { viewColumn } = tab.group;
    const isOpen = previewTab(next, viewColumn) !== undefined;
    const key = next.toString();
    if (session.state) this.#carried.set(key, startFrom(session.state));
    const origin = isOpen ? undefined : session.release();
    if (origin) this.#awaited.set(key, { state: {}, origin });
    try {
      const options = { viewColumn, preview: tab.isPreview };
      await vscode.commands.executeCommand('vscode.openWith', next, viewType, options);
    } finally {
      this.#carried.delete(key);
      if (this.#awaited.delete(key)) origin?.dispose();
    }
    // It has replaced a tab that VS Code would reuse. A tab that was there before is only shown.
    const left = previewTab(uri, viewColumn);
    if (!isOpen && left) await vscode.window.tabGroups.close(left);
  }

  /** What a new page of a document begins with, if not with the settings. */
  #startOf(document: PictureDocument): PageState | undefined {
    const carried = this.#carried.get(document.uri.toString());
    if (carried) return carried;
    const sibling = this.panels.sessionOf(document);
    if (sibling) return sibling.state && startFrom(sibling.state);
    const settings = vscode.workspace.getConfiguration('poolingPreview', document.uri);
    return settings.get('startWith') === 'last' ? this.last.state : undefined;
  }

  /** Runs an export command for the active preview, or the one active last if the walkthrough now is. */
  export(command: ExportCommand, given: ExportArguments): Promise<void> {
    // Only a visible page can write a picture to the clipboard.
    const session = command === 'copyPicture' ? this.#front : this.panels.active;
    return runExport(command, session, given, this.ui);
  }

  #onView(session: Session, isActive: boolean): void {
    if (isActive) {
      this.#front = session;
      this.panels.activate(session);
    } else if (this.#front === session) {
      this.#front = undefined;
    } else {
      return;
    }
    const state = this.#front?.document.state;
    if (this.#front && state?.type === 'opened') this.pictures.remember(this.#front.document.uri);
    this.statusBar.show(state?.type === 'opened' ? { info: state.info, status: this.#front?.status } : undefined);
  }
}

async function showText(content: string): Promise<void> {
  const document = await vscode.workspace.openTextDocument({ language: 'plaintext', content });
  await vscode.window.showTextDocument(document, vscode.ViewColumn.Beside);
}

/** The names of the files in a folder; none if it cannot be read. */
async function fileNames(folder: vscode.Uri): Promise<string[]> {
  const entries = await vscode.workspace.fs.readDirectory(folder).then(
    found => found,
    () => [],
  );
  return entries.filter(([, type]) => type & vscode.FileType.File).map(([name]) => name);
}

/** The tab of a file's preview in a column. Tabs are found anew each time: VS Code may replace the objects. */
function previewTab(uri: vscode.Uri, column: vscode.ViewColumn): vscode.Tab | undefined {
  return vscode.window.tabGroups.all
    .find(({ viewColumn }) => viewColumn === column)
    ?.tabs.find(
      ({ input }) =>
        input instanceof vscode.TabInputCustom &&
        input.viewType === viewType &&
        input.uri.toString() === uri.toString(),
    );
}
