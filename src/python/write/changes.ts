/** What a call does not say as it is wanted. */

import { frameworks } from '../../core/frameworks';
import { optionsOf, type PoolingLayer } from '../../core/layer';
import { operatorOf } from '../../core/operators';
import { callOf } from '../../core/operators/operator';
import type { Framework } from '../../core/options';
import type { PoolingCall } from '../call';
import { settingNames } from '../signatures/settings';
import type { GivenArguments } from '../syntax/arguments';
import type { Located } from './located';
import { RewriteError } from './rewriteError';
import { isSame, settingIn, type Value, type WrittenSetting } from './value';

export interface Change {
  readonly setting: WrittenSetting;
  readonly parameter: string;
  readonly value: Value;
  /** Undefined if it is not known what the call says. */
  readonly before: Value | undefined;
}

/**
 * @param layer what the call says
 * @returns in the order of the parameters
 * @throws {RewriteError} for settings that the call has no parameter for
 */
export function changesOf(
  call: PoolingCall,
  layer: PoolingLayer,
  wanted: PoolingLayer,
  { signature, given }: Located,
): Change[] {
  const { parameters } = signature;
  const [from, to] = [optionsOf(layer), optionsOf(wanted)];
  const changes = settingsOf(wanted, call.framework).flatMap((setting): Change[] => {
    const parameter = parameters.find(name => settingNames[name] === setting);
    const [before, value] = [settingIn(from, setting), settingIn(to, setting)];
    const isUnknown = call.unknown.includes(setting);
    if (setting === 'stride' && parameter) {
      const isKernel = isSame(value, to.kernelSize);
      const follows = followsKernel(parameter, given);
      if (isKernel && (follows || isUnknown)) return [];
      if (!follows && isSame(value, before)) return [];
    } else if (isSame(value, before)) {
      return [];
    }
    if (!parameter) throw new RewriteError('setting', `${call.callee} does not take ${setting}.`, setting);
    return [{ setting, parameter, value, before: isUnknown ? undefined : before }];
  });
  return changes.sort((a, b) => parameters.indexOf(a.parameter) - parameters.indexOf(b.parameter));
}

/** The settings that count in this framework. Indices count only if the layer says whether it returns them. */
function settingsOf({ operator: name, ...layer }: PoolingLayer, framework: Framework): WrittenSetting[] {
  const operator = operatorOf(name);
  const call = callOf(operator, framework);
  const options: Partial<ReturnType<typeof optionsOf>> = layer;
  const isIgnored = (setting: WrittenSetting) =>
    (setting === 'dilation' && call?.dilation === 'ignored') ||
    (setting === 'countIncludePad' &&
      (options.padding === 'same' || frameworks[framework].countIncludePad === undefined));
  const settings = operator.settings.filter(setting => !call?.lacks?.includes(setting) && !isIgnored(setting));
  return options.returnIndices === undefined ? settings : [...settings, 'returnIndices'];
}

/** Whether the stride is left to its default: not given, or given as `None` or `()`. */
function followsKernel(parameter: string, { byName, perhaps }: GivenArguments): boolean {
  const argument = byName.get(parameter);
  if (!argument) return !perhaps.has(parameter);
  const { value } = argument;
  return value?.type === 'none' || (value?.type === 'sequence' && value.items.length === 0);
}
