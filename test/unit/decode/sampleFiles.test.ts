// The pictures that ship: what the README and the end-to-end tests say of them.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { decodeImage } from '../../../src/decode/decode';

const media = join(__dirname, '../../../media');
const expected = {
  'checkerboard.png': [256, 256, 1],
  'edges.png': [384, 256, 1],
  'mountain-gray.jpg': [1024, 700, 1],
  'mountain.jpg': [1024, 700, 3],
  'salt-and-pepper.png': [340, 232, 1],
  'text.png': [384, 288, 1],
} as const;

test('the sample pictures are those, and small', () => {
  const names = readdirSync(join(media, 'samples'));
  assert.deepEqual(names.sort(), Object.keys(expected));
  const bytes = names.reduce((sum, name) => sum + statSync(join(media, 'samples', name)).size, 0);
  assert.ok(bytes <= 300_000, `${bytes} bytes`);
});

for (const [name, [width, height, channels]] of Object.entries(expected)) {
  test(`${name} is ${width} × ${height} with ${channels} channels`, async () => {
    const image = await decodeImage(readFileSync(join(media, 'samples', name)));
    assert.deepEqual([image.width, image.height, image.channels], [width, height, channels]);
  });
}

test('one pixel in twenty of salt-and-pepper.png is white or black', async () => {
  const { data } = await decodeImage(readFileSync(join(media, 'samples/salt-and-pepper.png')));
  const extreme = data.filter((value: number) => value === 0 || value === 255).length / data.length;
  assert.ok(extreme > 0.045 && extreme < 0.06, `${extreme}`);
});

test('the icon is 128 × 128 with transparent corners', async () => {
  const { width, height, channels, data } = await decodeImage(readFileSync(join(media, 'icon.png')));
  assert.deepEqual([width, height, channels, data[3]], [128, 128, 4, 0]);
});
