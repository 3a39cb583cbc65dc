/**
 * Where two frameworks give different sizes or values for settings that look the same. Everything here is data: the
 * page turns it into sentences.
 */
import { type Axes, type Axis, clippedSpan, dropsLastWindow, paddingOf, roundedWindows } from './axis';
import { isEqual } from './equal';
import { frameworkNames, frameworks } from './frameworks';
import { type OperatorName, operatorOf } from './operators';
import { tapsCounted } from './operators/average';
import { callOf } from './operators/operator';
import { countsPadding, type Framework, frameworkOf, type Padding, PoolError, type PoolOptions } from './options';
import { type PlannedLayer, planLayer } from './plan';
import type { Shape, Tensor } from './tensor';

/** One cause of a difference, with its numbers. */
export type Reason =
  /** The two pad differently: Keras' 'same' adds 0 before and 1 after, for example, where `padding=1` adds 1 and 1. */
  | { readonly code: 'padding'; readonly ours: Padding; readonly theirs: Padding }
  /** Only one of the two counts padding in the divisor of averages. */
  | { readonly code: 'countedPadding'; readonly ours: boolean; readonly theirs: boolean }
  /** ceil_mode adds these rows and columns here, and the other framework has no ceil_mode. */
  | { readonly code: 'ceilMode'; readonly rows: number; readonly columns: number }
  /** The two use different dilations: one of them has none for this operator. */
  | { readonly code: 'dilation' }
  /** The other framework cannot set the divisor. */
  | { readonly code: 'divisorOverride' };

/** What another framework does with the setting that looks the same there. */
export interface Difference {
  readonly framework: Framework;
  /** That setting: pooling with it gives the other framework's picture. */
  readonly options: PoolOptions;
  readonly ours: readonly [rows: number, columns: number];
  /** The other framework's size; absent if it refuses the setting. */
  readonly theirs?: readonly [rows: number, columns: number];
  /** The other framework's message if it refuses. */
  readonly refusal?: string;
  readonly reasons: readonly Reason[];
}

/**
 * The frameworks, besides the options' own, in which a setting looks the same but has another result: another size,
 * windows on other pixels, other divisors, or a refusal. Frameworks that agree are not listed, nor those in which
 * nothing looks the same (Keras has nothing like `padding=1` with a 7×7 kernel). Poolings without padding of their own
 * are the same wherever they exist, and Lᵖ pooling is not compared.
 *
 * @throws {PoolError} if the options' own framework refuses them
 */
export function compareFrameworks(operator: OperatorName, shape: Shape, options: PoolOptions): Difference[] {
  const ours = planLayer(operator, shape, options);
  if (!isWindowed(operator)) return [];
  return frameworkNames
    .filter(framework => framework !== frameworkOf(options))
    .flatMap(framework => {
      const counterpart = lookAlike(ours, framework);
      const difference = counterpart && compare(ours, counterpart);
      return difference ? [{ framework, ...difference }] : [];
    });
}

/** Whether the frameworks' settings for windows are all that an operator's result follows from. */
function isWindowed(operator: OperatorName): boolean {
  const { settings } = operatorOf(operator);
  return settings.includes('padding') && !settings.includes('norm');
}

/**
 * Differences of several operators, in groups that the same words describe: the same framework, sizes, reasons and
 * refusal. In the order of their first members.
 */
export function groupDifferences<D extends Difference>(differences: readonly D[]): readonly (readonly [D, ...D[]])[] {
  const groups: [D, ...D[]][] = [];
  for (const difference of differences) {
    const group = groups.find(([first]) => isEqual(factsOf(first), factsOf(difference)));
    if (group) group.push(difference);
    else groups.push([difference]);
  }
  return groups;
}

function factsOf({ framework, ours, theirs, refusal, reasons }: Difference) {
  return [framework, ours, theirs, refusal, reasons];
}

/**
 * What ceil_mode does to an axis: nothing; one more window, which reaches beyond the padding; or a window that is
 * dropped because it starts beyond the input and the padding before it.
 */
export function ceilModeEffect(axis: Axis, options: PoolOptions): 'none' | 'added' | 'dropped' {
  if (!options.ceilMode || options.padding === 'same') return 'none';
  if (dropsLastWindow(axis, options)) return 'dropped';
  return axis.output > roundedWindows(axis, false) ? 'added' : 'none';
}

/**
 * Which pixels of our pooled picture differ from the other's: `mask[y * W + x]` is 1 if any channel differs, or if the
 * other has no such pixel. Both are compared from the top left; NaN equals NaN.
 *
 * @throws {RangeError} for different numbers of channels
 */
