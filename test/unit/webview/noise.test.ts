/** What the Noise view measures and says. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { OperatorName } from '../../../src/core/operators';
import { PoolError } from '../../../src/core/options';
import { noiseKinds } from '../../../src/lab/noise';
import { defaultKnobs } from '../../../src/webview/knobs';
import type { Measured } from '../../../src/webview/lab/measuring';
import {
  initialNoise,
  mostShare,
  mostSigma,
  type NoiseChoices,
  noiseOf,
  noisyOperators,
} from '../../../src/webview/lab/noiseChoices';
import { counterpartOf, levelsOf, noiseMeasure, noiseMeasures } from '../../../src/webview/lab/noiseMeasures';
import {
  bestOf,
  biasText,
  counterpartText,
  decibels,
  noiseText,
  reasonTexts,
  verdictText,
  worstOf,
} from '../../../src/webview/lab/noiseVerdict';
import { onSample } from '../../../src/webview/lab/words';
import {
  initialPage,
  isAtDefaults,
  openIn,
  type PageEvent,
  type PageState,
  panesOf,
  reduce,
} from '../../../src/webview/page';
import { baseOf, lagOf, madeOf, makePlan, operatorsOf, type Plan } from '../../../src/webview/plan';
import { initialState, parseState, type SavedState } from '../../../src/webview/savedState';
import { pictureInfo } from '../../pictureInfo';

const info = pictureInfo({ width: 40, height: 30 });

function planOf(noise: Partial<NoiseChoices> = {}, tab = 'noise'): Plan {
  return makePlan({ ...initialState, tab, noise: { ...initialNoise, ...noise } }, defaultKnobs, info);
}

/** PSNRs as they are measured. */
function measured(psnrs: Partial<Record<OperatorName, number>>): Measured {
  return { of: Object.fromEntries(Object.entries(psnrs).map(([name, psnr]) => [name, { psnr, bias: 0, spread: 0 }])) };
}

const salt = { kind: 'salt', level: 0.05, seed: 1 } as const;

