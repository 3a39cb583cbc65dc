import type { PoolingCall } from './call';
import { isKnown, signatures } from './signatures';
import { rangesOf, Settings } from './signatures/settings';
import { findStacks, type NamedCall } from './stacks/findStacks';
import type { LayerStack } from './stacks/stack';
import { argumentsOf } from './syntax/arguments';
import { parse } from './syntax/code';
import { pathOf } from './syntax/names';
import { type Expression, Scope, walk } from './syntax/scope';

/** A file without this has no call under any name: what is imported under another name is named in the import. */
const hint = /pool/i;

/**
 * Finds the calls of poolings in Python source, which may be half-written.
 *
 * @returns in the order in which they begin
 */
export function findPoolingCalls(source: string): PoolingCall[] {
  if (!hint.test(source)) return [];
  return callsIn([source]).flatMap(call => poolingOf(call) ?? []);
}

/** What begins in a cell, in the order in which it begins, with offsets in that cell. */
export interface CellContent {
  readonly calls: PoolingCall[];
  readonly stacks: LayerStack[];
}

/**
 * Finds the calls of poolings, and layers one after the other, in the cells of a notebook: a name of one cell is known
 * in the others, and a bracket that one cell leaves open does not reach into the next.
 *
 * @param cells their sources, in order
 */
export function readCells(cells: readonly string[]): CellContent[] {
  const contents = cells.map((): CellContent => ({ calls: [], stacks: [] }));
  if (!cells.some(cell => hint.test(cell))) return contents;
  const calls = callsIn(cells);
  for (const call of calls) {
    const pooling = poolingOf(call);
    if (pooling) contents[call.code.index]!.calls.push(pooling);
  }
  for (const { cell, stack } of findStacks(calls)) contents[cell]!.stacks.push(stack);
  return contents;
}

/** All calls whose brackets are closed, in order. */
function callsIn(cells: readonly string[]): NamedCall[] {
  const module = new Scope('module');
  const calls: Expression[] = [];
  for (const [index, cell] of cells.entries()) {
    walk(parse(cell, index), module, call => calls.push(call));
  }
  return calls
    .filter(isClosed)
    .map(call => ({ ...call, path: pathOf({ ...call, node: call.node.firstChild! }, isKnown) }));
}

function poolingOf(call: NamedCall): PoolingCall | undefined {
  const { node, path } = call;
  const signature = path === undefined ? undefined : signatures.get(path);
  if (!signature) return undefined;
  const given = argumentsOf(call, signature.parameters);
  const settings = new Settings(given);
  const layer = signature.read(settings);
  if (layer === undefined) return undefined;
  return {
    start: node.from,
    end: node.to,
    callee: signature.callee,
    framework: signature.framework,
    layer,
    unknown: layer ? settings.unknown : [],
    argumentRanges: rangesOf(given.byName),
  };
}

/** Whether a call has both its brackets. */
function isClosed({ node }: Expression): boolean {
  const list = node.getChild('ArgList');
  return list?.firstChild?.name === '(' && list.lastChild?.name === ')';
}
