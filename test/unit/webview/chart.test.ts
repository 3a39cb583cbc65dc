import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { linePath } from '../../../src/webview/chart';
import { apart, chartLayout, roundTicks } from '../../../src/webview/chartLayout';
import { type ChartProps, positionOf, rowsOf, summaryOf, tsvOf } from '../../../src/webview/chartNumbers';

const levels = [0, 0.01, 0.05, 0.2];

const chart: ChartProps = {
  title: 'PSNR, dB',
  axis: 'level',
  ticks: levels.map(at => ({ at, label: `${at * 100} %` })),
  marker: 0.04,
  lines: [
    { name: 'Max', colour: 'red', values: [Infinity, 19.34, 12.6, 7.6] },
    { name: 'Average', colour: 'blue', values: [Infinity, 30.5, 23.25, undefined] },
    { name: 'Min', colour: 'green', values: [] },
  ],
  format: value => (Number.isFinite(value) ? value.toFixed(1) : '∞'),
  onCopy: () => {},
};

describe('the grid of a chart', () => {
  it('has three to five round steps, the last at or above the largest value', () => {
    assert.deepEqual(roundTicks(46.1), [0, 10, 20, 30, 40, 50]);
    assert.deepEqual(roundTicks(5.63), [0, 2, 4, 6]);
    assert.deepEqual(roundTicks(11), [0, 2.5, 5, 7.5, 10, 12.5]);
    assert.deepEqual(roundTicks(255), [0, 100, 200, 300]);
    for (let max = 0.001; max < 1e5; max *= 1.07) {
      const ticks = roundTicks(max);
      assert.ok(ticks.length >= 4 && ticks.length <= 6, `${max}: ${ticks}`);
      assert.ok(ticks.at(-1)! >= max && ticks.at(-2)! < max, `${max}: ${ticks}`);
    }
  });

  it('ends at the largest value where that is round, in spite of binary fractions', () => {
    assert.deepEqual(roundTicks(0.3), [0, 0.1, 0.2, 0.3]);
    assert.deepEqual(roundTicks(50), [0, 10, 20, 30, 40, 50]);
  });

  it('is there without values, too', () => {
    assert.deepEqual(roundTicks(0), [0, 0.2, 0.4, 0.6, 0.8, 1]);
  });
});

describe('names beside the ends of lines', () => {
  it('stand where they are wanted as long as there is room', () => {
    assert.deepEqual(apart([40, 10, 24], 14, 0, 100), [40, 10, 24]);
    assert.deepEqual(apart([], 14, 0, 100), []);
  });

  it('make way on both sides, in the order of their lines', () => {
    assert.deepEqual(apart([54, 50], 14, 0, 100), [59, 45]);
    assert.deepEqual(apart([50, 50, 50], 14, 0, 100), [36, 50, 64]);
    // The pair is pushed into the third, which then moves with them.
    assert.deepEqual(apart([50, 50, 60], 10, 0, 100), [130 / 3, 160 / 3, 190 / 3]);
  });

  it('stay within the drawing', () => {
    assert.deepEqual(apart([100, 100, 97], 14, 0, 100), [86, 100, 72]);
    assert.deepEqual(apart([0, 1], 14, 5, 100), [5, 19]);
  });

  it('are far enough apart wherever the lines end', () => {
    for (let seed = 1; seed < 200; seed++) {
      const wanted = Array.from({ length: 4 }, (_, i) => (seed * 7919 * (i + 3)) % 101);
      const places = apart(wanted, 14, 0, 100).sort((a, b) => a - b);
      for (const [i, place] of places.entries()) {
        assert.ok(place >= -1e-9 && place <= 100 + 1e-9, `${wanted}: ${places}`);
        if (i > 0) assert.ok(place - places[i - 1]! >= 14 - 1e-9, `${wanted}: ${places}`);
      }
    }
  });
});