describe('the answer to the claim', () => {
  const verdict = (max: number, average: number, noise: Parameters<typeof verdictText>[0] = salt) =>
    verdictText(noise, measured({ max, average }));

  it('is one of true, not and neither, with both numbers, the first the winner’s', () => {
    const pepper = { ...salt, kind: 'pepper' } as const;
    assert.match(verdict(43.5, 21.1, pepper)!, /^True\b.*5 % pepper.*max.*nearer.*average.*43\.5.*21\.1 dB/);
    assert.match(verdict(13.1, 24.1)!, /^Not\b.*5 % salt.*average.*nearer.*max.*24\.1.*13\.1 dB/);
    assert.match(verdict(20, 20.4)!, /neither.*equally.*20\.0.*20\.4 dB/);
    assert.match(verdict(20.4, 20)!, /neither.*20\.4.*20\.0 dB/);
    assert.match(verdict(20.5, 20)!, /^True/);
    assert.match(verdict(20, 20.5)!, /^Not/);
  });

  it('says so without noise, and takes poolings that are equal for the best', () => {
    const none = verdict(Infinity, Infinity, { ...salt, level: 0 })!;
    // Salt on a white picture.
    assert.match(verdict(Infinity, Infinity)!, /5 % salt.*not change/);
    assert.match(none, /no noise/);
    assert.doesNotMatch(none, /\d/);
    assert.match(verdict(Infinity, 40)!, /^True.*∞.*40\.0 dB/);
    assert.match(verdict(40, Infinity)!, /^Not.*∞.*40\.0 dB/);
  });

  it('is none before both are measured', () => {
    assert.equal(verdictText(salt, measured({})), undefined);
    assert.equal(verdictText(salt, measured({ max: 3 })), undefined);
    assert.equal(verdictText(salt, measured({ average: 3 })), undefined);
    assert.equal(counterpartText(salt, measured({ max: 3 })), undefined);
  });

  it('names the noise: its share, or σ', () => {
    const names = noiseKinds.map(kind => noiseText({ ...salt, kind, level: kind === 'gaussian' ? 12.5 : 0.125 }));
    for (const [i, words] of [
      /^12\.5 % pepper$/,
      /^12\.5 % salt$/,
      /^12\.5 % salt and pepper$/,
      /σ 12\.5$/,
    ].entries()) {
      assert.match(names[i]!, words);
    }
    const other = counterpartText({ ...salt, kind: 'pepper' }, measured({ max: 43.46, average: Infinity }))!;
    assert.match(other, /5 % pepper.*43\.5 dB.*∞ dB/);
  });

  it('has a reason for each noise, with the share of windows that are hit', () => {
    const reasons = (kind: (typeof noiseKinds)[number], level: number, pixels: number, part = {}) =>
      reasonTexts({ kind, level, seed: 1, ...part }, measured({ max: 1, average: 2 }), ['max', 'average'], {
        pixels,
        divisor: pixels,
      });
    // 1 − 0.95⁴ and 0.05⁴.
    assert.match(reasons('salt', 0.05, 4)[0]!, /18\.5 %.*4 pixels.*white.*1\/4/);
    assert.match(reasons('pepper', 0.05, 4)[0]!, /18\.5 %.*4 pixels.*black.*brightest of the others.*1\/4/);
    assert.match(reasons('saltAndPepper', 0.05, 9)[0]!, /37 %.*9 pixels.*speck.*1\/9/);
    // Of Gaussian noise what was measured: clipping can darken even the maximum.
    const gaussian = { kind: 'gaussian', level: 25, seed: 1 } as const;
    const of = { max: { psnr: 19, bias: 12.34 }, average: { psnr: 26, bias: -1.5 } };
    const texts = reasonTexts(gaussian, { of }, ['max', 'average'], { pixels: 9, divisor: 9 });
    assert.match(texts.join(), /9 .*brighter by 12\.3 with max, darker by 1\.5 with average/);
    assert.match(reasons('salt', 0.05, 4, { perChannel: true })[0]!, /18\.5 %.*4 values of one channel/);
    assert.deepEqual(reasons('salt', 0.05, 1), [], 'a window of one pixel has no choice');
    assert.deepEqual(reasons('salt', 0, 4), [], 'no noise');
  });

  it('says what an average divides by, and where no maximum changes', () => {
    const scores = (max: number) => measured({ max, average: 24 });
    const reasons = (max: number) => reasonTexts(salt, scores(max), ['max', 'average'], { pixels: 4, divisor: 3 });
    assert.match(reasons(13)[0]!, /1\/3/);
    assert.match(reasons(Infinity).join(), /^No maximum changes[^,]*$/);
    assert.equal(counterpartText({ ...salt, level: 0 }, scores(13)), undefined);
  });

  it('names the best of more than two', () => {
    const shown = ['max', 'average', 'median'] as const;
    const best = (median: number) =>
      reasonTexts(salt, measured({ max: 13, average: 24, median }), shown, { pixels: 1, divisor: 1 });
    assert.match(best(35.04)[0]!, /Median.*35\.0 dB/);
    assert.match(best(3)[0]!, /Average.*24\.0 dB/);
    assert.deepEqual(best(24), [], 'two share it');
  });
});

describe('best and worst', () => {
  const shown = ['max', 'average', 'min'] as const;

  it('are marked if one alone is', () => {
    const rank = (of: Measured['of'], names: readonly OperatorName[] = shown) => [
      bestOf(names, of),
      worstOf(names, of),
    ];
    assert.deepEqual(rank(measured({ max: 3, average: 2, min: 1 }).of), ['max', 'min']);
    assert.deepEqual(rank(measured({ max: 3, average: 3, min: 1 }).of), [undefined, 'min']);
    assert.deepEqual(rank(measured({ max: 3, average: 1, min: 1 }).of), ['max', undefined]);
    assert.deepEqual(rank(measured({ max: 1, average: 1, min: 1 }).of), [undefined, undefined]);
    assert.deepEqual(rank(measured({ max: Infinity, average: Infinity, min: 9 }).of), [undefined, 'min']);
    assert.deepEqual(rank(measured({ max: Infinity, average: 4 }).of), ['max', 'average']);
    assert.deepEqual(rank(measured({ max: 3 }).of), [undefined, undefined], 'one alone is no comparison');
    assert.deepEqual(rank({}), [undefined, undefined]);
    // What is not shown does not count.
    assert.deepEqual(rank(measured({ max: 3, average: 2, min: 1 }).of, ['max', 'average']), ['max', 'average']);
  });

  it('stand beside numbers of one decimal', () => {
    assert.deepEqual([21.44, 21.46, 0, Infinity].map(decibels), ['21.4', '21.5', '0.0', '∞']);
    assert.match(biasText(24.42), /brighter.*24\.4$/);
    assert.match(biasText(-0.06), /darker.*0\.1$/);
    assert.equal(biasText(0.04), biasText(-0.04));
    assert.doesNotMatch(biasText(0.04), /\d/);
  });
});

