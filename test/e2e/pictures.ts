import * as jpeg from 'jpeg-js';

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
