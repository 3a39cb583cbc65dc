import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { nothing } from 'lit-html';
import { ShiftAnimation } from '../../../src/webview/shiftAnimation';
import { type ShiftedRow, shiftDiagram, shiftedWindows, shiftSentence } from '../../../src/webview/shiftDiagram';

// Two pixels to move in, then three windows of two.
const row = { values: [9, 4, 1, 2, 5, 5, 7, 3], kernel: 2, stride: 2, average: false };

const valuesOf = (row: ShiftedRow) => shiftedWindows(row).map(({ value, before }) => [value, before]);

describe('windows over a row that moves', () => {
  it('give their maxima, and the first pixel that has it', () => {
    assert.deepEqual(shiftedWindows({ ...row, moved: 0 }), [
      { value: 2, before: 2, winner: 3 },
      { value: 5, before: 5, winner: 4 },
      { value: 7, before: 7, winner: 6 },
    ]);
    assert.deepEqual(shiftedWindows({ ...row, moved: 1 }), [
      { value: 4, before: 2, winner: 1 },
      { value: 5, before: 5, winner: 4 },
      { value: 7, before: 7, winner: 6 },
    ]);
  });

  it('give what their neighbours gave once the row has moved by the stride', () => {
    const moved = { ...row, moved: 2 };
    assert.deepEqual(valuesOf(moved), [
      [9, 9],
      [2, 2],
      [5, 5],
    ]);
    const overlapping = { ...row, values: [9, 4, 1, 2, 5, 5, 7, 3, 8], kernel: 3, moved: 2, average: true };
    for (const [value, before] of valuesOf(overlapping)) assert.equal(value, before);
  });

  it('give averages of which no pixel is the winner', () => {
    const averages = shiftedWindows({ ...row, average: true, moved: 1 });
    assert.deepEqual(
      averages.map(({ value, before, winner }) => [value, before, winner]),
      [
        [2.5, 1.5, -1],
        [3.5, 5, -1],
        [6, 5, -1],
      ],
    );
  });

  it('are counted in the sentence, as far as they give something else', () => {
    const at = (moved: number, part: Partial<ShiftedRow> = {}) => shiftSentence({ ...row, ...part, moved });
    assert.equal(at(0), 'As it is: three windows of kernel 2 and stride 2, and their maxima.');
    assert.equal(at(1), 'Moved by 1: the windows hold other pixels. Changed: 1 of 3 maxima (struck out: before).');
    assert.match(at(1, { average: true }), /Changed: 3 of 3 averages/);
    assert.equal(
      at(1, { values: [9, 2, 2, 2, 5, 5, 7, 3] }),
      'Moved by 1: the windows hold other pixels, but the same maxima.',
    );
    assert.match(at(2), /^Moved by 2 = the stride: .* The maxima are the same, one place further\.$/);
  });

  it('are not drawn where they are too large, or where nothing could move in', () => {
    const diagram = (kernel: number, stride: number, length: number) =>
      shiftDiagram({
        values: new Array(length).fill(1),
        white: 255,
        kernel,
        stride,
        moved: 0,
        average: false,
        isPlaying: false,
        canPlay: true,
        onStep: () => {},
        onPlay: () => {},
      });
    assert.equal(diagram(9, 2, 50), nothing);
    assert.equal(diagram(2, 9, 50), nothing);
    assert.equal(diagram(2, 2, 7), nothing);
    assert.notEqual(diagram(2, 2, 8), nothing);
  });
});

describe('the animation of a shift', () => {
  function animation({ stride = 2, isStill = false } = {}) {
    const page = { stride, isStill, changes: 0 };
    const moving = new ShiftAnimation(
      () => page.stride,
      () => page.changes++,
      () => page.isStill,
    );
    return { page, moving };
  }

  it('goes from rest to the stride and begins again, until it is stopped', t => {
    t.mock.timers.enable({ apis: ['setInterval'] });
    const { moving, page } = animation();
    moving.toggle();
    const seen = Array.from({ length: 4 }, () => {
      t.mock.timers.tick(900);
      return moving.moved;
    });
    assert.deepEqual([seen, page.changes], [[1, 2, 0, 1], 5]);
    moving.stop();
    t.mock.timers.tick(9000);
    assert.deepEqual([moving.isPlaying, moving.moved], [false, 1]);
  });

  it('pauses, also when a step is taken by hand', t => {
    t.mock.timers.enable({ apis: ['setInterval'] });
    const { moving } = animation();
    moving.toggle();
    moving.toggle();
    assert.equal(moving.isPlaying, false);
    moving.toggle();
    assert.equal(moving.isPlaying, true);
    moving.step(-1);
    t.mock.timers.tick(9000);
    assert.deepEqual([moving.isPlaying, moving.moved], [false, 2]);
    moving.step(1);
    assert.equal(moving.moved, 0);
  });

  it('does not play under reduced motion, and ends when that is asked for', t => {
    t.mock.timers.enable({ apis: ['setInterval'] });
    const { moving } = animation({ isStill: true });
    moving.toggle();
    assert.deepEqual([moving.canPlay, moving.isPlaying], [false, false]);
    const { moving: other, page } = animation();
    other.toggle();
    page.isStill = true;
    t.mock.timers.tick(900);
    assert.deepEqual([other.isPlaying, other.moved], [false, 0]);
  });

  it('stays within a stride that has become smaller', () => {
    const { moving, page } = animation({ stride: 4 });
    for (let i = 0; i < 4; i++) moving.step(1);
    page.stride = 2;
    assert.equal(moving.moved, 2);
    moving.step(-1);
    assert.equal(moving.moved, 1);
  });
});