describe('what is measured', () => {
  it('begins with what is on screen, then the other noise of the sentence, then the chart', () => {
    for (const kind of noiseKinds) {
      const noise = { ...initialNoise, kind, seed: 9 };
      const plan = planOf(noise);
      const [present, other, ...chart] = noiseMeasures(plan, noise);
      assert.deepEqual(present!.request.alteration, plan.alteration);
      assert.deepEqual([present!.call, present!.request.isSample], ['scores', false]);
      assert.deepEqual(other!.request.alteration, { kind: counterpartOf(kind), level: 0.05, seed: 9 });
      assert.notEqual(counterpartOf(kind), kind);
      assert.deepEqual(
        chart.map(({ request }) => request.alteration),
        levelsOf(kind).map(level => ({ kind, level, seed: 9 })),
      );
      assert.equal(other!.request.isSample, false, 'as what it is compared with');
      assert.ok(
        chart.every(({ request }) => request.isSample),
        kind,
      );
      for (const { request } of [present!, other!, ...chart]) {
        const { alteration, isSample, ...pooling } = request;
        assert.deepEqual(pooling, { view: plan.view, options: plan.options, operators: ['max', 'average'] });
      }
    }
  });

  it('has the same points whatever the level, so that a turn of it asks for one alone', () => {
    const points = (share: number) => noiseMeasures(planOf({ share }), { ...initialNoise, share }).slice(2);
    assert.deepEqual(points(0.05), points(0.3));
    const [at, chart] = [0.05, 0.3].map(share =>
      noiseMeasure(planOf({ share }), { ...initialNoise, share }, true, 'salt', 0.1),
    );
    assert.deepEqual(at, chart);
  });

  it('asks for one noise in one way', () => {
    const gaussian = noiseOf({ ...initialNoise, kind: 'gaussian', perChannel: true });
    assert.deepEqual(gaussian, { kind: 'gaussian', level: 25, seed: 1 });
    assert.deepEqual(noiseOf({ ...initialNoise, perChannel: false }), salt);
    assert.deepEqual(noiseOf({ ...initialNoise, perChannel: true }), { ...salt, perChannel: true });
    // Its level is its own: σ of Gaussian noise, a share of the others.
    assert.deepEqual(noiseOf(initialNoise, 'gaussian').level, 25);
    assert.deepEqual(noiseOf({ ...initialNoise, kind: 'gaussian' }, 'pepper').level, 0.05);
  });

  it('has levels that can be chosen, in ascending order', () => {
    for (const kind of noiseKinds) {
      const levels = levelsOf(kind);
      assert.deepEqual(
        levels,
        [...levels].sort((a, b) => a - b),
      );
      assert.ok(levels.at(-1) === (kind === 'gaussian' ? mostSigma : mostShare), kind);
      assert.ok(levels[0]! > 0, kind);
    }
  });

  it('is said to be a part of the picture where it is', () => {
    const part = { x: 10, y: 0, width: 1024, height: 900 };
    assert.equal(onSample('PSNR', [undefined, { of: {} }]), 'PSNR');
    assert.match(onSample('PSNR', [undefined, { of: {}, part }]), /^PSNR.*1024×900/);
  });
});

