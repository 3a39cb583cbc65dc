import { isPooling, optionsOf, type PoolingLayer } from '../../core/layer';
import type { PoolingCall } from '../call';
import { Settings } from '../signatures/settings';
import { type Change, changesOf } from './changes';
import type { Edit } from './edit';
import { Layout } from './layout';
import { type Located, locate } from './located';
import { RewriteError } from './rewriteError';
import { spelled, valueEdit } from './spelling';
import { isSame, settingIn, type WrittenSetting } from './value';

/** Settings that a call need not mention. Sizes are mentioned even where they are the default. */
const optional: readonly WrittenSetting[] = [
  'padding',
  'dilation',
  'ceilMode',
  'countIncludePad',
  'divisorOverride',
  'returnIndices',
];

/**
 * The edits that make a call say what is wanted: only the arguments that say something else, each in its own style.
 * A keyword argument that is back at its default goes, if no comment belongs to it; new ones come as keywords at the
 * end. What the call leaves unknown stays as it is while `wanted` has the value that stands in for it in `call.layer`.
 *
 * @param source the file, or the cell of a notebook, in which the call was found
 * @param wanted says the same as the call where nothing is to change; an absent `returnIndices` changes nothing
 * @returns in the order of the source, without overlaps; none if the call says so already
 * @throws {RewriteError} for what the call cannot say, and if it is no longer there
 */
export function rewriteCall(source: string, call: PoolingCall, wanted: PoolingLayer): Edit[] {
  const { layer, callee, framework } = call;
  if (!layer || !isPooling(layer) || layer.operator !== wanted.operator) {
    throw new RewriteError('operator', `${callee} is no pooling of the kind ${wanted.operator}.`);
  }
  if ((wanted.framework ?? framework) !== framework) {
    throw new RewriteError('framework', `${callee} is not of the framework ${wanted.framework}.`);
  }
  const located = locate(source, call);
  const layout = new Layout(located);
  const edits: Edit[] = [];
  const removed: number[] = [];
  const added: string[] = [];
  for (const change of changesOf(call, layer, wanted, located)) {
    const { parameter, setting } = change;
    const argument = located.given.byName.get(parameter);
    if (!argument) {
      if (located.given.perhaps.has(parameter)) {
        throw new RewriteError('hidden', `${setting} may be among the * arguments of ${callee}.`, setting);
      }
      added.push(`${parameter}=${spelled(change, located)}`);
    } else if (layout.binds(argument.node.from)) {
      throw new RewriteError('unclear', `${setting} of ${callee} also gives a name its value.`, setting);
    } else if (isDefault(change, located) && layout.canRemove(argument.node.from)) {
      removed.push(argument.node.from);
    } else {
      edits.push(valueEdit(argument, change, located));
    }
  }
  return [...edits, ...layout.edits(removed, added)].sort((a, b) => a.start - b.start || a.end - b.end);
}

/** Whether the call would say so without the argument. */
function isDefault({ setting, parameter, value }: Change, { signature, given }: Located): boolean {
  if (!optional.includes(setting)) return false;
  const byName = new Map(given.byName);
  byName.delete(parameter);
  const settings = new Settings({ ...given, byName });
  const layer = signature.read(settings);
  if (!layer || !isPooling(layer) || settings.unknown.includes(setting)) return false;
  return isSame(value, settingIn(optionsOf(layer), setting));
}
