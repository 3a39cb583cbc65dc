/** A call that was found before, in the syntax tree of the same source. */
import type { SyntaxNode } from '@lezer/common';
import { isPooling, optionsOf } from '../../core/layer';
import type { PoolingCall } from '../call';
import { signatureOf, signatures } from '../signatures';
import { rangesOf, Settings } from '../signatures/settings';
import type { Signature } from '../signatures/signature';
import { argumentsOf, type GivenArguments } from '../syntax/arguments';
import { type Code, childrenOf, parse, textOf } from '../syntax/code';
import { pathOf } from '../syntax/names';
import { type Expression, Scope, walk } from '../syntax/scope';
import { RewriteError } from './rewriteError';
import { isSame, settingIn, writtenSettings } from './value';

export interface Located {
  readonly code: Code;
  /** The brackets and what is between them. */
  readonly list: SyntaxNode;
  readonly signature: Signature;
  readonly given: GivenArguments;
}

/**
 * @param source a file, or the cell of a notebook: what its names are may stand in other cells
 * @throws {RewriteError} if it is not there, or half-written
 */
export function locate(source: string, call: PoolingCall): Located {
  const expression = expressionAt(source, call);
  const list = expression?.node.getChild('ArgList');
  const signature = signatureOf(call.callee);
  if (!expression || !list || !mayName(expression, signature)) throw moved(call);
  if (childrenOf(list).some(({ type }) => type.isError)) {
    throw new RewriteError('unclear', `The arguments of ${call.callee} are half-written.`);
  }
  const given = argumentsOf(expression, signature.parameters);
  if (!saysAsBefore(call, signature, given)) throw moved(call);
  return { code: expression.code, list, signature, given };
}

function moved({ callee, start }: PoolingCall): RewriteError {
  return new RewriteError('moved', `There is no longer this call of ${callee} at ${start}.`);
}

function expressionAt(source: string, { start, end }: PoolingCall): Expression | undefined {
  let found: Expression | undefined;
  walk(parse(source, 0), new Scope('module'), call => {
    if (call.node.from === start && call.node.to === end) found = call;
  });
  return found;
}

/** Whether this signature's function can be the one that is called: what a name is may stand in another cell. */
function mayName(call: Expression, signature: Signature): boolean {
  const callee = call.node.firstChild!;
  const path = pathOf({ ...call, node: callee }, name => signatures.has(name));
  const known = path === undefined ? undefined : signatures.get(path);
  if (known) return known === signature;
  // A name that this source does not bind may stand for anything; otherwise the path is what it stands for.
  if (path !== undefined && call.scope.enclosing(textOf(call.code, headOf(callee)))) return false;
  if (callee.name !== 'MemberExpression') return path === undefined;
  const property = textOf(call.code, callee.lastChild!);
  return signature.paths.some(name => name.endsWith(`.${property}`));
}

/** The first name of a dotted one. */
function headOf(callee: SyntaxNode): SyntaxNode {
  let head = callee;
  while (head.name === 'MemberExpression') head = head.firstChild!;
  return head;
}

/** Whether the arguments stand where they stood, with the values that they had as far as this source tells them. */
function saysAsBefore(call: PoolingCall, signature: Signature, given: GivenArguments): boolean {
  const ranges = rangesOf(given.byName);
  const names = Object.keys(ranges);
  if (names.length !== Object.keys(call.argumentRanges).length) return false;
  if (names.some(name => String(ranges[name]) !== String(call.argumentRanges[name]))) return false;
  const settings = new Settings(given);
  const layer = signature.read(settings);
  if (!layer || !call.layer || !isPooling(layer) || !isPooling(call.layer)) return true;
  const unknown = new Set<string>([...settings.unknown, ...call.unknown]);
  // A stride that is not given is the kernel size.
  if (unknown.has('kernelSize')) unknown.add('stride');
  const [now, before] = [optionsOf(layer), optionsOf(call.layer)];
  return writtenSettings.every(name => unknown.has(name) || isSame(settingIn(now, name), settingIn(before, name)));
}
