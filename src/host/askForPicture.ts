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
  return ask(vscode.l10n.t('Preview Pooling'), uriOf, byPath(await picturesOfWorkspace()), true);
}

/** Asks for one picture: those of the workspace that have changed last come first. */
export async function askForPicture(uriOf: (sample: SampleName) => vscode.Uri): Promise<vscode.Uri | undefined> {
  const files = await byTime(await picturesOfWorkspace());
  const [picture] = (await ask(vscode.l10n.t('On which picture?'), uriOf, files, false)) ?? [];
  return picture;
}

async function ask(
  title: string,
  uriOf: (sample: SampleName) => vscode.Uri,
  files: readonly vscode.Uri[],
  canSelectMany: boolean,
): Promise<readonly vscode.Uri[] | undefined> {
  const own = files.map(uri => ({ label: vscode.workspace.asRelativePath(uri), value: uri }));
  const chosen = await chooseOne<vscode.Uri | SampleName | 'file'>(title, [
    ...own,
    ...(own.length > 0 ? [separator(vscode.l10n.t('Elsewhere'))] : []),
    { label: vscode.l10n.t('Choose a File…'), value: 'file' },
    separator(vscode.l10n.t('Sample pictures')),
    ...sampleChoices(),
  ]);
  if (chosen === 'file') return askForFiles(canSelectMany);
  return chosen && [typeof chosen === 'string' ? uriOf(chosen) : chosen];
}

function separator(label: string): vscode.QuickPickItem {
  return { label, kind: vscode.QuickPickItemKind.Separator };
}

function picturesOfWorkspace(): Thenable<vscode.Uri[]> {
  return vscode.workspace.findFiles(`**/*.{${endings.join(',')}}`, '**/node_modules/**', mostListed);
}

function byPath(files: readonly vscode.Uri[]): vscode.Uri[] {
  const paths = files.map(uri => ({ uri, path: vscode.workspace.asRelativePath(uri) }));
  return paths.sort((a, b) => a.path.localeCompare(b.path, undefined, { numeric: true })).map(({ uri }) => uri);
}

/** The newest first. */
async function byTime(files: readonly vscode.Uri[]): Promise<vscode.Uri[]> {
  const times = await Promise.all(
    files.map(async uri => {
      const time = await vscode.workspace.fs.stat(uri).then(
        ({ mtime }) => mtime,
        () => 0,
      );
      return { uri, time };
    }),
  );
  return times.sort((a, b) => b.time - a.time).map(({ uri }) => uri);
}

/** Asks for one of the packaged pictures. */
export function askForSample(): Promise<SampleName | undefined> {
  return chooseOne(vscode.l10n.t('Open a sample picture'), sampleChoices());
}

function sampleChoices(): Choice<SampleName>[] {
  return sampleNames.map(value => ({ label: value, detail: vscode.l10n.t(samples[value]), value }));
}

function askForFiles(canSelectMany: boolean): Thenable<readonly vscode.Uri[] | undefined> {
  return vscode.window.showOpenDialog({
    title: vscode.l10n.t('Preview Pooling'),
    canSelectMany,
    filters: { [vscode.l10n.t('Pictures')]: endings },
    openLabel: vscode.l10n.t('Preview Pooling'),
  });
}
