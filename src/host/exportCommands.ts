/**
 * Exports a pooling as code, as a file or to the clipboard: always what the preview shows when the command is called.
 */
import * as v from 'valibot';
import * as vscode from 'vscode';
import { homeFolder } from '#platform';
import { type Failure, failureSentences } from '../channel';
import { layerNames, type OperatorName } from '../core/operators';
import { frameworkOf, PoolError } from '../core/options';
import { planAxes } from '../core/plan';
import { shapeOf } from '../core/view';
import type { EncodeRequest } from '../engine/message';
import { pythonString } from '../export/python';
import { InexpressibleError } from '../export/request';
import { type CodeTarget, codeTargets, poolingCode, stackCode, targets } from '../export/targets';
import type { ExportCommand, PictureInfo, Status } from '../protocol';
import { exportedPane } from '../schema';
import type { PictureDocument } from './document';
import { type Exportable, type ExportedPane, exportables, operatorsOf, savedPath } from './exportables';
import { nameOf } from './fileWatcher';
import { type Choice, chooseOne } from './quickPick';
import type { Copied, Session } from './session';
import { codeCopied } from './walkthrough';

/** What the commands need from VS Code; injected, so that tests need no dialog. */
export interface ExportUi {
  /** @param preselected the value that Enter chooses at first, in place of the first one */
  readonly choose: <T>(title: string, choices: readonly Choice<T>[], preselected?: T) => Thenable<T | undefined>;
  /** Asks where to save. The dialog itself asks before it replaces a file. */
  readonly askWhere: (title: string, suggestion: vscode.Uri, type: 'png' | 'npy') => Thenable<vscode.Uri | undefined>;
  readonly copyCode: (code: string) => Thenable<void>;
  readonly write: (file: vscode.Uri, bytes: Uint8Array) => Thenable<void>;
  /** Shows, without interrupting the user, that a task is running. */
  readonly busy: <T>(title: string, task: () => Promise<T>) => Thenable<T>;
  /** Says, without interrupting the user, that a task is done. */
  readonly say: (message: string) => void;
  readonly complain: (message: string) => void;
}

export const ownUi: ExportUi = {
  choose: chooseOne,
  // The dialogs of the operating systems ask before they replace a file, and so does VS Code's for remote file systems.
  askWhere: (title, suggestion, type) =>
    vscode.window.showSaveDialog({
      title,
      defaultUri: suggestion,
      filters: type === 'png' ? { PNG: ['png'] } : { [vscode.l10n.t('NumPy Array')]: ['npy'] },
    }),
  copyCode: async code => {
    await vscode.env.clipboard.writeText(code);
    await vscode.commands.executeCommand('setContext', codeCopied, true);
  },
  write: (file, bytes) => vscode.workspace.fs.writeFile(file, bytes),
  busy: (title, task) => vscode.window.withProgress({ location: vscode.ProgressLocation.Window, title }, task),
  say: message => {
    vscode.window.setStatusBarMessage(message, 3000);
  },
  complain: message => {
    void vscode.window.showErrorMessage(message);
  },
};

/**
 * What the caller has chosen already: a pane's context menu, or a key binding's `args`. The user is asked for the rest.
 */
export interface ExportArguments {
  readonly pane?: ExportedPane;
  readonly target?: CodeTarget;
  readonly type?: 'array' | 'floats';
}

/** The arguments of a command. VS Code may pass any value: what is not an argument is ignored. */
export function parseArguments(value: unknown): ExportArguments {
  const read = <S extends v.GenericSchema>(name: string, schema: S) => {
    const { success, output } = v.safeParse(v.object({ [name]: schema }), value);
    return success ? output : {};
  };
  return {
    ...read('pane', exportedPane),
    ...read('target', v.picklist(codeTargets)),
    ...read('type', v.picklist(['array', 'floats'])),
  };
}

/** What a preview shows when the command is called. */
interface Shown {
  readonly session: Session;
  readonly info: PictureInfo;
  readonly status: Status;
}

/** Runs an export command. It throws nothing: the user is told what fails. */
export async function runExport(
  command: ExportCommand,
  session: Session | undefined,
  given: ExportArguments,
  ui: ExportUi,
): Promise<void> {
  const state = session?.document.state;
  if (!session?.status || state?.type !== 'opened') {
    ui.complain(vscode.l10n.t('There is no pooled picture yet.'));
    return;
  }
  const { refusal, stack } = session.status;
  // Before an illegal layer of a stack there are pictures. A script of those layers alone would be of another network.
  const hasPictures = stack !== undefined && stack.computed > 0;
  if (refusal !== undefined && (command === 'copyCode' || !hasPictures)) {
    ui.complain(refused(refusal));
    return;
  }
  const shown: Shown = { session, info: state.info, status: session.status };
  try {
    await { copyCode, savePicture, saveArray, copyPicture }[command](shown, given, ui);
  } catch (error) {
    ui.complain(error instanceof Refusal ? error.message : String(error));
  }
}

