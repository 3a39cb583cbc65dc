import * as vscode from 'vscode';
import { viewType } from './command';
import type { LastPicture } from './lastPicture';

/**
 * The picture on which settings are shown that are of no picture: that of the preview that is open, else the one that
 * was previewed last, else the one that the user chooses.
 *
 * @param latest the picture of the preview that was active last
 * @param hasFailed whether a picture cannot be shown
 * @param ask asks the user
 */
export async function pictureAtHand(
  latest: vscode.Uri | undefined,
  hasFailed: (picture: vscode.Uri) => boolean,
  last: LastPicture,
  ask: () => Promise<vscode.Uri | undefined>,
): Promise<vscode.Uri | undefined> {
  return latest ?? inTab(hasFailed) ?? (await last.find()) ?? (await ask());
}

/** The picture of a preview whose tab has not been shown since the window was loaded. */
function inTab(hasFailed: (picture: vscode.Uri) => boolean): vscode.Uri | undefined {
  return vscode.window.tabGroups.all
    .flatMap(({ tabs }) => tabs)
    .map(({ input }) => input)
    .filter(input => input instanceof vscode.TabInputCustom)
    .find(({ viewType: type, uri }) => type === viewType && !hasFailed(uri))?.uri;
}
