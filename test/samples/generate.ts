// Draws the sample pictures in media/samples and the icon. Deterministic: run again, it writes the same bytes.
//   npm run samples
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { encode } from 'jpeg-js';
import { PNG } from 'pngjs';
import { firstComponent } from './grey-jpeg';
import { icon } from './icon';
import { mountain } from './mountain';
import { checkerboard, edges, type Grey, saltAndPepper, text } from './teaching';

const media = join(import.meta.dirname, '../../media');
mkdirSync(join(media, 'samples'), { recursive: true });

const width = 1024;
const height = 700;

function save(name: string, bytes: Uint8Array): void {
  writeFileSync(join(media, name), bytes);
  console.log(`media/${name}: ${Math.round(bytes.length / 1024)} KB`);
}

function png({ width, height, data }: Grey): Uint8Array {
  const file = new PNG({ width, height });
  file.data = Buffer.from(data);
  // zlib's Z_FILTERED: pngjs' own choice finds no pattern longer than a byte.
  return PNG.sync.write(file, { inputColorType: 0, colorType: 0, inputHasAlpha: false, deflateStrategy: 1 });
}

function rgba(rgb: Uint8Array): Buffer {
  const data = Buffer.alloc((rgb.length / 3) * 4, 255);
  for (let i = 0, j = 0; i < rgb.length; i += 3, j += 4) data.set(rgb.subarray(i, i + 3), j);
  return data;
}

/** A third of the size, less what is odd about it: each pixel the mean grey of nine. */
function third(rgb: Uint8Array): Grey {
  const across = 340;
  const down = 232;
  const data = new Uint8Array(across * down);
  for (let i = 0; i < data.length; i++) {
    const column = 3 * (i % across);
    const row = 3 * Math.floor(i / across);
    let sum = 0;
    for (let k = 0; k < 9; k++) {
      const at = ((row + Math.floor(k / 3)) * width + column + (k % 3)) * 3;
      sum += 0.299 * rgb[at]! + 0.587 * rgb[at + 1]! + 0.114 * rgb[at + 2]!;
    }
    data[i] = Math.round(sum / 9);
  }
  return { width: across, height: down, data };
}

const landscape = mountain(width, height);
const colour = encode({ width, height, data: rgba(landscape) }, 78).data;
save('samples/mountain.jpg', colour);
save('samples/mountain-gray.jpg', firstComponent(colour));
save('samples/salt-and-pepper.png', png(saltAndPepper(third(landscape))));
save('samples/checkerboard.png', png(checkerboard()));
save('samples/text.png', png(text()));
save('samples/edges.png', png(edges()));

const mark = new PNG({ width: 128, height: 128 });
mark.data = Buffer.from(icon(128));
save('icon.png', PNG.sync.write(mark));
