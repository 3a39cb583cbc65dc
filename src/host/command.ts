/** The command `poolingPreview.open`: finds the pictures to preview, wherever it is called from. */
import * as vscode from 'vscode';
import { extensions, isPictureName } from '../decode/formats';

export const viewType = 'poolingPreview.editor';

/** For the dialog, whose filter is case-sensitive on Linux. */
const endings = extensions.flatMap(ending => [ending, ending.toUpperCase()]);

/** What the command needs from VS Code; injected, so that tests need no dialog. */
export interface CommandSurroundings {
  readonly activeTab: () => vscode.Tab | undefined;
  readonly ask: () => Thenable<readonly vscode.Uri[] | undefined>;
  readonly open: (uri: vscode.Uri, options: vscode.TextDocumentShowOptions) => Thenable<unknown>;
}

export const inWindow: CommandSurroundings = {
  activeTab: () => vscode.window.tabGroups.activeTabGroup.activeTab,
  ask: () =>
    vscode.window.showOpenDialog({
      canSelectMany: true,
      filters: { [vscode.l10n.t('Pictures')]: endings },
      openLabel: vscode.l10n.t('Preview Pooling'),
    }),
  open: (uri, options) => vscode.commands.executeCommand('vscode.openWith', uri, viewType, options),
};

/**
 * Opens one preview per picture. The explorer's menu passes the file under the pointer and all selected files, an
 * editor's menu the file and something else, the command palette nothing. Without a file, the active tab's picture is
 * opened; if there is none, a dialog asks.
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
