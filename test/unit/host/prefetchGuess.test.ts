import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PrefetchGuess } from '../../../src/host/prefetchGuess';
import type { RenderRequest } from '../../../src/protocol';
import { base } from '../../options';
import { pictureInfo } from '../../pictureInfo';

const info = pictureInfo();
const room = { width: 308, height: 500, pixelRatio: 1 };
const asked: RenderRequest = { view: { mode: 'colour', orient: true }, options: base, regions: {}, room };

function learnt(request = asked, defaults = {}): PrefetchGuess {
  const look = new PrefetchGuess();
  look.learn(defaults, request);
  return look;
}

test('without a page before there is nothing to go by', () => {
  assert.equal(new PrefetchGuess().guess({}, info), undefined);
});

test('the whole picture in the room that there was, as a pane of that shape shows it', () => {
  const { regions, view, options } = learnt().guess({}, info)!;
  assert.deepEqual(view, asked.view);
  assert.equal(options, base);
  // 308 × 700 / 1024 = 210.5, so the pane is 211 high.
  assert.deepEqual(regions.input, { x: 0, y: 0, width: 1024, height: 700, columns: 308, rows: 211 });
  assert.deepEqual(regions.max, { x: 0, y: 0, width: 512, height: 350, columns: 308, rows: 211 });
  assert.deepEqual(regions.average, regions.max);
});

test('where the user has moved the splitter, canvases are as high as it leaves them', () => {
  const filled = learnt({ ...asked, room: { width: 308, height: 120, isFilled: true, pixelRatio: 1 } });
  const { regions } = filled.guess({}, { ...info, width: 2048, height: 100 })!;
  assert.deepEqual([regions.input?.columns, regions.input?.rows], [308, 15]);
  // Zoomed to the whole, a picture as high as wide takes the height, not the width.
  const { regions: square } = filled.guess({}, { ...info, width: 700, height: 700 })!;
  assert.deepEqual([square.input?.columns, square.input?.rows], [120, 120]);
});

test('on a sharper screen more samples, coarser where they would not cross at once', () => {
  const sharp = learnt({ ...asked, room: { ...room, pixelRatio: 1.25 } }).guess({}, info)!;
  assert.equal(sharp.regions.input?.columns, 385);
  const large = learnt({ ...asked, room: { width: 900, height: 900, pixelRatio: 2 } }).guess({}, info)!;
  const bytes = Object.values(large.regions).reduce((sum, { columns, rows }) => sum + columns * rows * 3, 0);
  assert.ok(bytes <= 1_000_000 && bytes > 900_000, `${bytes}`);
});

test('of a strip thinner than can be pointed at, the part that its pane shows', () => {
  const { regions } = learnt().guess({}, { ...info, width: 20000, height: 40 })!;
  // 3 CSS pixels high: 308 / (3 / 40) = 4107 columns, around column 10000.
  assert.deepEqual(regions.input, { x: 7946, y: 0, width: 4108, height: 40, columns: 308, rows: 3 });
  assert.deepEqual([regions.max?.x, regions.max?.width, regions.max?.rows], [3973, 2054, 3]);
});

test('another picture is looked at in its own mode, and turned', () => {
  assert.equal(learnt().guess({}, { ...info, channels: 1 })!.view.mode, 'grey');
  const turned = learnt({ ...asked, view: { ...asked.view, orient: false } }).guess({}, { ...info, orientation: 6 })!;
  assert.deepEqual([turned.regions.input?.width, turned.regions.input?.height], [700, 1024]);
});

test('other settings are another matter', () => {
  assert.equal(learnt().guess({ mode: 'grey' }, info), undefined);
  const look = learnt(asked, { mode: 'grey', sizing: 'relative' });
  const { view, regions } = look.guess({ mode: 'grey', sizing: 'relative' }, info)!;
  assert.equal(view.mode, 'grey');
  // At the same scale, an output of half the size takes half the room.
  assert.deepEqual([regions.input?.columns, regions.max?.columns], [308, 154]);
});

test('the state of another page is as good as settings, and nothing in it is trusted', () => {
  const state = { knobs: { kernel: [2, 2] }, mode: 'grey', sizing: 'relative', extras: [] };
  const { view, regions } = learnt(asked, state).guess({ ...state }, info)!;
  assert.equal(view.mode, 'grey');
  assert.deepEqual([regions.input?.columns, regions.max?.columns], [308, 154]);
  assert.equal(learnt(asked, state).guess({ ...state, extras: ['min'] }, info), undefined);
  const odd = { mode: 'toString', sizing: 7 };
  assert.deepEqual(learnt(asked, odd).guess(odd, info), learnt().guess({}, info));
});

test('options that are illegal for a picture are not guessed at', () => {
  assert.equal(learnt().guess({}, { ...info, width: 1, height: 1 }), undefined);
});

test('of a page that does not stand as it began nothing is learnt', () => {
  const look = learnt();
  const { room: _, ...later } = asked;
  look.learn({}, { ...later, options: { ...base, kernelSize: [9, 9] } });
  assert.equal(look.guess({}, info)!.options, base);
});
