/** Shapes and sizes as text, and how a pooling changes the amount of data. */
import { type Axes, type Axis, dropsLastWindow, effectiveKernel, uncoveredPixels } from './axis';
import { frameworks } from './frameworks';
import type { ConvLayer } from './layer';
import { operatorOf } from './operators';
import { type Framework, frameworkOf, type PoolOptions, plainOptions } from './options';
import { outputShape, type PlannedLayer } from './plan';
import type { Stage } from './stack';
import type { Shape } from './tensor';

/** The NumPy shape of the picture of a `[1, C, H, W]` tensor: `(700, 1024, 3)`, for grey `(700, 1024)`. */
export function pictureShapeText([, c, h, w]: Shape): string {
  return c === 1 ? `(${h}, ${w})` : `(${h}, ${w}, ${c})`;
}

/** The four shapes from the file to the pooled picture, as text. */
export interface ShapePipeline {
  /** The result of `imread`. */
  readonly picture: string;
  readonly tensor: string;
  readonly pooled: string;
  /** The pooled tensor as a picture, clipped and truncated. */
  readonly image: string;
}

/** The shapes of a `[1, C, H, W]` tensor before and after a pooling with these axes. */
export function shapePipeline(shape: Shape, axes: Axes, framework: Framework = 'pytorch'): ShapePipeline {
  const pooled = outputShape(shape, axes);
  const { shapeText } = frameworks[framework];
  return {
    picture: pictureShapeText(shape),
    tensor: shapeText(shape),
    pooled: shapeText(pooled),
    image: pictureShapeText(pooled),
  };
}

/**
 * One axis' output size as a formula with its numbers: `⌊(700 + 2·0 − 2)/2⌋ + 1 = 350`. With dilation the kernel is
 * written out, with ceil_mode it is `⌈…⌉` and `− 1` for a dropped last window, for `'same'` Keras' `⌈700/2⌉ = 350`.
 */
export function sizeFormula({ operator, axes, options }: PlannedLayer, side: 0 | 1): string {
  const axis = axes[side];
  return operatorOf(operator).sizeFormula?.(axis, options) ?? windowFormula(axis, options);
}

/** {@link sizeFormula} of a stage of a stack, a pooling or a convolution. */
export function stageFormula({ layer, axes, pooling }: Stage, side: 0 | 1): string {
  if (pooling) return sizeFormula(pooling, side);
  const { padding, framework } = layer as ConvLayer;
  return windowFormula(axes[side], { ...plainOptions, padding, ...(framework && { framework }) });
}

/** {@link sizeFormula} of windows that follow from kernel, stride and padding. */
function windowFormula(axis: Axis, options: PoolOptions): string {
  const dropped = dropsLastWindow(axis, options) ? ' − 1' : '';
  return `${windowRule(axis, options, axis.input)}${dropped} = ${axis.output}`;
}

/**
 * How the output's size follows from the input's, with the numbers of windows that follow from kernel, stride and
 * padding: `⌊(H + 2·0 − 2)/2⌋ + 1`. With ceil_mode a last window may be dropped from that.
 *
 * @param input what stands for the input's size
 */
export function windowRule(axis: Omit<Axis, 'input' | 'output'>, options: PoolOptions, input: number | string): string {
  const { kernel, stride, dilation, padBefore, padAfter } = axis;
  if (options.padding === 'same') return `⌈${input}/${stride}⌉`;
  const span = dilation === 1 ? ` − ${kernel}` : ` − ${dilation}·(${kernel} − 1) − 1`;
  const [open, close] = options.ceilMode ? ['⌈', '⌉'] : ['⌊', '⌋'];
  return `${open}(${input}${padTerm(padBefore, padAfter, options)}${span})/${stride}${close} + 1`;
}

function padTerm(before: number, after: number, options: PoolOptions): string {
  if (frameworks[frameworkOf(options)].padsBy === 'nothing') return '';
  return before === after ? ` + 2·${before}` : ` + ${before} + ${after}`;
}

/** How a pooling changes the amount of data, in numbers. */
export interface PoolFacts {
  /** Output values per input value: 0.25 for 2×2/2. */
  readonly keptShare: number;
  readonly channelsIn: number;
  readonly channelsOut: number;
  /** Pooling has no learned parameters. */
  readonly parameters: 0;
  /** Whether neighbouring windows overlap: `stride < effective kernel` on an axis with more than one window. */
  readonly overlapping: boolean;
  /** Rows and columns of the input that no window covers. */
  readonly discardedRows: number;
  readonly discardedColumns: number;
}

/** The facts about pooling a `[1, C, H, W]` tensor along these axes. */
export function poolFacts(shape: Shape, axes: Axes): PoolFacts {
  const [, channels, height, width] = shape;
  const [vertical, horizontal] = axes;
  return {
    keptShare: (vertical.output * horizontal.output) / (height * width),
    channelsIn: channels,
    channelsOut: channels,
    parameters: 0,
    overlapping: axes.some(axis => axis.output > 1 && axis.stride < effectiveKernel(axis)),
    discardedRows: uncoveredPixels([vertical]),
    discardedColumns: uncoveredPixels([horizontal]),
  };
}
