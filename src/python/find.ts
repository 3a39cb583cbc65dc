import { argumentsOf } from './arguments';
import type { PoolingCall } from './call';
import { parse } from './code';
import { pathOf } from './names';
import { type Expression, Scope, walk } from './scope';
import { rangesOf, Settings } from './settings';
import { signatures } from './signatures';

/** A file without this has no call under any name: what is imported under another name is named in the import. */
const hint = /pool/i;

/**
 * Finds the calls of poolings in Python source, which may be half-written.
 *
 * @returns in the order in which they begin
 */
export function findPoolingCalls(source: string): PoolingCall[] {
  return findInCells([source])[0]!;
}

/**
 * Finds the calls of poolings in the cells of a notebook: a name of one cell is known in the others, and a bracket that
 * one cell leaves open does not reach into the next.
 *
 * @param cells their sources, in order
 * @returns for each cell its calls, with offsets in that cell
 */
export function findInCells(cells: readonly string[]): PoolingCall[][] {
  const found: PoolingCall[][] = cells.map(() => []);
  if (!cells.some(cell => hint.test(cell))) return found;
  const module = new Scope('module');
  const calls: Expression[] = [];
  for (const [index, cell] of cells.entries()) {
    walk(parse(cell, index), module, call => calls.push(call));
  }
  for (const call of calls) {
    const pooling = poolingOf(call);
    if (pooling) found[call.code.index]!.push(pooling);
  }
  return found;
}

const isKnown = (path: string) => signatures.has(path);

function poolingOf(call: Expression): PoolingCall | undefined {
  const { node } = call;
  if (!isClosed(call)) return undefined;
  const path = pathOf({ ...call, node: node.firstChild! }, isKnown);
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

/** Whether the brackets of a call are closed. */
function isClosed({ node }: Expression): boolean {
  return node.getChild('ArgList')?.lastChild?.name === ')';
}
