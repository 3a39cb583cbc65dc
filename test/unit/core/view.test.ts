import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { possibleMode, shapeOf, sizeOf } from '../../../src/core/view';

describe('what of a picture becomes the tensor', () => {
  const picture = { width: 30, height: 20, channels: 4, orientation: 6 } as const;

  it('has the channels of the mode, as far as the file has them', () => {
    assert.deepEqual(
      ([1, 2, 3, 4] as const).map(channels => possibleMode('alpha', { channels })),
      ['grey', 'grey', 'colour', 'alpha'],
    );
    assert.deepEqual(
      ([1, 2, 3, 4] as const).map(channels => possibleMode('colour', { channels })),
      ['grey', 'grey', 'colour', 'colour'],
    );
    assert.equal(possibleMode('grey', picture), 'grey');
  });

  it('has its sides swapped where the file stores the picture lying', () => {
    for (const orientation of [1, 2, 3, 4]) {
      assert.deepEqual(sizeOf({ ...picture, orientation }, false), { width: 30, height: 20 });
    }
    for (const orientation of [5, 6, 7, 8]) {
      assert.deepEqual(sizeOf({ ...picture, orientation }, false), { width: 20, height: 30 });
      assert.deepEqual(sizeOf({ ...picture, orientation }, true), { width: 30, height: 20 });
    }
  });

  it('has the shape of both', () => {
    assert.deepEqual(shapeOf(picture, { mode: 'colour', orient: false }), [1, 3, 30, 20]);
    assert.deepEqual(shapeOf({ ...picture, channels: 3 }, { mode: 'alpha', orient: true }), [1, 3, 20, 30]);
  });
});
