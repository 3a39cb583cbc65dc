import { padText } from '../../../core/frameworks/pytorch';
import { applied, callIn } from '../../../core/operators/operator';
import { countsPadding, equalPadding, equalPairs, isSymmetric, noPadding, type Padding } from '../../../core/options';
import { pairText } from '../../../core/pythonText';
import { type Pooling, paddedShape, paddingBeyond } from '../../job';
import { InexpressibleError } from '../../request';
import { type Module, moduleAround, type Row, zeroModule } from './row';

/** Max, min and average. What the layers do not offer ('same', unequal sides) is padded explicitly first. */
export const windowRow: Row = { lines: poolingLines, modules: poolingModules };

/** Lines that compute, for example, `max_pooled`, `[1, C, H', W']`, from `x`. */
function poolingLines(pooling: Pooling): string[] {
  const { name, operator, options, dilation, around } = pooling;
  const call = callIn(operator, 'pytorch');
  const layer = (extra: readonly string[] = []) => layerText(pooling, extra);
  const isDilated = !equalPairs(dilation, [1, 1]);
  const takesDilation = call.dilation === 'taken';
  const dilated = isDilated ? [`dilation=${pairText(dilation)}`] : [];

  const own = ownPadding(pooling);
  if (own && (!isDilated || takesDilation)) {
    return [`${name}_pooled = ${applied(call, layer(ownSettings(pooling, own)), 'x')}`];
  }
  // The script's comment above the padding: its purpose, and the order of the numbers for F.pad.
  const why =
    (options.padding === 'same' ? "'same' is no padding of PyTorch's own, so pad first" : 'Pad explicitly') +
    ' (left, right, top, bottom)';
  if (operator.divides) return averageLines(pooling, why);
  return [
    `# ${why}, with what never wins.`,
    `padded = F.pad(x, ${padText(around)}, value=float('${operator.padding}'))`,
    `${name}_pooled = ${applied(call, layer(dilated), 'padded')}`,
  ];
}

/** Averages of a picture that is padded first: sums, divided by the number of pixels that count. */
function averageLines(pooling: Pooling, why: string): string[] {
  const [, channels] = pooling.input;
  const { name, operator, kernel, stride, dilation, around, counted, divisor, output } = pooling;
  const layer = `nn.${callIn(operator, 'pytorch').layer}`;
  const settings = settingsOf(pooling);
  const isDilated = !equalPairs(dilation, [1, 1]);
  const sums = isDilated
    ? // AvgPool2d has no dilation.
      (values: string, planes: number) =>
        `F.unfold(${values}, ${[pairText(kernel), `dilation=${pairText(dilation)}`, `stride=${pairText(stride)}`].join(', ')})` +
        `.view(${[1, planes, -1, ...output].join(', ')}).sum(dim=2)`
    : (values: string) => `${layer}(${[...settings, 'divisor_override=1'].join(', ')})(${values})`;
  const padded = equalPadding(around, noPadding) ? 'x' : `F.pad(x, ${padText(around)})`;
  if (divisor !== undefined) {
    const value =
      !isDilated && divisor === kernel[0] * kernel[1]
        ? `${layer}(${settings.join(', ')})(padded)`
        : isDilated
          ? `${sums('padded', channels)} / ${divisor}`
          : `${layer}(${[...settings, `divisor_override=${divisor}`].join(', ')})(padded)`;
    return [`# ${why}.`, `padded = ${padded}`, `${name}_pooled = ${value}`];
  }
  return [
    `# ${why},`,
    '# then divide each sum by the number of pixels that count.',
    `ones = ${onesOf(around, counted)}`,
    `sums = ${sums(padded, channels)}`,
    `counts = ${sums('ones', 1)}`,
    `${name}_pooled = sums / counts`,
  ];
}

