import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  type Axis,
  clippedSpan,
  tapsInside,
  tapsOf,
  uncoveredSpans,
  windowSpan,
  windowsOver,
} from '../../../src/core/axis';
import { partOf } from '../../../src/core/fast/axisSlice';
import { planAxes } from '../../../src/core/plan';
import { base } from '../../options';
import { integers, seed } from '../../random';

const random = integers(seed);

/** The pixels of each window, by a walk over all fractions: pixel `at` is in window `i` if they overlap. */
function windowsByWalk(input: number, output: number): number[][] {
  const pixels = Array.from({ length: input }, (_, at) => at);
  return Array.from({ length: output }, (_, i) =>
    // Pixel [at, at + 1) and window [i·I/O, (i + 1)·I/O), both times O.
    pixels.filter(at => (at + 1) * output > i * input && at * output < (i + 1) * input),
  );
}

function axisOf(input: number, output: number): Axis {
  return planAxes('adaptiveMax', [1, 1, input, 1], { ...base, outputSize: [output, null] })[0];
}

const sizes = Array.from({ length: 24 }, (_, i) => i + 1);

describe(`uneven windows (SEED=${seed})`, () => {
  it('cover what a walk over fractions finds, for all sizes up to 24', () => {
    for (const input of sizes) {
      for (const output of sizes) {
        const axis = axisOf(input, output);
        const windows = windowsByWalk(input, output);
        assert.equal(axis.uneven === undefined, input % output === 0);
        assert.equal(axis.kernel, Math.max(...windows.map(({ length }) => length)), `${input} → ${output}`);
        for (const [i, pixels] of windows.entries()) {
          const span = { start: pixels[0]!, end: pixels.at(-1)! + 1 };
          assert.deepEqual(windowSpan(axis, i), span);
          assert.deepEqual(clippedSpan(axis, i), span);
          assert.equal(tapsOf(axis, i), pixels.length);
          assert.equal(tapsInside(axis, i), pixels.length);
        }
        for (let at = 0; at < input; at++) {
          const over = windows.flatMap((pixels, i) => (pixels.includes(at) ? [i] : []));
          assert.deepEqual(windowsOver(axis, at), over);
        }
        assert.deepEqual(uncoveredSpans([axis]), []);
      }
    }
  });

  it('are the same in a part of the output', () => {
    for (let round = 0; round < 2000; round++) {
      const [input, output] = [1 + random(40), 1 + random(40)];
      const whole = axisOf(input, output);
      const start = random(output);
      const count = 1 + random(output - start);
      const { axis, first } = partOf(whole, { start, count });
      assert.equal(axis.output, count);
      assert.equal(first, windowSpan(whole, start).start);
      assert.equal(first + axis.input >= windowSpan(whole, start + count - 1).end, true);
      for (let i = 0; i < count; i++) {
        const { start: from, end } = windowSpan(whole, start + i);
        assert.deepEqual(windowSpan(axis, i), { start: from - first, end: end - first });
      }
      for (let at = 0; at < axis.input; at++) {
        const inPart = windowsOver(whole, first + at).filter(i => i >= start && i < start + count);
        assert.deepEqual(
          windowsOver(axis, at),
          inPart.map(i => i - start),
        );
      }
      // A part of a part.
      const again = random(count);
      const inner = partOf(axis, { start: again, count: 1 });
      assert.equal(inner.first, windowSpan(axis, again).start);
      assert.equal(tapsOf(inner.axis, 0), tapsOf(whole, start + again));
    }
  });
});