describe('the plan with noise', () => {
  it('pools the noisy picture, by max and average and what is asked for', () => {
    const plan = planOf({ kind: 'pepper', share: 0.1, seed: 5 });
    assert.deepEqual(plan.alteration, { kind: 'pepper', level: 0.1, seed: 5 });
    assert.deepEqual(panesOf(plan, { ...initialState, tab: 'noise' }), ['input', 'max', 'average']);
    const all = planOf({ min: true, median: true });
    assert.deepEqual(operatorsOf(all), ['max', 'average', 'min', 'median']);
    assert.deepEqual(noisyOperators({ min: false, median: true }), ['max', 'average', 'median']);
    // What other frameworks would give is not said here: it is Pool's.
    assert.deepEqual(all.differences, []);
    assert.equal(planOf({}, 'pool').alteration, undefined);
  });

  it('leaves out what is refused beside max and average, and says why', () => {
    const knobs = { ...defaultKnobs, kernel: [33, 32] } as const;
    const wide = pictureInfo({ width: 80, height: 80 });
    const choices = { ...initialState, tab: 'noise', noise: { ...initialNoise, median: true } };
    const plan = makePlan(choices, knobs, wide);
    assert.deepEqual(operatorsOf(plan), ['max', 'average']);
    assert.deepEqual(
      plan.leftOut?.map(({ operator }) => operator),
      ['median'],
    );
    assert.match(plan.leftOut![0]!.why, /33×32/);
    assert.equal(makePlan(choices, defaultKnobs, wide).leftOut, undefined);
    assert.throws(() => makePlan(choices, { ...knobs, kernel: [81, 1] }, wide), PoolError);
  });

  it('has other pictures at another level, but the one without noise', () => {
    const [a, b] = [planOf({ share: 0.1 }), planOf({ share: 0.2 })];
    for (const pane of ['input', 'max', 'median'] as const) assert.notDeepEqual(madeOf(pane, a), madeOf(pane, b), pane);
    for (const pane of ['before.input', 'before.max'] as const)
      assert.deepEqual(madeOf(pane, a), madeOf(pane, b), pane);
    // Without noise the input follows from its view alone.
    assert.deepEqual(madeOf('before.input', a), madeOf('input', planOf({}, 'pool')));
    assert.deepEqual(madeOf('before.max', a), madeOf('max', planOf({}, 'pool')));
    assert.equal(baseOf('before.input', null), 'input');
    assert.equal(baseOf('before.max', null), 'max');
    for (const pane of ['before.input', 'max'] as const) assert.deepEqual(lagOf(pane, a), { x: 0, y: 0 });
  });
});

describe('the saved state of noise', () => {
  const parsed = (noise: object) => parseState({ noise }).noise;

  it('falls back where a number is out of range', () => {
    for (const wrong of [
      ...[-0.01, mostShare + 0.01, Number.NaN, '0.1'].map(share => ({ share })),
      ...[-1, mostSigma + 1, null].map(sigma => ({ sigma })),
      ...[-1, 0.5, 2 ** 32].map(seed => ({ seed })),
      { kind: 'blur' },
      { perChannel: 1, min: 'yes', median: null },
    ]) {
      assert.deepEqual(parsed(wrong), initialNoise, JSON.stringify(wrong));
    }
  });

  it('keeps the ends of the ranges', () => {
    const ends = { share: mostShare, sigma: 0, seed: 2 ** 32 - 1 };
    assert.deepEqual(parsed(ends), { ...initialNoise, ...ends });
    assert.equal(parsed({ sigma: mostSigma }).sigma, mostSigma);
  });
});

describe('reset in Noise', () => {
  const after = (events: readonly PageEvent[], state: PageState = initialPage(undefined)) =>
    events.reduce((before, event) => reduce(before, event, () => ''), state);
  const choose = (part: Partial<SavedState>): PageEvent => ({ type: 'chosen', part });
  const begun = after([
    { type: 'hello', name: 'a.jpg', defaults: {} },
    { type: 'opened', info },
  ]);

  it('puts back the noise, and leaves what other views show', () => {
    const shift = { ...initialState.shift, dx: 7 };
    const stack = { ...initialState.stack, layers: initialState.stack.layers.slice(1) };
    const chosen = choose({ shift, stack, operators: ['min'], noise: { ...initialNoise, share: 0.4 }, tab: 'noise' });
    const changed = after([chosen], begun);
    assert.equal(isAtDefaults(changed), false);
    const { saved } = after([{ type: 'reset' }], changed);
    assert.deepEqual(saved, { ...initialState, tab: 'noise', shift, stack, operators: ['min'] });
    assert.equal(isAtDefaults(after([{ type: 'reset' }], changed)), true);
    // In another view the noise stays.
    const elsewhere = after([choose({ tab: 'pool' }), { type: 'reset' }], changed);
    assert.deepEqual([elsewhere.saved.noise.share, elsewhere.saved.operators], [0.4, initialState.operators]);
  });

  it('follows each turn of the level, and keeps the plan where nothing turns', () => {
    const inNoise = after([choose({ tab: 'noise' })], begun);
    const turned = after([choose({ noise: { ...initialNoise, share: 0.2 } })], inNoise);
    assert.deepEqual(openIn(turned)?.plan.alteration, { ...salt, level: 0.2 });
    // σ is not the salt's.
    const same = after([choose({ noise: { ...initialNoise, share: 0.2, sigma: 3 } })], turned);
    assert.equal(openIn(same)?.plan, openIn(turned)?.plan);
  });
});
