/** A call with all its settings written out, defaults too. */
import { optionsOf, type PoolingLayer } from '../../core/layer';
import { signatureOf } from '../signatures';
import { settingNames } from '../signatures/settings';
import type { Signature } from '../signatures/signature';
import { joined, plain, settingIn, type Value, type WrittenSetting } from './value';

export interface WrittenArgument {
  readonly setting: WrittenSetting;
  /** What the function calls it. */
  readonly parameter: string;
  readonly value: string;
}

/**
 * The settings of a call as its function writes them, in the order of its parameters. Whether indices are returned is
 * among them only if they are: it changes no value.
 *
 * @param callee as in `PoolingCall`
 */
export function writtenArguments(callee: string, layer: PoolingLayer): WrittenArgument[] {
  const signature = signatureOf(callee);
  const options = optionsOf(layer);
  return signature.parameters.flatMap(parameter => {
    const setting = settingNames[parameter] as WrittenSetting | undefined;
    const value = setting && settingIn(options, setting);
    if (value === undefined || (setting === 'returnIndices' && !value)) return [];
    return [{ setting: setting!, parameter, value: valueText(value, setting, signature) }];
  });
}

/** `nn.MaxPool2d(kernel_size=3, stride=3, padding=0, dilation=1, ceil_mode=False)` */
export function writtenCall(callee: string, layer: PoolingLayer): string {
  const given = writtenArguments(callee, layer).map(({ parameter, value }) => `${parameter}=${value}`);
  return `${callee}(${[...(signatureOf(callee).parameters[0] === 'input' ? ['input'] : []), ...given].join(', ')})`;
}

function valueText(value: Value, setting: WrittenSetting | undefined, { paddingWords }: Signature): string {
  if (setting === 'padding' && paddingWords) return `'${value === 'same' ? paddingWords.same : paddingWords.valid}'`;
  if (value === 'same') return `'${value}'`;
  if (typeof value !== 'object' || value === null) return plain(value);
  const [height = null, width = null] = value;
  return joined([plain(height), plain(width)]);
}
