// A picture is decoded as it is stored; whoever wants it upright has it turned once.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { decodeImage } from '../../../src/decode/decode';
import { orient, orientedSize } from '../../../src/decode/orient';
import { pictureTensor } from '../../../src/decode/samples';
import { viewTensor } from '../../../src/engine/view';

const folder = join(import.meta.dirname, '../../golden/pictures/jpeg');

for (let orientation = 1; orientation <= 8; orientation++) {
  test(`orientation ${orientation}: stored for the engine, upright for everybody else`, async () => {
    const bytes = readFileSync(join(folder, `orientation-${orientation}.jpg`));
    const upright = await decodeImage(bytes);
    const stored = await decodeImage(bytes, {}, { orient: false });
    assert.deepEqual([upright.orientation, stored.orientation], [orientation, orientation]);
    const { width, height } = upright;
    assert.deepEqual(orientedSize(stored, stored.orientation), { width, height });
    assert.deepEqual(upright.data, orient(stored, stored.orientation).data);
    // Only pixels that nobody has turned are still where they were decoded.
    assert.ok(stored.place);
    assert.equal(upright.place !== undefined, orientation === 1);
    for (const mode of ['colour', 'grey'] as const) {
      assert.deepEqual(viewTensor(stored, { mode, orient: true }), pictureTensor(upright, mode));
      assert.deepEqual(viewTensor(stored, { mode, orient: false }), pictureTensor(stored, mode));
    }
    assert.equal(viewTensor(stored, { mode: 'colour', orient: false }).data.buffer, stored.data.buffer);
  });
}
