/** Taking a pooling home: as code, as a file, to the clipboard. Always what the preview shows when the command is called. */
import * as path from 'node:path';
import * as vscode from 'vscode';
import { type Fields, oneOf } from '../core/fields';
import { PoolError } from '../core/options';
import { shapeOf } from '../core/view';
import { type PoolKind, planAxes } from '../core/window';
import type { EncodeRequest, EngineFailure } from '../engine/message';
import { poolingCode } from '../export/code';
import { pooledPath } from '../export/pictureFile';
import { pythonString } from '../export/python';
import { type CodeTarget, codeTargets, InexpressibleError } from '../export/request';
import type { PictureInfo, Status, TakeHome } from '../protocol';
import type { Session } from './session';

/** One of several things to choose from. */
export interface Choice<T> extends vscode.QuickPickItem {
  readonly value: T;
}

/** What the commands ask of VS Code; injected, so that tests need no dialog. */
export interface Hands {
  readonly choose: <T>(title: string, choices: readonly Choice<T>[]) => Thenable<T | undefined>;
  /** Where to save. It asks by itself before a file that exists is chosen. */
  readonly askWhere: (suggestion: vscode.Uri, type: 'png' | 'npy') => Thenable<vscode.Uri | undefined>;
  readonly copyText: (text: string) => Thenable<void>;
  readonly write: (file: vscode.Uri, bytes: Uint8Array) => Thenable<void>;
  /** Shows that something takes its time, quietly. */
  readonly busy: <T>(title: string, task: () => Promise<T>) => Thenable<T>;
  /** A word that it is done, quietly. */
  readonly say: (message: string) => void;
  readonly complain: (message: string) => void;
}

export const ownHands: Hands = {
  // After a page's context menu VS Code gives the focus back to the page, now and then only when the choice is already shown.
  choose: async (title, choices) =>
    (await vscode.window.showQuickPick(choices, { title, ignoreFocusOut: true }))?.value,
  // The systems' dialogs ask before replacing a file, and so does VS Code's own for remote and virtual file systems.
  askWhere: (suggestion, type) =>
    vscode.window.showSaveDialog({
      defaultUri: suggestion,
      filters: type === 'png' ? { PNG: ['png'] } : { [vscode.l10n.t('NumPy Array')]: ['npy'] },
    }),
  copyText: text => vscode.env.clipboard.writeText(text),
  write: (file, bytes) => vscode.workspace.fs.writeFile(file, bytes),
  busy: (title, task) => vscode.window.withProgress({ location: vscode.ProgressLocation.Window, title }, task),
  say: message => {
    vscode.window.setStatusBarMessage(message, 3000);
  },
  complain: message => {
    void vscode.window.showErrorMessage(message);
  },
};

/** What a caller may have settled already: a picture's context menu, a key binding's `args`. All else is asked. */
export interface Settled {
  readonly pane?: PoolKind;
  readonly target?: CodeTarget;
  readonly type?: 'array' | 'floats';
}

/** What VS Code passes to a command, of which anything may come. */
export function settledBy(argument: unknown): Settled {
  const fields: Fields = typeof argument === 'object' && argument !== null ? { ...argument } : {};
  const pane = oneOf(['max', 'average'] as const, fields['pane']);
  const target = oneOf(codeTargets, fields['target']);
  const type = oneOf(['array', 'floats'] as const, fields['type']);
  return { ...(pane && { pane }), ...(target && { target }), ...(type && { type }) };
}

/** What a preview shows at this moment. */
interface Shown {
  readonly session: Session;
  readonly info: PictureInfo;
  readonly status: Status;
}

/** Nothing is thrown: what goes wrong is told. */
export async function takeHome(
  command: TakeHome,
  session: Session | undefined,
  settled: Settled,
  hands: Hands,
): Promise<void> {
  const state = session?.document.state;
  if (!session?.status || state?.type !== 'opened') {
    hands.complain(vscode.l10n.t('There is no pooled picture yet.'));
    return;
  }
  const shown: Shown = { session, info: state.info, status: session.status };
  try {
    await { copyCode, savePicture, saveArray, copyPicture }[command](shown, settled, hands);
  } catch (error) {
    hands.complain(error instanceof Refusal ? error.message : String(error));
  }
}

/** Why something cannot be taken home, in a sentence for people. */
class Refusal extends Error {}

async function copyCode(shown: Shown, settled: Settled, hands: Hands): Promise<void> {
  const kinds = settled.pane ? [settled.pane] : (['max', 'average'] as const);
  for (const kind of kinds) checkOptions(shown, kind);
  const target = settled.target ?? (await hands.choose(vscode.l10n.t('Copy as code'), targetChoices(shown, kinds)));
  if (!target) return;
  const code = codeFor(target, shown, kinds);
  if (code instanceof InexpressibleError) {
    throw new Refusal(vscode.l10n.t('{0} cannot express this pooling: {1}.', targetNames()[target], code.setting));
  }
  await hands.copyText(code);
  hands.say(vscode.l10n.t('Copied'));
}

function targetNames(): Readonly<Record<CodeTarget, string>> {
  return {
    pytorch: 'PyTorch',
    'numpy-loops': vscode.l10n.t('NumPy, with loops'),
    numpy: 'NumPy',
    keras: 'Keras',
    onnx: 'ONNX',
  };
}

function targetChoices(shown: Shown, kinds: readonly PoolKind[]): Choice<CodeTarget>[] {
  const names = targetNames();
  return codeTargets.map(value => {
    const code = codeFor(value, shown, kinds);
    // What cannot be written stays in the list: one learns why.
    const description = code instanceof InexpressibleError ? vscode.l10n.t('not with this {0}', code.setting) : '';
    return { label: names[value], description, value };
  });
}

