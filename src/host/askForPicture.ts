/** Dialogs that ask which picture to preview. */
import * as vscode from 'vscode';
import { extensions } from '../decode/formats';
import { type Choice, chooseOne } from './quickPick';
import { type SampleName, sampleNames, samples } from './samples';

/** The filter of the file dialog is case-sensitive on Linux. */
const endings = extensions.flatMap(ending => [ending, ending.toUpperCase()]);

/** More pictures of the workspace than this are not listed. */
const mostListed = 50;

/**
 * Asks for pictures: of the workspace, other files of the user's own, or a packaged one.
 * @param uriOf where a packaged picture is
 */
export async function askForPictures(
  uriOf: (sample: SampleName) => vscode.Uri,
): Promise<readonly vscode.Uri[] | undefined> {
  const own = await picturesOfWorkspace();
  const chosen = await chooseOne<vscode.Uri | SampleName | 'file'>(vscode.l10n.t('Preview Pooling'), [
    ...own,
    ...(own.length > 0 ? [separator(vscode.l10n.t('Elsewhere'))] : []),
    { label: vscode.l10n.t('Choose a File…'), value: 'file' },
    separator(vscode.l10n.t('Sample pictures')),
    ...sampleChoices(),
  ]);
  if (chosen === 'file') return askForFiles();
  return chosen && [typeof chosen === 'string' ? uriOf(chosen) : chosen];
}

function separator(label: string): vscode.QuickPickItem {
  return { label, kind: vscode.QuickPickItemKind.Separator };
}

async function picturesOfWorkspace(): Promise<Choice<vscode.Uri>[]> {
  const files = await vscode.workspace.findFiles(`**/*.{${endings.join(',')}}`, '**/node_modules/**', mostListed);
  const paths = files.map(uri => ({ uri, path: vscode.workspace.asRelativePath(uri) }));
  return paths
    .sort((a, b) => a.path.localeCompare(b.path, undefined, { numeric: true }))
    .map(({ uri, path }) => ({ label: path, value: uri }));
}

/** Asks for one of the packaged pictures. */
export function askForSample(): Promise<SampleName | undefined> {
  return chooseOne(vscode.l10n.t('Open a sample picture'), sampleChoices());
}

function sampleChoices(): Choice<SampleName>[] {
  return sampleNames.map(value => ({ label: value, detail: vscode.l10n.t(samples[value]), value }));
}

function askForFiles(): Thenable<readonly vscode.Uri[] | undefined> {
  return vscode.window.showOpenDialog({
    title: vscode.l10n.t('Preview Pooling'),
    canSelectMany: true,
    filters: { [vscode.l10n.t('Pictures')]: endings },
    openLabel: vscode.l10n.t('Preview Pooling'),
  });
}