describe('a chart', () => {
  it('has its marker between the ticks, however far they are from one another, and none beyond them', () => {
    assert.deepEqual(
      levels.map(at => positionOf(chart.ticks, at)),
      [0, 1, 2, 3],
    );
    assert.equal(positionOf(chart.ticks, 0.005), 0.5);
    assert.equal(positionOf(chart.ticks, 0.04)?.toFixed(9), '1.750000000');
    assert.deepEqual([positionOf(chart.ticks, -0.001), positionOf(chart.ticks, 0.201)], [undefined, undefined]);
  });

  it('draws equal steps on the screen, from 0 at the bottom, and ∞ above the scale', () => {
    const { left, right, bottom, grid, x, y } = chartLayout(chart, 400);
    assert.deepEqual(grid, [0, 10, 20, 30, 40, Infinity]);
    assert.deepEqual([x(0), x(3)], [left, right]);
    assert.equal(x(2) - x(1), x(1) - x(0));
    assert.equal(y(0), bottom);
    assert.equal(y(20), (y(0) + y(40)) / 2);
    assert.ok(y(Infinity) >= 0 && y(Infinity) < y(40) - 10);
    const finite = chartLayout({ ...chart, lines: chart.lines.slice(2) }, 400);
    assert.equal(finite.grid.includes(Infinity), false);
    assert.ok(finite.y(1) < y(40), 'without ∞ the scale has its room');
  });

  it('keeps its names within its width, Korean ones as well, and labels fewer ticks on a narrow page', () => {
    const ticks = Array.from({ length: 17 }, (_, at) => ({ at, label: String(at) }));
    const pixels = { ...chart, ticks, lines: chart.lines.map(line => ({ ...line, name: '최대 풀링 + 블러' })) };
    assert.deepEqual(
      [620, 350, 300].map(width => chartLayout(pixels, width).labelled),
      [1, 2, 4],
    );
    assert.ok(chartLayout(pixels, 300).right < 200);
    assert.ok(chartLayout(pixels, 20).right > chartLayout(pixels, 20).left);
  });

  it('names each line at its last known value, with a dot where that does not tell it from others', () => {
    const ends = (values: (number | undefined)[][]) =>
      chartLayout({ ...chart, lines: values.map((values, i) => ({ ...chart.lines[i]!, values })) }, 400);
    const apart = ends([
      [1, 1, 1, 0],
      [1, 1, 1, 1],
      [1, 1, 0.5],
    ]);
    assert.deepEqual(
      apart.names.map(name => [name?.at, name?.isUnclear]),
      [
        [apart.y(0), false],
        [apart.y(1), false],
        [apart.y(0.5), true],
      ],
    );
    const together = ends([[1, 1, 1, 0], [1, 1, 1, 0], []]);
    assert.deepEqual(
      together.names.map(name => name?.isUnclear),
      [true, true],
    );
    assert.equal(together.names[1]!.at - together.names[0]!.at, 14);
  });

  it('interrupts a line where a value is not known', () => {
    const at = { x: (index: number) => index * 10, y: (value: number) => 100 - value };
    assert.equal(linePath([1, 2, undefined, 4, 5.04], at), 'M0 99L10 98M30 96L40 95');
    assert.equal(linePath([undefined, 2], at), 'M10 98');
    assert.equal(linePath([], at), '');
  });

  it('says what there is at the tick nearest to its marker', () => {
    assert.equal(summaryOf(chart), 'PSNR, dB; at 5 %: Max 12.6, Average 23.3, Min …');
    assert.equal(summaryOf({ ...chart, marker: 0 }), 'PSNR, dB; at 0 %: Max ∞, Average ∞, Min …');
    assert.equal(summaryOf({ ...chart, marker: 1 }), 'PSNR, dB');
    assert.equal(summaryOf({ ...chart, marker: undefined }), 'PSNR, dB');
  });

  it('has its numbers in a table, written as in the drawing', () => {
    assert.deepEqual(rowsOf(chart), [
      { label: '0 %', cells: ['∞', '∞', '…'] },
      { label: '1 %', cells: ['19.3', '30.5', '…'] },
      { label: '5 %', cells: ['12.6', '23.3', '…'] },
      { label: '20 %', cells: ['7.6', '…', '…'] },
    ]);
  });

  it('gives its numbers as they are to be copied, and nothing for what is not known', () => {
    assert.equal(
      tsvOf(chart),
      'level\tMax\tAverage\tMin\n0\tinf\tinf\t\n0.01\t19.34\t30.5\t\n0.05\t12.6\t23.25\t\n0.2\t7.6\t\t\n',
    );
  });
});
