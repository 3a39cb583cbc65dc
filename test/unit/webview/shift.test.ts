/** What the Shift view measures and says. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { OperatorName } from '../../../src/core/operators';
import { mostShift } from '../../../src/lab/shift';
import { defaultKnobs, type PageKnobs } from '../../../src/webview/knobs';
import type { Measured } from '../../../src/webview/lab/measuring';
import { initialShift, movedTo, type ShiftChoices, shiftOf } from '../../../src/webview/lab/shiftChoices';
import { distances, shiftMeasure, shiftMeasures } from '../../../src/webview/lab/shiftMeasures';
import {
  blurText,
  changeText,
  headingText,
  moveText,
  otherMove,
  periodText,
  type Series,
} from '../../../src/webview/lab/shiftVerdict';
import { initialPage, isAtDefaults, type PageEvent, panesOf, reduce } from '../../../src/webview/page';
import { baseOf, lagOf, madeOf, makePlan, operatorsOf, type Plan } from '../../../src/webview/plan';
import { initialState, parseState } from '../../../src/webview/savedState';
import { pictureInfo } from '../../pictureInfo';

const info = pictureInfo({ width: 60, height: 50 });

function planOf(shift: Partial<ShiftChoices> = {}, knobs: Partial<PageKnobs> = {}): Plan {
  const choices = { ...initialState, tab: 'shift', shift: { ...initialShift, ...shift } };
  return makePlan(choices, { ...defaultKnobs, ...knobs }, info);
}

/** Changes as they are measured: the share of values, and the mean. */
function measured(of: Partial<Record<OperatorName, readonly [share: number, mean: number]>>, compared = 100): Measured {
  return {
    of: Object.fromEntries(Object.entries(of).map(([name, [share, mean]]) => [name, { share, mean, compared }])),
  };
}

describe('the heading', () => {
  const right = { kind: 'shift', dy: 0, dx: 1 } as const;

  it('says how much of the pooling a move changes', () => {
    const text = headingText(right, measured({ max: [0.627, 3] }), 'max')!;
    assert.match(text, /^Max.*62\.7 %.*right by 1\.$/);
    assert.equal(headingText(right, measured({ max: [0.627, 3] }), 'average'), undefined);
    assert.match(headingText(right, measured({ max: [0, 0] }), 'max')!, /\b0 %/);
  });

  it('has words of its own for no move, and where nothing can be compared', () => {
    assert.match(headingText({ ...right, dx: 0 }, measured({ max: [0, 0] }), 'max')!, /does not move/);
    const nothing = headingText(right, measured({ max: [Number.NaN, Number.NaN] }, 0), 'max')!;
    assert.doesNotMatch(nothing, /NaN/);
    assert.match(nothing, /No window/);
  });

  it('names the move, along one direction or both', () => {
    assert.equal(moveText({ dy: 0, dx: 3 }), 'right by 3');
    assert.equal(moveText({ dy: 2, dx: 0 }), 'down by 2');
    assert.equal(moveText({ dy: 2, dx: 3 }), 'right by 3 and down by 2');
    assert.equal(moveText({ dy: 0, dx: 0 }), '');
    assert.deepEqual([0, 3.456, 12].map(changeText), ['0.00', '3.46', '12.00']);
  });
});

describe('which moves change nothing', () => {
  /** Changes at 0 to 16 pixels: none where `isStill`. */
  const period = (stride: number, isStill: (distance: number) => boolean, part: Partial<Series> = {}) =>
    periodText({
      stride,
      acrossStride: stride,
      across: { dy: 0, dx: 0 },
      shares: distances.map(distance => ({ distance, share: isStill(distance) ? 0 : 0.4 })),
      ...part,
    });
  const multiples = (stride: number) => (distance: number) => distance % stride === 0;

  it('are the multiples of the stride, which are listed', () => {
    assert.match(period(2, multiples(2))!, /2, 4, 6 … 16 .*multiple of the stride 2\b/);
    assert.match(period(4, multiples(4))!, /4, 8, 12, 16 .*multiple of the stride 4\b/);
    assert.match(period(16, multiples(16))!, /\b16 .*multiple of the stride 16\b/);
    assert.match(period(7, multiples(7))!, /7, 14 .*multiple of the stride 7\b/);
  });

  it('can be more in an even picture, or by chance: then the stride is no reason', () => {
    const all = period(2, () => true)!;
    assert.match(all, /In this picture.* 1, 2, 3 … 16 /);
    assert.doesNotMatch(all, /stride/);
    assert.match(period(4, distance => distance % 2 === 0)!, /In this picture.* 2, 4, 6 … 16 /);
  });

  it('are all at stride 1, where only the place changes', () => {
    assert.match(period(1, () => true)!, /stride 1\b/);
  });

  it('are none if the stride is larger than all moves', () => {
    assert.match(period(20, distance => distance === 0)!, /up to 16 .*stride is 20\b/);
    // Of a small picture only short moves can be compared.
    const shares = [0, 1, 2, 3].map(distance => ({ distance, share: distance === 0 ? 0 : 0.5 }));
    assert.match(period(5, () => true, { shares })!, /up to 3 .*stride is 5\b/);
  });

  it('are none if the move across is no multiple, and it is told apart from the stride', () => {
    const text = period(2, () => false, { across: { dy: 3, dx: 0 }, acrossStride: 4 })!;
    assert.match(text, /down by 3\b.*no multiple of the stride 4\b/);
    assert.match(period(2, multiples(2), { across: { dy: 8, dx: 0 }, acrossStride: 4 })!, /multiple of the stride 2\b/);
  });

  it('are not said before all are measured', () => {
    const shares = distances.map(distance => ({ distance, share: distance === 9 ? undefined : 0 }));
    assert.equal(
      period(2, () => true, { shares }),
      undefined,
    );
    // What cannot be compared is known, and left out.
    const short = distances.map(distance => ({ distance, share: distance > 5 ? Number.NaN : distance % 2 }));
    assert.match(period(2, () => true, { shares: short })!, /by 2, 4 changes nothing.*stride 2\b/);
    assert.equal(
      period(2, () => true, { shares: short.map(({ distance }) => ({ distance, share: Number.NaN })) }),
      undefined,
    );
    assert.equal(
      period(2, () => true, { shares: [] }),
      undefined,
    );
    assert.equal(
      period(2, () => true, { shares: shares.slice(0, 1) }),
      undefined,
    );
  });
});

