import type { Axis } from '../axis';
import { maximaAxis, placesOf } from '../operators/maxBlur';
import type { Arena } from './arena';
import type { AverageFormat } from './average';
import { type Range, type Source, sliceOf } from './axisSlice';
import { fastExtremum } from './extremum';
import type { FastJob, FastPooling } from './fastPooling';
import { maxKernels, sumKernels } from './kernels';
import { stripRows } from './strips';

/** Maxima by their kernels; blurred in whole numbers, down the columns and then along the row, where strides skip most. */
export const fastMaxBlur: FastPooling = {
  supports: () => true,
  bytes: (arena, source, job, to) => poolMaxBlur(arena, source, job, 'bytes', to),
  floats: (arena, source, job, to) => poolMaxBlur(arena, source, job, 'floats', to),
};

const maxima = fastExtremum(maxKernels, 0);

/** Strips of rows, so that the maxima of a strip stay in the processor's cache. */
function poolMaxBlur(arena: Arena, source: Source, job: FastJob, format: AverageFormat, to: number): void {
  const { layer, rows, columns } = job;
  const [vertical, horizontal] = layer.axes;
  const { channels, pitch } = source;
  const kernels = arena.kernelsOf(sumKernels);
  const across = blurredIn(horizontal, columns);
  const n = across.maxima.count * channels;
  const step = stripRows(vertical, pitch);
  let at = 0;
  for (let start = 0; start < rows.count; start += step) {
    const count = Math.min(step, rows.count - start);
    const down = blurredIn(vertical, { start: rows.start + start, count });
    arena.clearScratch();
    const picture = arena.row(down.maxima.count * n);
    const line = arena.row(2 * n);
    const strip = {
      layer,
      rows: down.maxima,
      columns: across.maxima,
      vertical: sliceOf(maximaAxis(vertical), down.maxima),
      horizontal: sliceOf(maximaAxis(horizontal), across.maxima),
    };
    maxima.bytes(arena, source, strip, picture);

    const length = rows.count * columns.count * channels;
    const values = format === 'floats' ? arena.floats(to, length) : arena.bytes(to, length);
    const sums = new Uint16Array(arena.memory.buffer, line, n);
    for (let y = 0; y < count; y++) {
      const [above, middle, below] = [0, 1, 2].map(tap => picture + down.places[3 * y + tap]! * n);
      kernels.sum4(line, above!, middle!, middle!, below!, n);
      at = blurRow(values, at, sums, across.places, channels);
    }
  }
}

/** Blurs the sums of columns along the row and returns where the next row begins. Bytes drop the fraction. */
function blurRow(
  values: Uint8Array | Float32Array,
  at: number,
  sums: Uint16Array,
  places: Int32Array,
  channels: number,
): number {
  for (let x = 0; x < places.length; x += 3) {
    const left = places[x]! * channels;
    const centre = places[x + 1]! * channels;
    const right = places[x + 2]! * channels;
    for (let c = 0; c < channels; c++) {
      values[at++] = (sums[left + c]! + 2 * sums[centre + c]! + sums[right + c]!) / 16;
    }
  }
  return at;
}

/** The maxima that some outputs are made from, and where among them the three of each are, one after the other. */
interface Blurred {
  readonly maxima: Range;
  readonly places: Int32Array;
}

function blurredIn(axis: Axis, { start, count }: Range): Blurred {
  const places = new Int32Array(3 * count);
  for (let i = 0; i < count; i++) places.set(placesOf(axis, start + i), 3 * i);
  const first = places.reduce((a, b) => Math.min(a, b));
  const last = places.reduce((a, b) => Math.max(a, b));
  return { maxima: { start: first, count: last - first + 1 }, places: places.map(place => place - first) };
}