/** Why something cannot be exported, as a sentence for the user. */
class Refusal extends Error {}

async function copyCode(shown: Shown, given: ExportArguments, ui: ExportUi): Promise<void> {
  const { stack, options, operators: all } = shown.status;
  const names = given.pane ? operatorsOf(given.pane, all) : all;
  if (!stack) for (const name of names) checkOptions(shown, name);
  // Each framework has the script of its name.
  const own: CodeTarget = stack?.framework ?? frameworkOf(options);
  const target = given.target ?? (await ui.choose(vscode.l10n.t('Copy as code'), targetChoices(shown, names), own));
  if (!target) return;
  const code = codeFor(target, shown, names);
  const title = vscode.l10n.t(targets[target].title);
  if (code instanceof InexpressibleError) {
    throw new Refusal(vscode.l10n.t('{0} cannot express this pooling: {1}.', title, code.setting));
  }
  await ui.copyCode(code);
  ui.say(vscode.l10n.t('{0} script copied', title));
}

function targetChoices(shown: Shown, operators: readonly OperatorName[]): Choice<CodeTarget>[] {
  return codeTargets.map(value => {
    const code = codeFor(value, shown, operators);
    // A target that cannot express the pooling stays in the list, with the reason.
    const description = code instanceof InexpressibleError ? vscode.l10n.t('not with this {0}', code.setting) : '';
    return { label: vscode.l10n.t(targets[value].title), description, value };
  });
}

/** The script of these poolings, or of the stack if one is shown. */
function codeFor(target: CodeTarget, shown: Shown, operators: readonly OperatorName[]): string | InexpressibleError {
  const { info, status } = shown;
  const { view, alteration, options, stack } = status;
  const { comment, ...files } = whereabouts(shown.session.document);
  const file = { ...files, picture: info, ...view, ...(alteration && { alteration }) };
  try {
    const code = stack
      ? stackCode(target, { ...file, layers: stack.layers, ...(stack.shape && { shape: stack.shape }) })
      : poolingCode(target, { ...file, operators: operatorsIn(target, operators), options });
    return `${comment}\n${code}`;
  } catch (error) {
    if (error instanceof InexpressibleError) return error;
    throw error;
  }
}

/** What a kind of script can have beside others: the median is a layer of no framework, and only NumPy's have it. */
function operatorsIn(target: CodeTarget, names: readonly OperatorName[]): readonly OperatorName[] {
  const layers = names.filter(name => layerNames.includes(name));
  return layers.length === 0 || target.startsWith('numpy') ? names : layers;
}

/** How a script finds the picture, where it writes, and the comment that says so. */
function whereabouts({ uri, isPackaged }: PictureDocument): { comment: string; path: string; saveAs?: string } {
  const name = nameOf(uri);
  // Terminals and "Run Python File" start in the workspace folder.
  const folder = vscode.workspace.getWorkspaceFolder(uri);
  if (folder) {
    const comment = `# Run this in the workspace folder ${pythonString(folder.name)}: the picture's path is relative to it.`;
    return { comment, path: uri.path.slice(folder.uri.path.length).replace(/^\/+/, '') };
  }
  if (!isPackaged) return { comment: "# Run this in the picture's folder.", path: name };
  if (uri.scheme.startsWith('http')) {
    return { comment: `# Run this beside the picture, a sample of Pooling Preview: ${uri}`, path: name };
  }
  const comment = '# The picture is a sample of Pooling Preview, where that is installed. Run this in any folder.';
  return { comment, path: uri.fsPath, saveAs: name };
}

async function savePicture(shown: Shown, given: ExportArguments, ui: ExportUi): Promise<void> {
  const title = vscode.l10n.t('Save picture');
  const picture = await whichPicture(title, shown, given, ui);
  if (picture) await save(title, shown, picture, 'png', ui);
}

async function saveArray(shown: Shown, given: ExportArguments, ui: ExportUi): Promise<void> {
  const title = vscode.l10n.t('Save array');
  const picture = await whichPicture(title, shown, given, ui);
  if (!picture) return;
  const own = shown.info.bitDepth === 16 ? 'uint16' : 'uint8';
  const type =
    given.type ??
    (await ui.choose<'array' | 'floats'>(title, [
      { label: 'float32', description: vscode.l10n.t('the exact values of the framework'), value: 'floats' },
      { label: own, description: vscode.l10n.t('the picture’s values: averages are truncated'), value: 'array' },
    ]));
  if (type) await save(title, shown, picture, type, ui);
}

