import type { Point, Rectangle } from './region';

/** The element types of pictures and tensors: 8-bit, 16-bit, and float32 for averages. */
export type Samples = Uint8Array | Uint16Array | Float32Array;

/** `[N, C, H, W]` with N = 1. */
export type Shape = readonly [1, channels: number, height: number, width: number];

/**
 * One picture as the input or output of a network. The shape is written `[N, C, H, W]` with N = 1, as PyTorch writes
 * it; the memory is `channels_last`, `data[(y * W + x) * C + c]`, as in decoders and canvases, so that nothing is
 * copied between them.
 */
export interface Tensor<D extends Samples = Samples> {
  readonly shape: Shape;
  readonly data: D;
}

/** A decoded picture: rows from the top, channels interleaved, `data[(y * width + x) * channels + c]`. */
export interface Picture<D extends Uint8Array | Uint16Array = Uint8Array | Uint16Array> {
  readonly width: number;
  readonly height: number;
  /** 1 grey, 2 grey + alpha, 3 RGB, 4 RGB + alpha. */
  readonly channels: 1 | 2 | 3 | 4;
  readonly data: D;
}

/** The picture's samples as a `[1, C, H, W]` tensor, which shares their memory. */
export function toTensor<D extends Uint8Array | Uint16Array>(picture: Picture<D>): Tensor<D> {
  return { shape: [1, picture.channels, picture.height, picture.width], data: picture.data };
}

/**
 * {@link toBytes} for 16-bit pictures: clipped to 0..65535, then truncated. The data of 16-bit tensors is returned as
 * it is.
 */
export function toWords({ data }: Tensor): Uint16Array {
  if (data instanceof Uint16Array) return data;
  const words = new Uint16Array(data.length);
  for (let i = 0; i < data.length; i++) words[i] = Math.min(Math.max(data[i]!, 0), 65535);
  return words;
}

/**
 * A tensor's values as the bytes of a picture: clipped to 0..255, then truncated, as by
 * `np.clip(x, 0, 255).astype(np.uint8)`. The data of 8-bit tensors is returned as it is.
 */
export function toBytes(tensor: Tensor): Uint8Array {
  const { data } = tensor;
  if (data instanceof Uint8Array) return data;
  const bytes = new Uint8Array(data.length);
  for (let i = 0; i < data.length; i++) {
    const value = data[i]!;
    bytes[i] = value >= 255 ? 255 : Math.max(value, 0);
  }
  return bytes;
}

/** A new array of the same element type. Not by `data.constructor`: a Node `Buffer` must result in a plain array. */
export function samplesLike<D extends Samples>(data: D, length: number): D {
  const samples: Samples =
    data instanceof Uint8Array
      ? new Uint8Array(length)
      : data instanceof Uint16Array
        ? new Uint16Array(length)
        : new Float32Array(length);
  return samples as D;
}

/** How far samples are shifted for display: 16-bit ones by 8, to show their upper byte, as OpenCV reads them. */
export function displayShift(samples: Uint8Array | Uint16Array): 0 | 8 {
  return samples instanceof Uint16Array ? 8 : 0;
}

/** The samples of one pixel, one per channel. */
export function pixelOf({ shape: [, channels, , width], data }: Tensor, { x, y }: Point): number[] {
  const at = (y * width + x) * channels;
  return Array.from(data.subarray(at, at + channels));
}

/** Rows `first` to `end` (excluded) of a tensor, `[1, C, end - first, W]`. */
export type Rows = (first: number, end: number) => Tensor;

/** The rows of a tensor, which share its memory. */
export function rowsOf({ shape: [, channels, , width], data }: Tensor): Rows {
  const pitch = width * channels;
  return (first, end) => ({
    shape: [1, channels, end - first, width],
    data: data.subarray(first * pitch, end * pitch),
  });
}

/** A copy of a part of a picture, which must lie inside it. */
export function cropOf<D extends Samples>({ shape, data }: Tensor<D>, part: Rectangle): Tensor<D> {
  const [, channels, , width] = shape;
  const pitch = part.width * channels;
  const copy = samplesLike(data, part.height * pitch);
  for (let row = 0; row < part.height; row++) {
    const from = ((part.y + row) * width + part.x) * channels;
    copy.set(data.subarray(from, from + pitch), row * pitch);
  }
  return { shape: [1, channels, part.height, part.width], data: copy };
}

/** @throws {RangeError} if the data has another length than the shape needs */
export function checkLength({ shape: [n, c, h, w], data }: Tensor): void {
  if (data.length !== n * c * h * w) {
    throw new RangeError(
      `A tensor of shape [${n}, ${c}, ${h}, ${w}] needs ${n * c * h * w} values, not ${data.length}`,
    );
  }
}
