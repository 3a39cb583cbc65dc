/** The commands that preview poolings in code. */
import * as vscode from 'vscode';
import { isPooling } from '../../core/layer';
import type { CodeSettings } from '../editor';
import { chooseOne } from '../quickPick';
import { CodeOrigin } from './codeOrigin';
import type { CodeReader } from './codeReader';
import { stateOfCall, stateOfStack } from './codeState';
import { spanOf, type Target, targetAt, targetsIn, titleOf } from './target';

/** What the commands need of the previews; injected. */
export interface Previews {
  /** The picture on which code is shown; undefined if the user chooses none. */
  readonly picture: () => Promise<vscode.Uri | undefined>;
  /** Shows settings on it, beside the column that the code is in. */
  readonly show: (picture: vscode.Uri, settings: CodeSettings, column: vscode.ViewColumn | undefined) => Promise<void>;
  readonly complain: (message: string) => void;
}

/** The command behind a lens and a cell's entry. */
export const previewCodeCommand = 'poolingPreview.previewCode';

/** Previews a pooling where it stands. */
export function commandOf(document: vscode.TextDocument, target: Target): vscode.Command {
  const tooltip = vscode.l10n.t('Show this on a picture');
  return {
    command: previewCodeCommand,
    title: titleOf(target),
    tooltip,
    arguments: [document.uri, spanOf(target).start, 'stack' in target, textOf(document, target)],
  };
}

/** Asks which pooling of a document to preview. */
export function commandOfMany(document: vscode.TextDocument, count: number): vscode.Command {
  const title = vscode.l10n.t('Preview pooling · {0} places', count);
  return { command: previewCodeCommand, title, arguments: [document.uri] };
}

/**
 * `poolingPreview.previewCode`: shows what is nearest to a place in a document, and has this text if anything does: a
 * lens that is clicked may be from before what was typed last. Without a place, the user is asked. Arguments that are
 * none are ignored: VS Code lets anybody call a command.
 */
export async function previewCode(
  reader: CodeReader,
  previews: Previews,
  uri?: unknown,
  start?: unknown,
  isStack?: unknown,
  text?: unknown,
): Promise<void> {
  if (!(uri instanceof vscode.Uri)) return;
  const document = await vscode.workspace.openTextDocument(uri);
  const reading = await reader.read(document);
  const targets = targetsIn(reading);
  if (typeof start !== 'number') {
    const choices = targets.map(each => choiceOf(document, each));
    const chosen = await chooseOne(vscode.l10n.t('Preview Pooling'), choices);
    if (chosen) await preview(reader, previews, document, chosen);
    return;
  }
  const ofKind = targets.filter(each => 'stack' in each === isStack);
  const equal = ofKind.filter(each => textOf(document, each) === text);
  const target = nearest(equal, start) ?? nearest(ofKind, start);
  if (target) await preview(reader, previews, document, target);
  else previews.complain(vscode.l10n.t('This code is no longer there.'));
}

/** `poolingPreview.previewAtCursor`: shows the pooling at the cursor, or on its line. */
export async function previewAtCursor(reader: CodeReader, previews: Previews): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  const target = editor && targetAt(await reader.read(editor.document), editor.document, editor.selection.active);
  if (target) await preview(reader, previews, editor.document, target);
  else previews.complain(vscode.l10n.t('There is no call of a 2D pooling at the cursor.'));
}

function textOf(document: vscode.TextDocument, target: Target): string {
  const { start, end } = spanOf(target);
  return document.getText().slice(start, end);
}

function nearest(targets: readonly Target[], place: number): Target | undefined {
  const distance = (target: Target) => Math.abs(spanOf(target).start - place);
  return [...targets].sort((a, b) => distance(a) - distance(b))[0];
}

function choiceOf(document: vscode.TextDocument, target: Target) {
  const line = document.positionAt(spanOf(target).start).line + 1;
  const [first = ''] = textOf(document, target).split('\n');
  return { label: titleOf(target), description: `${line}: ${first}`, value: target };
}

async function preview(reader: CodeReader, previews: Previews, document: vscode.TextDocument, target: Target) {
  const column = vscode.window.tabGroups.activeTabGroup.viewColumn;
  const state = stateOf(target);
  if (!state) return;
  // From now on it follows what is typed: the user may be asked for a picture.
  const origin = new CodeOrigin(document, target, reader, previews.complain);
  const picture = await previews.picture();
  if (picture) await previews.show(picture, { state, origin }, column);
  else origin.dispose();
}

function stateOf(target: Target) {
  if ('stack' in target) return stateOfStack(target.stack);
  const { layer } = target.call;
  return layer && isPooling(layer) ? stateOfCall(layer, target.call) : undefined;
}
