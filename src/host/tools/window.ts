import * as v from 'valibot';
import { type Axis, clippedSpan, tapsInside, tapsOf, tapsPadded, windowSpan } from '../../core/axis';
import { frameworks } from '../../core/frameworks';
import { operatorOf } from '../../core/operators';
import { tapsCounted } from '../../core/operators/average';
import { callIn } from '../../core/operators/operator';
import { countsPadding, type Framework, PoolError, type PoolOptions } from '../../core/options';
import { type PlannedLayer, planLayer } from '../../core/plan';
import type { Point } from '../../core/region';
import * as schema from '../../schema';
import { callOf, outputShapes } from './answer';
import { commonFields, object, parse, poolingFields } from './input';
import { poolingOf } from './layer';

const place = v.custom<number>(value => v.is(schema.index, value), 'must be an integer from 0');

const input = object({ ...commonFields, ...poolingFields, row: place, column: place });

/**
 * Which rows and columns of the input an output pixel reads, how many of its taps lie on padding or beyond, and what an
 * average divides by. What the framework says if it refuses the pooling.
 *
 * @throws {Error} for malformed input, and for a pixel that the output does not have
 */
function answer(given: unknown): object {
  const { framework, input_shape: from, row: y, column: x, ...pooling } = parse(input, given);
  const { operator, ...options } = poolingOf(pooling, framework, from.shape);
  let layer: PlannedLayer;
  try {
    layer = planLayer(operator, from.shape, options);
  } catch (error) {
    if (!(error instanceof PoolError)) throw error;
    return { framework, refused: error.message };
  }
  const [vertical, horizontal] = layer.axes;
  checkPlace('row', y, vertical.output);
  checkPlace('column', x, horizontal.output);
  const inside = tapsInside(vertical, y) * tapsInside(horizontal, x);
  return {
    framework,
    call: callOf(layer, framework),
    ...outputShapes(layer.output, from, framework),
    output_pixel: [y, x],
    rows: lineOf(vertical, y),
    columns: lineOf(horizontal, x),
    pixels_read: inside,
    padding_counts_as: operatorOf(operator).padding,
    ...(inside === 0 && { value_without_pixels: String(callIn(operatorOf(operator), framework).emptyWindow) }),
    ...divisorOf(layer, framework, { x, y }),
  };
}

function checkPlace(field: string, at: number, size: number): void {
  if (at >= size)
    throw new Error(`${field} must be below ${size}, the number of the output's ${field}s, but got ${at}`);
}

/** The taps of a window along one axis; places are the input's, negative on the padding before it. */
function lineOf(axis: Axis, i: number): object {
  const { start, end } = windowSpan(axis, i);
  const clipped = clippedSpan(axis, i);
  const [all, padded, inside] = [tapsOf(axis, i), tapsPadded(axis, i), tapsInside(axis, i)];
  return {
    window: [start, end - 1],
    read: inside === 0 ? null : [clipped.start, clipped.end - 1],
    step: axis.dilation,
    taps: { input: inside, padding: padded - inside, beyond_padding: all - padded },
  };
}

/** The divisor of an average, and why it is that; nothing for other poolings. */
function divisorOf({ operator, axes, options }: PlannedLayer, framework: Framework, window: Point): object {
  const { divisor, divides } = operatorOf(operator);
  if (!divisor) return {};
  const [rows, columns] = [tapsCounted(axes[0], window.y, options), tapsCounted(axes[1], window.x, options)];
  const rule = divides ? countingRule(options, framework) : 'all pixels of the window';
  return {
    divisor: divisor(axes, options, window),
    divisor_rule: options.divisorOverride === undefined ? `${rows} rows × ${columns} columns: ${rule}` : rule,
  };
}

function countingRule(options: PoolOptions, framework: Framework): string {
  const { title, countIncludePad } = frameworks[framework];
  if (options.divisorOverride !== undefined) return `divisor_override=${options.divisorOverride} for every window`;
  if (countIncludePad === undefined) return `pixels of the input, as ${title} never counts padding`;
  return countsPadding(options)
    ? 'pixels of the input and its padding, as count_include_pad=True; what lies beyond the padding never counts'
    : 'pixels of the input, as count_include_pad=False';
}

export const window = { input, answer };