async function copyPicture(shown: Shown, given: ExportArguments, ui: ExportUi): Promise<void> {
  const picture = await whichPicture(vscode.l10n.t('Copy picture'), shown, given, ui);
  if (!picture) return;
  const png = await ui.busy(vscode.l10n.t('Copying the picture'), () => encode(picture, 'png'));
  if (png.byteLength > mostForClipboard) {
    throw new Refusal(vscode.l10n.t('The picture is too large for the clipboard. Save it instead.'));
  }
  shown.session.copy(png, picture.shortTitle);
}

/** Reports to the user whether the page has copied a picture. */
export function pictureCopied({ title, error }: Copied, ui: ExportUi): void {
  if (error === undefined) ui.say(vscode.l10n.t('{0} picture copied', title));
  else ui.complain(vscode.l10n.t('The picture could not be copied: {0}', error));
}

/** Bytes. A message to a page delays all others while it is sent, and larger ones fail. */
const mostForClipboard = 32_000_000;

/** The one that the caller has named; else the user chooses, at first the last stage of a stack. */
async function whichPicture(
  title: string,
  shown: Shown,
  { pane }: ExportArguments,
  ui: ExportUi,
): Promise<Exportable | undefined> {
  const { stack } = shown.status;
  const all = exportables(shown.session.document, shown.status);
  if (all.length === 0) throw new Refusal(vscode.l10n.t('There is no pooled picture yet.'));
  const preselected = stack ? all.at(-1)?.pane : undefined;
  const choices = () => all.map(picture => ({ label: picture.title, value: picture.pane }));
  const chosen = all.some(picture => picture.pane === pane) ? pane : await ui.choose(title, choices(), preselected);
  const found = all.find(picture => picture.pane === chosen);
  if (found && !stack) for (const name of operatorsOf(found.pane, shown.status.operators)) checkOptions(shown, name);
  return found;
}

async function save(
  title: string,
  shown: Shown,
  picture: Exportable,
  as: EncodeRequest['as'],
  ui: ExportUi,
): Promise<void> {
  const type = as === 'png' ? 'png' : 'npy';
  const { document } = shown.session;
  const path = savedPath(document.uri.path, picture.pane, shown.status.alteration);
  const target = await ui.askWhere(title, suggestionFor(document, path, type), type);
  if (!target) return;
  const name = nameOf(target);
  await ui.busy(vscode.l10n.t('Saving {0}', name), async () => {
    const bytes = await encode(picture, as);
    try {
      await ui.write(target, bytes);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      throw new Refusal(vscode.l10n.t('{0} could not be saved: {1}', name, reason));
    }
  });
  ui.say(vscode.l10n.t('Saved {0}', name));
}

/**
 * At a path beside the picture. For a packaged picture, and one in a read-only file system, as that of an old commit is:
 * in a workspace folder, else in the home folder. In a browser without a folder it is a name only: the browser asks where.
 */
function suggestionFor({ uri, isPackaged }: PictureDocument, path: string, type: 'png' | 'npy'): vscode.Uri {
  const beside = uri.with({ path: path.replace(/png$/, type), query: '', fragment: '' });
  if (!isPackaged && isWritable(uri)) return beside;
  const folder = vscode.workspace.workspaceFolders?.find(({ uri }) => isWritable(uri));
  return vscode.Uri.joinPath(folder?.uri ?? vscode.Uri.file(homeFolder() ?? '/'), nameOf(beside));
}

function isWritable({ scheme }: vscode.Uri): boolean {
  return vscode.workspace.fs.isWritableFileSystem(scheme) !== false;
}

async function encode(picture: Exportable, as: EncodeRequest['as']): Promise<Uint8Array> {
  const outcome = await picture.encode(as);
  if ('ok' in outcome) return outcome.ok.data;
  throw new Refusal(wordsFor(outcome.err));
}

function wordsFor(failure: Failure): string {
  if (failure.kind === 'refused') return refused(failure.message);
  return vscode.l10n.t(failureSentences[failure.kind] ?? 'There is no pooled picture yet.');
}

/**
 * If the framework refuses the options there is nothing to export: the page still shows the last legal pooling.
 * @throws {Refusal}
 */
function checkOptions({ info, status: { view, options } }: Shown, operator: OperatorName): void {
  try {
    planAxes(operator, shapeOf(info, view), options);
  } catch (error) {
    throw error instanceof PoolError ? new Refusal(refused(error.message)) : error;
  }
}

function refused(message: string): string {
  return vscode.l10n.t('There is no pooling with these settings: {0}', message);
}
