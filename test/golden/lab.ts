/** Reads lab.json, and makes the inputs that lab.py makes. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pool } from '../../src/core/pool';
import type { Samples, Tensor } from '../../src/core/tensor';
import { decodeImage } from '../../src/decode/decode';
import { pictureTensor } from '../../src/decode/samples';
import type { Noise, NoiseKind } from '../../src/lab/noise';
import { base } from '../options';

export type LabInput = 'grey' | 'colour' | 'grey16' | 'colour16' | 'greyAlpha' | 'colourAlpha' | 'float' | 'tiny';

type Operator = 'max' | 'average' | 'min';

interface Lab {
  readonly noises: readonly {
    readonly input: LabInput;
    readonly noise: Noise;
    readonly sha256: string;
    readonly values: readonly number[];
  }[];
  readonly shifts: readonly {
    readonly input: LabInput;
    readonly dy: number;
    readonly dx: number;
    readonly sha256: string;
  }[];
  readonly scores: readonly {
    readonly input: LabInput;
    readonly noise: Noise;
    readonly kernel: number;
    readonly stride: number;
    readonly operator: Operator;
    readonly psnr: number | null;
    readonly bias: number;
    readonly spread: number;
    readonly ssim: number | null;
  }[];
  readonly chance: readonly {
    readonly kind: NoiseKind;
    readonly level: number;
    readonly operator: Operator;
    readonly mean: number;
    readonly deviation: number;
  }[];
}

export const lab: Lab = JSON.parse(readFileSync(join(import.meta.dirname, 'lab.json'), 'utf8'));

export async function labInputs(): Promise<Record<LabInput, Tensor>> {
  const read = async (name: string, mode: 'grey' | 'colour') => {
    const file = readFileSync(join(import.meta.dirname, '../../media/samples', name));
    return pictureTensor(await decodeImage(file), mode) as Tensor<Uint8Array>;
  };
  const [grey, colour] = await Promise.all([read('mountain-gray.jpg', 'grey'), read('mountain.jpg', 'colour')]);
  return {
    grey,
    colour,
    grey16: { ...grey, data: Uint16Array.from(grey.data, value => value * 256 + 255 - value) },
    colour16: { ...colour, data: Uint16Array.from(colour.data, value => value * 256 + 255 - value) },
    greyAlpha: withAlpha(grey),
    colourAlpha: withAlpha(colour),
    float: { ...grey, data: Float32Array.from(grey.data, value => value * 0.75 - 20) },
    tiny: { shape: [1, 3, 2, 3], data: Uint8Array.from([0, 1].flatMap(y => [...rowOf(colour, y).subarray(0, 9)])) },
  };
}

/** With a fourth or second channel: the first one upside down. */
function withAlpha(picture: Tensor<Uint8Array>): Tensor<Uint8Array> {
  const [, channels, height, width] = picture.shape;
  const data = new Uint8Array(height * width * (channels + 1));
  for (let y = 0; y < height; y++) {
    const row = rowOf(picture, y);
    const turned = rowOf(picture, height - 1 - y);
    for (let x = 0; x < width; x++) {
      const at = (y * width + x) * (channels + 1);
      data.set(row.subarray(x * channels, (x + 1) * channels), at);
      data[at + channels] = turned[x * channels]!;
    }
  }
  return { shape: [1, channels + 1, height, width], data };
}

function rowOf({ shape: [, channels, , width], data }: Tensor<Uint8Array>, y: number): Uint8Array {
  return data.subarray(y * width * channels, (y + 1) * width * channels);
}

export function sha256({ buffer, byteOffset, byteLength }: Samples): string {
  return createHash('sha256')
    .update(new Uint8Array(buffer, byteOffset, byteLength))
    .digest('hex');
}

/** A pooling without padding. */
export function poolSquare(input: Tensor, operator: Operator, kernel: number, stride: number): Tensor {
  return pool(input, { ...base, operator, kernelSize: [kernel, kernel], stride: [stride, stride] }).output;
}
