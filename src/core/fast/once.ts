import type { PoolOptions } from '../options';
import { checkLength, divisorsOf } from '../plain';
import type { Tensor } from '../tensor';
import { type Axis, effectiveKernel, planAxes, tight } from '../window';
import { Arena } from './arena';
import { poolAverage } from './average';
import { poolMax } from './max';
import { type Range, type Section, type Source, sectionOf } from './section';

/**
 * Max pooling of one picture, once, by the fast path: as plainMaxPool2d, bit for bit.
 *
 * @throws {PoolError} for options that the framework refuses
 */
export function fastMaxPool2d<D extends Uint8Array>(input: Tensor<D>, options: PoolOptions): { output: Tensor<D> } {
  checkLength(input);
  const axes = planAxes('max', input.shape, options);
  const shape = [1, input.shape[1], axes[0].output, axes[1].output] as const;
  const data = new Uint8Array(shape[1] * shape[2] * shape[3]);
  const horizontal = sectionOf(tight(axes[1]));
  const rowLength = shape[1] * shape[3];
  inStrips(input, tight(axes[0]), rowLength, ({ start, count }, vertical, arena, source, to) => {
    poolMax(arena, source, vertical, horizontal, to);
    data.set(arena.bytes(to, count * rowLength), start * rowLength);
  });
  return { output: { shape, data: data as Uint8Array as D } };
}

/**
 * Average pooling of one picture, once, by the fast path: as plainAvgPool2d, bit for bit.
 *
 * @throws {PoolError} for options that the framework refuses
 */
export function fastAvgPool2d(input: Tensor<Uint8Array>, options: PoolOptions): { output: Tensor<Float32Array> } {
  checkLength(input);
  const axes = planAxes('average', input.shape, options);
  const shape = [1, input.shape[1], axes[0].output, axes[1].output] as const;
  const data = new Float32Array(shape[1] * shape[2] * shape[3]);
  const horizontal = sectionOf(tight(axes[1]));
  const { rows, columns } = divisorsOf(axes, options);
  const rowLength = shape[1] * shape[3];
  inStrips(input, tight(axes[0]), rowLength * 4, ({ start, count }, vertical, arena, source, to) => {
    const divisors = { rows: rows.subarray(start, start + count), columns };
    poolAverage(arena, source, vertical, horizontal, divisors, 'floats', to);
    data.set(arena.floats(to, count * rowLength), start * rowLength);
  });
  return { output: { shape, data } };
}

/** Bytes of input per strip: it, what is made of it and the scratch rows stay in the processor's second cache. */
const STRIP = 256 * 1024;
/** A larger arena is not kept for the next call. */
const KEPT = 4 * 1024 * 1024;

let kept:
  | { readonly arena: Arena; readonly picture: ReturnType<Arena['area']>; readonly output: ReturnType<Arena['area']> }
  | undefined;

/**
 * Copies the picture through a small arena, strip by strip of output rows, so that a large picture needs no memory there:
 * WebAssembly cannot give any back.
 */
function inStrips(
  { shape: [, channels, , width], data }: Tensor<Uint8Array>,
  axis: Axis,
  outputPitch: number,
  pool: (rows: Range, vertical: Section, arena: Arena, source: Source, to: number) => void,
): void {
  // Put back at the end only: one whose memory could not grow may be large already.
  const taken = kept ?? open();
  kept = undefined;
  const { arena, picture, output } = taken;
  const pitch = width * channels;
  // Rows that two strips share are read twice: let them be a quarter at most.
  const inputRows = Math.max(Math.floor(STRIP / pitch), 4 * effectiveKernel(axis));
  const strip = Math.max(Math.floor(inputRows / axis.stride), 1);
  for (let start = 0; start < axis.output; start += strip) {
    const rows = { start, count: Math.min(strip, axis.output - start) };
    const { first, ...vertical } = sectionOf(axis, rows);
    const size = vertical.input * pitch;
    arena.reserve(picture, size);
    arena.reserve(output, rows.count * outputPitch);
    arena.clearScratch();
    arena.bytes(picture.address, size).set(data.subarray(first * pitch, first * pitch + size));
    pool(rows, { first: 0, ...vertical }, arena, { address: picture.address, pitch, channels }, output.address);
  }
  if (arena.size <= KEPT) kept = taken;
}

function open() {
  const arena = new Arena();
  return { arena, picture: arena.area(), output: arena.area() };
}