export function differingPixels(ours: Tensor, theirs: Tensor): { mask: Uint8Array; count: number } {
  const [, channels, height, width] = ours.shape;
  const [, theirChannels, theirHeight, theirWidth] = theirs.shape;
  if (channels !== theirChannels) throw new RangeError(`Cannot compare ${channels} channels with ${theirChannels}`);
  const mask = new Uint8Array(height * width);
  let count = 0;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      let same = y < theirHeight && x < theirWidth;
      const a = (y * width + x) * channels;
      const b = (y * theirWidth + x) * channels;
      for (let c = 0; same && c < channels; c++) {
        const value = ours.data[a + c]!;
        const other = theirs.data[b + c]!;
        same = value === other || (Number.isNaN(value) && Number.isNaN(other));
      }
      if (same) continue;
      mask[y * width + x] = 1;
      count++;
    }
  }
  return { mask, count };
}

/**
 * The options that a user would write in another framework for the same thing; undefined if nothing there looks the
 * same.
 */
export function lookAlike({ operator, options, axes }: PlannedLayer, framework: Framework): PoolOptions | undefined {
  if (!operatorOf(operator).settings.includes('padding')) return { ...options, framework };
  const rules = frameworks[framework];
  const padding = rules.paddingAlike(options, axes);
  if (padding === undefined) return undefined;
  // `autoPad` says where ONNX's own padding comes from: the other framework's comes from its `paddingAlike`.
  const { divisorOverride, autoPad: _, ...rest } = options;
  return {
    ...rest,
    framework,
    padding,
    // That of our windows: the options' own dilation may be another operator's, as PyTorch's average has none.
    dilation:
      callOf(operatorOf(operator), framework)?.dilation === 'taken' ? [axes[0].dilation, axes[1].dilation] : [1, 1],
    ceilMode: rules.ceilMode && options.ceilMode,
    // The other framework's default, because its code would not mention this setting.
    countIncludePad: rules.countIncludePad ?? false,
    ...(rules.divisorOverride && divisorOverride !== undefined ? { divisorOverride } : {}),
  };
}

function compare(ours: PlannedLayer, options: PoolOptions): Omit<Difference, 'framework'> | undefined {
  const size = sizeOf(ours);
  let theirs: PlannedLayer;
  try {
    theirs = planLayer(ours.operator, ours.input, options);
  } catch (error) {
    if (!(error instanceof PoolError)) throw error;
    return { options, ours: size, refusal: error.message, reasons: [] };
  }
  const sameWindows = [0, 1].every(side => sameAxis(ours, theirs, side as 0 | 1));
  const { divides } = operatorOf(ours.operator);
  const sameDivisor = !divides || ours.options.divisorOverride === options.divisorOverride;
  if (sameWindows && sameDivisor) return undefined;
  return { options, ours: size, theirs: sizeOf(theirs), reasons: reasonsOf(ours, theirs) };
}

/** Whether an axis has as many windows in both, on the same pixels and (for averages) with as many counted taps. */
function sameAxis(ours: PlannedLayer, theirs: PlannedLayer, side: 0 | 1): boolean {
  const [a, b] = [ours.axes[side], theirs.axes[side]];
  if (a.output !== b.output || a.dilation !== b.dilation) return false;
  const { divides } = operatorOf(ours.operator);
  for (let i = 0; i < a.output; i++) {
    const [x, y] = [clippedSpan(a, i), clippedSpan(b, i)];
    if (x.start !== y.start || x.end !== y.end) return false;
    if (divides && tapsCounted(a, i, ours.options) !== tapsCounted(b, i, theirs.options)) return false;
  }
  return true;
}

function reasonsOf(ours: PlannedLayer, theirs: PlannedLayer): Reason[] {
  const reasons: Reason[] = [];
  const pairs = ours.axes.map((axis, i) => [axis, theirs.axes[i]!] as const);
  if (pairs.some(([a, b]) => a.padBefore !== b.padBefore || a.padAfter !== b.padAfter)) {
    reasons.push({ code: 'padding', ours: paddingOf(ours.axes), theirs: paddingOf(theirs.axes) });
  }
  if (pairs.some(([a, b]) => a.dilation !== b.dilation)) reasons.push({ code: 'dilation' });
  if (ours.options.ceilMode && !theirs.options.ceilMode) {
    const added = (axis: Axis) => (ceilModeEffect(axis, ours.options) === 'added' ? 1 : 0);
    const [rows, columns] = [added(ours.axes[0]), added(ours.axes[1])];
    if (rows + columns > 0) reasons.push({ code: 'ceilMode', rows, columns });
  }
  if (operatorOf(ours.operator).divides) reasons.push(...divisorReasons(ours, theirs));
  return reasons;
}

function divisorReasons(ours: PlannedLayer, theirs: PlannedLayer): Reason[] {
  if (ours.options.divisorOverride !== theirs.options.divisorOverride) return [{ code: 'divisorOverride' }];
  const [we, they] = [countsPadding(ours.options), countsPadding(theirs.options)];
  const isPadded = [...ours.axes, ...theirs.axes].some(({ padBefore, padAfter }) => padBefore > 0 || padAfter > 0);
  return we !== they && isPadded ? [{ code: 'countedPadding', ours: we, theirs: they }] : [];
}

function sizeOf({ axes: [vertical, horizontal] }: { readonly axes: Axes }): readonly [number, number] {
  return [vertical.output, horizontal.output];
}
