import { type Axis, clippedSpan, tapsInside } from '../axis';
import { divisorsOf } from '../operators/average';
import type { PlannedLayer } from '../plan';
import type { Tensor } from '../tensor';
import { type WasmMemory, withMemory } from '../webAssembly';
import { Arena } from './arena';
import { sliceOf } from './axisSlice';
import { sumKernels } from './kernels';
import { stripRows } from './strips';

/** The most bytes of a strip and its output. */
const maxBytes = 2 ** 28;

/**
 * The average of floats of one to four channels, such as an average pooled again: in float32 in row-major order, bit
 * for bit as in plain TypeScript. Undefined if a strip with four windows' rows is too large, or there is
 * no memory.
 *
 * 1500×2000 pixels in colour take 8 ms instead of 27 for 2×2/2, 30 instead of 182 for 3×3/1, 255 instead of 4600 for
 * 15×15/1. Plain TypeScript with a loop over the windows for each tap takes three quarters of its time.
 */
export function floatAverage(input: Tensor<Float32Array>, layer: PlannedLayer): Tensor | undefined {
  const [vertical, horizontal] = layer.axes;
  const [, channels] = input.shape;
  const inRow = horizontal.input * channels;
  const outRow = horizontal.output * channels;
  const rows = Math.min(stripRows(vertical, 4 * inRow), vertical.output);
  const stripBytes = 4 * (sliceOf(vertical, { start: 0, count: rows }).input * inRow + rows * outRow);
  if (channels > 4 || stripBytes > maxBytes) return undefined;
  return withMemory(memory => averageStrips(memory, input, layer, { rows, inRow, outRow }));
}

/** @param sizes rows of the output in a strip; values in a row of the input, and of the output */
function averageStrips(
  memory: WasmMemory,
  { data, shape }: Tensor<Float32Array>,
  layer: PlannedLayer,
  { rows, inRow, outRow }: { readonly rows: number; readonly inRow: number; readonly outRow: number },
): Tensor {
  const [vertical, horizontal] = layer.axes;
  const [, channels] = shape;
  const arena = new Arena(memory);
  const kernels = arena.kernelsOf(sumKernels);
  const divisors = divisorsOf(layer.axes, layer.options);
  const runs = runsOf(horizontal, divisors.columns);
  const pixel = 4 * channels;
  const rowStep = vertical.dilation * 4 * inRow;
  const tapStep = horizontal.dilation * pixel;
  // Where windows move by one pixel, values of neighbouring pixels fill a vector; else each pixel is a vector.
  const [step, size] = horizontal.stride === 1 ? [16, 16] : [horizontal.stride * pixel, pixel];

  const output = new Float32Array(vertical.output * outRow);
  for (let strip = 0; strip < vertical.output; strip += rows) {
    const count = Math.min(rows, vertical.output - strip);
    const { first, input } = sliceOf(vertical, { start: strip, count });
    arena.clearScratch();
    const source = arena.row(4 * input * inRow);
    const result = arena.row(4 * count * outRow);
    arena.floats(source, input * inRow).set(data.subarray(first * inRow, (first + input) * inRow));
    for (let i = 0; i < count; i++) {
      const window = strip + i;
      const from = source + (clippedSpan(vertical, window).start - first) * 4 * inRow;
      const to = result + i * 4 * outRow;
      const down = tapsInside(vertical, window);
      const divisor = divisors.rows[window]!;
      for (const { start, count: across, firstPixel, taps, divisor: columns } of runs) {
        kernels.averageFloats(
          to + start * pixel,
          from + firstPixel * pixel,
          down,
          rowStep,
          taps,
          tapStep,
          step,
          size,
          across * pixel,
          divisor * columns,
        );
      }
    }
    output.set(arena.floats(result, count * outRow), strip * outRow);
  }
  return { shape: layer.output, data: output };
}

/** Neighbouring windows with as many taps on the input and the same divisor, each a stride after the one before. */
interface Run {
  readonly start: number;
  count: number;
  /** The first window's first pixel on the input. */
  readonly firstPixel: number;
  readonly taps: number;
  readonly divisor: number;
}

function runsOf(axis: Axis, divisors: ArrayLike<number>): Run[] {
  const runs: Run[] = [];
  for (let i = 0; i < axis.output; i++) {
    const firstPixel = clippedSpan(axis, i).start;
    const taps = tapsInside(axis, i);
    const divisor = divisors[i]!;
    const run = runs.at(-1);
    const continues =
      run?.taps === taps && run.divisor === divisor && firstPixel === run.firstPixel + run.count * axis.stride;
    if (continues) run.count++;
    else runs.push({ start: i, count: 1, firstPixel, taps, divisor });
  }
  return runs;
}