/** The modules of a network that pool, with modules before it for the padding that the layer does not offer. */
function poolingModules(pooling: Pooling): Module[] {
  const { operator, input, dilation, around, divisor, kernel } = pooling;
  const call = callIn(operator, 'pytorch');
  const isDilated = !equalPairs(dilation, [1, 1]);
  if (isDilated && call.dilation !== 'taken') throw new InexpressibleError('dilation', 'AvgPool2d has no dilation.');
  const negative = call.isNegated ? 'Negative()' : undefined;
  const own = ownPadding(pooling) ?? evenPadding(pooling);
  if (own) {
    return [
      ...(negative ? [{ text: negative, output: input }] : []),
      moduleAround(pooling, layerText(pooling, ownSettings(pooling, own))),
      ...(negative ? [moduleAround(pooling, negative)] : []),
    ];
  }
  if (operator.divides && divisor === undefined) throw variableDivisor(pooling);
  const extra = isDilated ? [`dilation=${pairText(dilation)}`] : [];
  if (operator.divides && divisor !== kernel[0] * kernel[1]) extra.push(`divisor_override=${divisor}`);
  const pad = operator.divides
    ? zeroModule(input, around)
    : { text: `nn.ConstantPad2d(${padText(around)}, float('-inf'))`, output: paddedShape(input, around) };
  return [
    ...(negative ? [{ text: negative, output: input }] : []),
    pad,
    moduleAround(pooling, layerText(pooling, extra)),
    ...(negative ? [moduleAround(pooling, negative)] : []),
  ];
}

function variableDivisor({ options }: Pooling): InexpressibleError {
  const setting = options.padding === 'same' ? 'padding' : options.ceilMode ? 'ceil_mode' : 'count_include_pad';
  return new InexpressibleError(setting, 'No module of PyTorch divides by the real pixels of this padding.');
}

/** The layer with the arguments that every call begins with, and others. */
function layerText(pooling: Pooling, extra: readonly string[]): string {
  return `nn.${callIn(pooling.operator, 'pytorch').layer}(${[...settingsOf(pooling), ...extra].join(', ')})`;
}

/** The arguments that every call begins with. */
export function settingsOf({ kernel, stride }: Pick<Pooling, 'kernel' | 'stride'>): string[] {
  const settings = [`kernel_size=${pairText(kernel)}`];
  if (!equalPairs(stride, kernel)) settings.push(`stride=${pairText(stride)}`);
  return settings;
}

/** The other arguments of a layer that pads by itself. */
function ownSettings({ operator, options, dilation }: Pooling, own: readonly [number, number]): string[] {
  const padded = !equalPairs(own, [0, 0]);
  const settings = padded ? [`padding=${pairText(own)}`] : [];
  if (!equalPairs(dilation, [1, 1])) settings.push(`dilation=${pairText(dilation)}`);
  if (options.ceilMode && options.padding !== 'same') settings.push('ceil_mode=True');
  if (operator.divides) {
    if (options.divisorOverride !== undefined) settings.push(`divisor_override=${options.divisorOverride}`);
    else if (padded && !countsPadding(options)) settings.push('count_include_pad=False');
  }
  return settings;
}

/**
 * The layer's own `padding`, if it can express this one: equal sides, and at most half the kernel, as every version
 * allows.
 */
function ownPadding({ options: { padding }, around, kernel }: Pooling): readonly [number, number] | undefined {
  if (padding === 'same') return equalPadding(around, noPadding) ? [0, 0] : undefined;
  const { top, left } = padding;
  return isSymmetric(padding) && 2 * top <= kernel[0] && 2 * left <= kernel[1] ? [top, left] : undefined;
}

/** A layer's own `padding` for a `'same'` that pads both ends of each axis equally. */
function evenPadding({ options: { padding }, around, kernel }: Pooling): readonly [number, number] | undefined {
  const { top, left } = around;
  const fits = isSymmetric(around) && 2 * top <= kernel[0] && 2 * left <= kernel[1];
  return padding === 'same' && fits ? [top, left] : undefined;
}

/** A mask of the pixels that averages count, one channel: ones on the picture and on counted padding, zeros beyond. */
function onesOf(around: Padding, counted: Padding): string {
  let ones = 'torch.ones_like(x[:, :1])';
  if (!equalPadding(counted, noPadding)) ones = `F.pad(${ones}, ${padText(counted)}, value=1.0)`;
  const beyond = paddingBeyond(around, counted);
  return equalPadding(beyond, noPadding) ? ones : `F.pad(${ones}, ${padText(beyond)})`;
}