function codeFor(target: CodeTarget, shown: Shown, kinds: readonly PoolKind[]): string | InexpressibleError {
  const { info, status } = shown;
  const { uri } = shown.session.document;
  // Terminals and "Run Python File" begin in the workspace folder.
  const folder = vscode.workspace.getWorkspaceFolder(uri);
  const file = folder ? path.posix.relative(folder.uri.path, uri.path) : path.posix.basename(uri.path);
  const where = folder
    ? `# Run this in the workspace folder ${pythonString(folder.name)}: the picture's path is relative to it.`
    : "# Run this in the picture's folder.";
  const { mode, orient, options } = status;
  try {
    return `${where}\n${poolingCode(target, { path: file, picture: info, mode, orient, kinds, options })}`;
  } catch (error) {
    if (error instanceof InexpressibleError) return error;
    throw error;
  }
}

async function savePicture(shown: Shown, settled: Settled, hands: Hands): Promise<void> {
  const kind = await whichPooling(vscode.l10n.t('Save picture'), shown, settled, hands);
  if (kind) await save(shown, kind, 'png', hands);
}

async function saveArray(shown: Shown, settled: Settled, hands: Hands): Promise<void> {
  const title = vscode.l10n.t('Save array');
  const kind = await whichPooling(title, shown, settled, hands);
  if (!kind) return;
  const own = shown.info.bitDepth === 16 ? 'uint16' : 'uint8';
  const type =
    settled.type ??
    (await hands.choose<'array' | 'floats'>(title, [
      { label: 'float32', description: vscode.l10n.t('the exact values of the framework'), value: 'floats' },
      { label: own, description: vscode.l10n.t('the picture’s values: averages are truncated'), value: 'array' },
    ]));
  if (type) await save(shown, kind, type, hands);
}

async function copyPicture(shown: Shown, settled: Settled, hands: Hands): Promise<void> {
  const kind = await whichPooling(vscode.l10n.t('Copy picture'), shown, settled, hands);
  if (!kind) return;
  const png = await hands.busy(vscode.l10n.t('Copying the picture'), () => encode(shown, kind, 'png'));
  if (png.byteLength > mostForClipboard) {
    throw new Refusal(vscode.l10n.t('The picture is too large for the clipboard. Save it instead.'));
  }
  shown.session.copy(png);
}

/** The page's answer to a picture for the clipboard: undefined when it is there, else why not. */
export function pictureCopied(error: string | undefined, hands: Hands): void {
  if (error === undefined) hands.say(vscode.l10n.t('Copied'));
  else hands.complain(vscode.l10n.t('The picture could not be copied: {0}', error));
}

/** A message to a page holds everything up while it travels, and larger ones fail. */
const mostForClipboard = 32_000_000;

async function whichPooling(
  title: string,
  shown: Shown,
  { pane }: Settled,
  hands: Hands,
): Promise<PoolKind | undefined> {
  const kind =
    pane ??
    (await hands.choose<PoolKind>(title, [
      { label: vscode.l10n.t('Max pooling'), value: 'max' },
      { label: vscode.l10n.t('Average pooling'), value: 'average' },
    ]));
  if (kind) checkOptions(shown, kind);
  return kind;
}

async function save(shown: Shown, kind: PoolKind, as: EncodeRequest['as'], hands: Hands): Promise<void> {
  const type = as === 'png' ? 'png' : 'npy';
  const target = await hands.askWhere(suggestionFor(shown.session.document.uri, kind, type), type);
  if (!target) return;
  const name = path.posix.basename(target.path);
  await hands.busy(vscode.l10n.t('Saving {0}', name), async () => {
    const bytes = await encode(shown, kind, as);
    try {
      await hands.write(target, bytes);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      throw new Refusal(vscode.l10n.t('{0} could not be saved: {1}', name, reason));
    }
  });
  hands.say(vscode.l10n.t('Saved {0}', name));
}

/** Beside the picture; in the workspace where its file system takes nothing, as that of an old commit. */
function suggestionFor(uri: vscode.Uri, kind: PoolKind, type: 'png' | 'npy'): vscode.Uri {
  const pooled = pooledPath(uri.path, kind).replace(/png$/, type);
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  return folder && vscode.workspace.fs.isWritableFileSystem(uri.scheme) === false
    ? vscode.Uri.joinPath(folder, path.posix.basename(pooled))
    : uri.with({ path: pooled, query: '', fragment: '' });
}

async function encode({ session, status }: Shown, kind: PoolKind, as: EncodeRequest['as']): Promise<Uint8Array> {
  const { mode, orient, options } = status;
  const outcome = await session.document.encode({ kind, as, mode, orient, options });
  if ('ok' in outcome) return outcome.ok.data;
  throw new Refusal(wordsFor(outcome.err));
}

function wordsFor(failure: EngineFailure): string {
  switch (failure.kind) {
    case 'refused':
      return refused(failure.message);
    case 'memory':
      return vscode.l10n.t('There is not enough memory for an output this large.');
    case 'empty':
    case 'closed':
      return vscode.l10n.t('There is no pooled picture yet.');
    default:
      return vscode.l10n.t('Pooling failed unexpectedly; the log says more.');
  }
}

/** What the framework refuses has no picture; the page shows the last one that was legal. @throws Refusal */
function checkOptions({ info, status: { mode, orient, options } }: Shown, kind: PoolKind): void {
  try {
    planAxes(kind, shapeOf(info, mode, orient), options);
  } catch (error) {
    throw error instanceof PoolError ? new Refusal(refused(error.message)) : error;
  }
}

function refused(message: string): string {
  return vscode.l10n.t('There is no pooling with these settings: {0}', message);
}