describe('a turn of one distance', () => {
  it('makes the chart about it, unless only the other one is left', () => {
    const right: ShiftChoices = { ...initialShift, dy: 0, dx: 2 };
    assert.deepEqual(movedTo(right, 'dy', 3), { ...right, dy: 3, along: 'dy' });
    assert.deepEqual(movedTo({ ...right, dy: 3, along: 'dy' }, 'dy', 0), { ...right, along: 'dx' });
    assert.deepEqual(movedTo(right, 'dx', 0), { ...right, dx: 0 });
  });
});

describe('the other move to try', () => {
  const other = (part: Partial<ShiftChoices>, stride = 2, acrossStride = stride) =>
    otherMove({ ...initialShift, ...part }, { stride, acrossStride });

  it('changes nothing if the present one does, and the other way round', () => {
    assert.deepEqual(other({ dx: 1 }), { dy: 0, dx: 2 });
    assert.deepEqual(other({ dx: 2 }), { dy: 0, dx: 3 });
    assert.deepEqual(other({ dx: 16 }), { dy: 0, dx: 15 });
    assert.deepEqual(other({ dx: 15 }, 7), { dy: 0, dx: 14 });
    assert.deepEqual(other({ dx: 3, dy: 3, along: 'dy' }, 3), { dy: 4, dx: 3 });
    assert.equal(other({ dx: 3 }, 20), undefined);
  });

  it('is along the chart alone if the move across is no multiple', () => {
    assert.deepEqual(other({ dx: 1, dy: 1 }), { dy: 0, dx: 1 });
    assert.deepEqual(other({ dx: 0, dy: 1 }), { dy: 0, dx: 2 });
    assert.deepEqual(other({ dx: 0, dy: 2 }), { dy: 2, dx: 1 });
  });

  it('is none at stride 1, where there is no other case', () => {
    assert.equal(other({ dx: 3 }, 1), undefined);
    assert.deepEqual(other({ dx: 0 }, 1), { dy: 0, dx: 1 });
  });
});

describe('what the blur buys', () => {
  const blur = (max: number, maxBlur: number) => blurText(measured({ max: [0.5, max], maxBlur: [0.5, maxBlur] }));

  it('is said in numbers: less, none left, or more', () => {
    assert.match(blur(4, 1)!, /1\.00 .*4\.00.*75 % smaller, not zero\.$/);
    const more = blurText(measured({ max: [0.5, 4], maxBlur: [0.9, 1] }))!;
    assert.match(more, /More values change/);
    assert.match(blur(4, 5)!, /5\.00 .*4\.00.*25 % larger/);
    const none = blur(4, 0)!;
    assert.match(none, /nothing changes.*4\.00/);
    assert.doesNotMatch(none, /%/);
  });

  it('is not said where max changes nothing, or one is not measured', () => {
    for (const text of [
      blur(0, 0),
      blur(0, 1),
      blur(Number.NaN, Number.NaN),
      blur(1, Number.NaN),
      blurText(measured({ max: [0.5, 1] })),
      blurText(measured({ maxBlur: [0.5, 1] })),
    ]) {
      assert.equal(text, undefined);
    }
  });
});

