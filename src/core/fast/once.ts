import type { PlannedLayer } from '../plan';
import type { Tensor } from '../tensor';
import { type WasmMemory, withMemory } from '../webAssembly';
import { Arena } from './arena';
import { partOf } from './axisSlice';
import { type FastPooling, jobOf } from './fastPooling';
import { exactPoolingFor, poolFloats } from './fastSupport';
import { Pooler } from './pooler';
import { streamOf } from './rowStream';
import { stripRows, valuesAtOnce } from './strips';

/**
 * One pooling of one picture by the kernels; undefined if they cannot do it, or there is no memory. A picture of bytes
 * goes through a pooler in strips of output rows, or its rows are streamed: touching new memory for the whole picture
 * took four times as long as the pooling (12 megapixels, max 3×3/2).
 */
export function poolOnce(input: Tensor, layer: PlannedLayer): Tensor | undefined {
  if (input.data instanceof Float32Array) return poolFloats({ ...input, data: input.data }, layer);
  const pooling = exactPoolingFor(layer, input.data);
  if (!pooling) return undefined;
  return withMemory(memory =>
    pooling.streams ? poolStream(memory, input, layer, pooling) : poolStrips(memory, input, layer),
  );
}

function poolStrips(memory: WasmMemory, input: Tensor, layer: PlannedLayer): Tensor | undefined {
  const [vertical, horizontal] = layer.axes;
  const [, channels, height, width] = layer.output;
  const pitch = horizontal.input * channels;
  const rows = stripRows(vertical, pitch);
  const pooler = new Pooler(memory);
  let output: Uint8Array | Float32Array | undefined;
  for (let start = 0; start < height; start += rows) {
    const { axis, first } = partOf(vertical, { start, count: Math.min(rows, height - start) });
    const shape = [1, channels, axis.input, horizontal.input] as const;
    const bytes = input.data.subarray(first * pitch, (first + axis.input) * pitch) as Uint8Array;
    pooler.load({ shape, data: bytes });
    const part = pooler.exact({
      ...layer,
      input: shape,
      axes: [axis, horizontal],
      output: [1, channels, axis.output, width],
    });
    if (!part) return undefined;
    output ??= new (part.data instanceof Float32Array ? Float32Array : Uint8Array)(height * width * channels);
    output.set(part.data, start * width * channels);
  }
  return output && { shape: layer.output, data: output };
}

/** Some rows of the output at a time, from rows of the input that are there only as long as they are needed. */
function poolStream(memory: WasmMemory, input: Tensor, layer: PlannedLayer, { bytes, floats }: FastPooling): Tensor {
  const [, channels, height, width] = layer.output;
  const rowLength = width * channels;
  const output = new (floats ? Float32Array : Uint8Array)(height * rowLength);
  const arena = new Arena(memory);
  const source = streamOf(arena, input);
  const rows = Math.min(Math.max(Math.floor(valuesAtOnce / rowLength), 1), height);
  const area = arena.area();
  arena.reserve(area, rows * rowLength * output.BYTES_PER_ELEMENT);
  for (let start = 0; start < height; start += rows) {
    const count = Math.min(rows, height - start);
    arena.clearScratch();
    const pool = floats ?? bytes;
    pool(arena, source, jobOf(layer, { start, count }, { start: 0, count: width }), area.address);
    const part = floats ? arena.floats(area.address, count * rowLength) : arena.bytes(area.address, count * rowLength);
    output.set(part, start * rowLength);
  }
  return { shape: layer.output, data: output };
}
