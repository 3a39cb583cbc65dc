/** The commands that open previews: they find the pictures, wherever they are called from. */
import * as vscode from 'vscode';
import { isPictureName } from '../decode/formats';
import { askForPictures, askForSample } from './askForPicture';
import { isSampleName, type SampleName } from './samples';

export const viewType = 'poolingPreview.editor';

/** What the commands need from VS Code; injected, so that tests need no dialog. */
export interface CommandSurroundings {
  readonly activeTab: () => vscode.Tab | undefined;
  /** Asks for pictures when there is none at hand. */
  readonly ask: () => Thenable<readonly vscode.Uri[] | undefined>;
  readonly askForSample: () => Thenable<SampleName | undefined>;
  /** Where a packaged picture is. */
  readonly uriOf: (sample: SampleName) => vscode.Uri;
  readonly open: (uri: vscode.Uri, options: vscode.TextDocumentShowOptions) => Thenable<unknown>;
}

/** @param extension the extension's folder, which holds the packaged pictures */
export function inWindow(extension: vscode.Uri): CommandSurroundings {
  const uriOf = (sample: SampleName) => vscode.Uri.joinPath(extension, 'media/samples', sample);
  return {
    activeTab: () => vscode.window.tabGroups.activeTabGroup.activeTab,
    ask: () => askForPictures(uriOf),
    askForSample,
    uriOf,
    open: (uri, options) => vscode.commands.executeCommand('vscode.openWith', uri, viewType, options),
  };
}

/**
 * `poolingPreview.open`: opens one preview per picture. The explorer's menu passes the file under the pointer and all
 * selected files, an editor's menu the file and something else, the command palette nothing. Without a file, the active
 * tab's picture is opened; if there is none, the user is asked.
 */
export async function openPreviews(
  { activeTab, ask, open }: CommandSurroundings,
  clicked?: unknown,
  selected?: unknown,
): Promise<void> {
  const uris = given(clicked, selected) ?? pictureIn(activeTab()) ?? (await ask()) ?? [];
  // Several previews must not replace each other in the one preview tab of VS Code.
  const options = uris.length > 1 ? { preview: false } : {};
  for (const uri of uris) await open(uri, options);
}

/**
 * `poolingPreview.openSample`: opens a packaged picture.
 * @param name which one; without the name of one, the user is asked
 */
export async function openSample({ askForSample, uriOf, open }: CommandSurroundings, name?: unknown): Promise<void> {
  const sample = isSampleName(name) ? name : await askForSample();
  if (sample) await open(uriOf(sample), {});
}

function given(clicked: unknown, selected: unknown): readonly vscode.Uri[] | undefined {
  const several = Array.isArray(selected) ? selected.filter(each => each instanceof vscode.Uri) : [];
  const pictures = several.filter(uri => isPictureName(uri.path));
  if (pictures.length > 1) return pictures;
  // A single file is opened whatever its name: its content decides, and the preview reports if it is no picture.
  if (clicked instanceof vscode.Uri) return [clicked];
  return several.length > 0 ? several : undefined;
}

/** The picture in a tab, whichever editor shows it. */
function pictureIn(tab: vscode.Tab | undefined): readonly vscode.Uri[] | undefined {
  const input = tab?.input;
  if (input instanceof vscode.TabInputCustom || input instanceof vscode.TabInputText) {
    return isPictureName(input.uri.path) ? [input.uri] : undefined;
  }
  return undefined;
}