describe('what is measured', () => {
  it('begins with the present move, then the chart along the direction that was chosen last', () => {
    for (const along of ['dx', 'dy'] as const) {
      const shift: ShiftChoices = { ...initialShift, dy: 3, dx: 5, along };
      const plan = planOf(shift);
      const [present, ...chart] = shiftMeasures(plan, shift);
      assert.deepEqual([present!.call, present!.request.isSample], ['shiftChanges', false]);
      assert.deepEqual(present!.request.alteration, plan.alteration);
      assert.deepEqual(plan.alteration, { kind: 'shift', dy: 3, dx: 5 });
      assert.equal(chart.length, 17);
      for (const [distance, { request }] of chart.entries()) {
        const { alteration, isSample, ...pooling } = request;
        assert.deepEqual(alteration, { kind: 'shift', dy: 3, dx: 5, [along]: distance });
        assert.ok(isSample, 'of a large picture a part');
        assert.deepEqual(pooling, { view: plan.view, options: plan.options, operators: ['max', 'average', 'maxBlur'] });
      }
    }
  });

  it('has the same points whatever the distance, and whichever pictures are shown', () => {
    const chart = (shift: ShiftChoices) => shiftMeasures(planOf(shift), shift).slice(1);
    assert.deepEqual(chart({ ...initialShift, dx: 3 }), chart({ ...initialShift, dx: 9 }));
    assert.deepEqual(chart({ ...initialShift, operators: ['average'] }), chart(initialShift));
    const at = (dx: number) => shiftMeasure(planOf({ dx }), { ...initialShift, dx }, true, 4);
    assert.deepEqual(at(3), at(4));
    assert.deepEqual(shiftOf({ ...initialShift, dy: 2, dx: 1 }, 0), { kind: 'shift', dy: 2, dx: 0 });
  });
});

describe('the plan with a move', () => {
  it('shows each chosen pooling as it is, moved, and the difference; all are measured', () => {
    const plan = planOf();
    const panes = (operators: readonly OperatorName[]) =>
      panesOf(plan, { ...initialState, tab: 'shift', shift: { ...initialShift, operators } });
    assert.deepEqual(panes(['max', 'maxBlur']), [
      'before.max',
      'max',
      'change.max',
      'before.maxBlur',
      'maxBlur',
      'change.maxBlur',
    ]);
    assert.deepEqual(panes(['average']), ['before.average', 'average', 'change.average']);
    assert.deepEqual(operatorsOf(plan), ['max', 'average', 'maxBlur']);
    assert.deepEqual(plan.differences, []);
  });

  it('has other pictures at another distance, but those before the move', () => {
    const [a, b] = [planOf({ dx: 1 }), planOf({ dx: 2 })];
    for (const pane of ['max', 'change.max'] as const) assert.notDeepEqual(madeOf(pane, a), madeOf(pane, b), pane);
    assert.deepEqual(madeOf('before.max', a), madeOf('before.max', b));
    assert.notDeepEqual(madeOf('before.max', a), madeOf('before.max', planOf({}, { kernel: [3, 3] })));
    assert.equal(baseOf('before.max', null), 'max');
    assert.equal(baseOf('change.maxBlur', null), 'maxBlur');
  });

  it('has panes before the move that lag behind by whole outputs, so that like lies beside like', () => {
    const plan = planOf({ dy: 7, dx: 4 }, { stride: [3, 2] });
    assert.deepEqual(lagOf('before.max', plan), { x: 2, y: 2 });
    assert.deepEqual(lagOf('before.maxBlur', plan), { x: 2, y: 2 });
    for (const pane of ['max', 'change.max'] as const) assert.deepEqual(lagOf(pane, plan), { x: 0, y: 0 });
    assert.deepEqual(lagOf('before.max', planOf({ dy: 0, dx: 1 })), { x: 0, y: 0 });
  });
});

describe('the saved state of a move', () => {
  it('falls back where a distance is out of range, and drops poolings that cannot be compared', () => {
    const parsed = (shift: object) => parseState({ shift }).shift;
    for (const by of [-1, mostShift + 1, 0.5, Number.NaN, '3', null]) {
      assert.deepEqual(parsed({ dy: by, dx: by }), initialShift, String(by));
    }
    assert.deepEqual(parsed({ dy: mostShift, dx: 0, along: 'dy' }), { ...initialShift, dy: 16, dx: 0, along: 'dy' });
    assert.deepEqual(parsed({ along: 'x', operators: 'max' }), initialShift);
    assert.deepEqual(parsed({ operators: ['lp', 'maxBlur', 'max', 3] }).operators, ['max', 'maxBlur']);
    assert.deepEqual(parsed({ operators: [] }).operators, []);
  });

  it('is put back by a reset in Shift alone', () => {
    const shift: ShiftChoices = { dy: 4, dx: 5, along: 'dy', operators: ['average'] };
    const noise = { ...initialState.noise, share: 0.3 };
    const events: PageEvent[] = [
      { type: 'hello', name: 'a.jpg', defaults: {} },
      { type: 'opened', info },
      { type: 'chosen', part: { tab: 'shift', shift, noise } },
    ];
    const run = (more: readonly PageEvent[]) =>
      [...events, ...more].reduce((before, event) => reduce(before, event, () => ''), initialPage(undefined));
    assert.equal(isAtDefaults(run([])), false);
    const reset = run([{ type: 'reset' }]);
    assert.deepEqual(reset.saved, { ...initialState, tab: 'shift', noise });
    assert.equal(isAtDefaults(reset), true);
    for (const tab of ['pool', 'noise', 'layers']) {
      assert.deepEqual(run([{ type: 'chosen', part: { tab } }, { type: 'reset' }]).saved.shift, shift, tab);
    }
  });
});
