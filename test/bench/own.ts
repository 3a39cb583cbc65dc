import { Pooler } from '../../src/core/fast/pooler';
import type { PoolOptions } from '../../src/core/options';
import { planLayer } from '../../src/core/plan';
import { avgPool2d, maxPool2d } from '../../src/core/pool';
import type { Tensor } from '../../src/core/tensor';
import { takeMemory } from '../../src/core/webAssembly';
import { plainAvgPool2d, plainMaxPool2d } from '../pooling';
import { type Case, type Contender, optionsOf, outputSize, timed } from './contender';
import type { Pictures } from './noise';

/** The floor: copying the input once into memory that has been used before. */
export function memoryCopy(pictures: Pictures): Contender {
  return {
    name: 'copy',
    about: 'the input copied once by TypedArray.set (memcpy), target reused',
    prepare: async ({ channels }) => {
      const { data } = pictures(channels);
      const target = new Uint8Array(data.length).fill(1);
      return () => timed(() => target.set(data));
    },
  };
}

/** What the extension runs: picture in place, output reused, averages as the bytes that the screen shows. */
export function product(pictures: Pictures): Contender {
  const pooler = new Pooler(takeMemory()!);
  let loaded: Tensor<Uint8Array> | undefined;
  return {
    name: 'this',
    about: "the product's pooler: uint8, SIMD WebAssembly, 1 thread, picture in place, output reused",
    prepare: async test => {
      const picture = pictures(test.channels);
      if (picture !== loaded) pooler.load(picture);
      loaded = picture;
      const options = optionsOf(test);
      const layer = planLayer(test.kind, picture.shape, options);
      return () => timed(() => pooler.bytes(layer));
    },
  };
}

/** maxPool2d and avgPool2d as anyone may call them: a fresh output each time, averages in float32. */
export function oneShot(pictures: Pictures): Contender {
  const about = 'maxPool2d / avgPool2d: a fresh output each time, averages in exact float32';
  return { name: 'one call', about, prepare: each(pictures, { max: maxPool2d, average: avgPool2d }) };
}

export function plain(pictures: Pictures): Contender {
  const about = 'the plain TypeScript core, averages in exact float32';
  return { name: 'plain core', about, prepare: each(pictures, { max: plainMaxPool2d, average: plainAvgPool2d }) };
}

/** Calls a core's function anew each time. */
function each(
  pictures: Pictures,
  pools: Record<Case['kind'], (input: Tensor<Uint8Array>, options: PoolOptions) => unknown>,
): Contender['prepare'] {
  return async test => {
    const picture = pictures(test.channels);
    const options = optionsOf(test);
    return () => timed(() => pools[test.kind](picture, options));
  };
}

/** The loop that anyone writes first. */
export function naive(pictures: Pictures): Contender {
  return {
    name: 'naive loop',
    about: 'five nested JavaScript loops, output reused; left out where it would take minutes',
    prepare: async test => {
      if (test.kernel > 15) return null;
      const picture = pictures(test.channels);
      const [, channels, height, width] = picture.shape;
      const output = new Uint8Array(outputSize(test, height) * outputSize(test, width) * channels).fill(1);
      return () => timed(() => naivePool(picture, test, output));
    },
  };
}

function naivePool({ data, shape }: Tensor<Uint8Array>, test: Case, output: Uint8Array): void {
  const [, channels, height, width] = shape;
  const { kind, kernel, stride, padding } = test;
  const rows = outputSize(test, height);
  const columns = outputSize(test, width);
  let at = 0;
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) {
      for (let c = 0; c < channels; c++) {
        let most = 0;
        let sum = 0;
        for (let dy = 0; dy < kernel; dy++) {
          const y = i * stride - padding + dy;
          if (y < 0 || y >= height) continue;
          for (let dx = 0; dx < kernel; dx++) {
            const x = j * stride - padding + dx;
            if (x < 0 || x >= width) continue;
            const value = data[(y * width + x) * channels + c]!;
            sum += value;
            if (value > most) most = value;
          }
        }
        output[at++] = kind === 'max' ? most : sum / (kernel * kernel);
      }
    }
  }
}
