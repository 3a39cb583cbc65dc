import { deflateSync } from 'node:zlib';
import * as jpeg from 'jpeg-js';
import { filteredBytes } from '../../src/decode/png/passes';
import { chunk, headerChunk, png } from '../golden/pictures/png';

/** A JPEG of 4000 × 3000, with enough texture to decode like a photograph. */
export function largePicture(): Uint8Array {
  const [width, height] = [4000, 3000];
  const data = Buffer.alloc(width * height * 4, 255);
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++, at += 4) {
      const texture = ((x * 7919) ^ (y * 104729)) & 31;
      data[at] = ((x >> 4) & 127) + texture;
      data[at + 1] = ((y >> 4) & 127) + texture;
      data[at + 2] = (((x + y) >> 5) & 127) + texture;
    }
  }
  return jpeg.encode({ width, height, data }, 90).data;
}

/** A small file that takes a second or more to decode: black, of 16 bits and four channels, interlaced. */
export function slowPng(width: number, height: number): Uint8Array {
  const bytes = filteredBytes({ width, height, colourType: 6, depth: 16, samples: 4, interlaced: true });
  const pixels = deflateSync(Buffer.alloc(bytes), { level: 1 });
  return png([headerChunk(width, height, 16, 6, 1), chunk('IDAT', pixels), chunk('IEND')]);
}
