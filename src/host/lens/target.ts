import type * as vscode from 'vscode';
import type { PoolingCall } from '../../python/call';
import type { CellContent } from '../../python/find';
import type { LayerStack } from '../../python/stacks/stack';
import { callTitle, stackTitle } from './title';

/** What can be previewed of a document's code: a call, or layers one after the other. */
export type Target = { readonly call: PoolingCall } | { readonly stack: LayerStack };

/** All that can be previewed, in the order of the source; a stack is before the calls in it. */
export function targetsIn({ calls, stacks }: CellContent): Target[] {
  const all: Target[] = [...stacks.map(stack => ({ stack })), ...calls.map(call => ({ call }))];
  return all.filter(isPreviewable).sort((a, b) => spanOf(a).start - spanOf(b).start);
}

function isPreviewable(target: Target): boolean {
  return 'stack' in target || target.call.layer !== null;
}

/** Where it stands, in UTF-16 units. */
export function spanOf(target: Target): { readonly start: number; readonly end: number } {
  return 'call' in target ? target.call : target.stack;
}

export function titleOf(target: Target): string {
  return 'call' in target ? callTitle(target.call) : stackTitle(target.stack);
}

/** What is meant by a place in a document: the call around it, else one on the same line, else the stack around it. */
export function targetAt(
  reading: CellContent,
  document: vscode.TextDocument,
  position: vscode.Position,
): Target | undefined {
  const offset = document.offsetAt(position);
  const targets = targetsIn(reading);
  const around = targets.filter(target => spanOf(target).start <= offset && offset <= spanOf(target).end);
  const line = (target: Target) => document.positionAt(spanOf(target).start).line;
  return (
    around.findLast(target => 'call' in target) ??
    targets.find(target => 'call' in target && line(target) === position.line) ??
    around.at(-1) ??
    targets.find(target => line(target) === position.line)
  );
}
