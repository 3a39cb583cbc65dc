/** Dialogs that ask which picture to preview. */
import * as vscode from 'vscode';
import { extensions } from '../decode/formats';
import { type Choice, chooseOne } from './quickPick';
import { type SampleName, sampleNames, samples } from './samples';

/** The filter of the file dialog is case-sensitive on Linux. */
const endings = extensions.flatMap(ending => [ending, ending.toUpperCase()]);

/**
 * Asks for pictures: files of the user's own, or a packaged one.
 * @param uriOf where a packaged picture is
 */
export async function askForPictures(
  uriOf: (sample: SampleName) => vscode.Uri,
): Promise<readonly vscode.Uri[] | undefined> {
  const chosen = await chooseOne<SampleName | 'file'>(vscode.l10n.t('Preview Pooling'), [
    { label: vscode.l10n.t('Choose a File…'), value: 'file' },
    { label: vscode.l10n.t('Sample pictures'), kind: vscode.QuickPickItemKind.Separator },
    ...sampleChoices(),
  ]);
  return chosen === 'file' ? askForFiles() : chosen && [uriOf(chosen)];
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
