/** What the page says about a pooling. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { inspect, readWindow } from '../../../src/core/inspect';
import { firstOperators, type OperatorName } from '../../../src/core/operators';
import { type PlannedLayer, planLayer } from '../../../src/core/plan';
import type { Tensor } from '../../../src/core/tensor';
import { arithmeticOf } from '../../../src/webview/arithmetic';
import { blurTaps, blurText } from '../../../src/webview/blur';
import { callLine, probeOf, settingLine, tensorLine } from '../../../src/webview/captions';
import { describePooling } from '../../../src/webview/description';
import { factsOf, formulasOf } from '../../../src/webview/facts';
import { autoPadNote, hintsOf, hintText } from '../../../src/webview/hint';
import { spreadOf } from '../../../src/webview/histograms';
import { haveOneWindow } from '../../../src/webview/inspector';
import { defaultKnobs, type PageKnobs } from '../../../src/webview/knobs';
import { lastLayers, makePlan, type Plan } from '../../../src/webview/plan';
import { initialState } from '../../../src/webview/savedState';
import { journeyText } from '../../../src/webview/shapes';
import { filledRules, wholeText } from '../../../src/webview/windowRule';
import { pictureInfo } from '../../pictureInfo';

const mountain = pictureInfo();
const resnet = {
  kernel: [3, 3],
  stride: [2, 2],
  padding: { top: 1, bottom: 1, left: 1, right: 1 },
} as const satisfies Partial<PageKnobs>;

function planOf(
  knobs: Partial<PageKnobs> = {},
  info = mountain,
  operators: readonly OperatorName[] = firstOperators,
): Plan {
  return makePlan({ ...initialState, operators }, { ...defaultKnobs, ...knobs }, info);
}

describe('facts', () => {
  it('say what is kept, and that pooling has no weights and keeps the channels', () => {
    assert.deepEqual(factsOf(planOf()), [
      'keeps 25 % of the values',
      '3 channels, unchanged',
      '0 parameters',
      'windows do not overlap',
    ]);
  });

  it('count one row as one, and leave out what is zero', () => {
    const unused = (width: number, height: number) =>
      factsOf(planOf({}, { ...mountain, width, height })).find(text => text.includes('unused'));
    assert.equal(unused(21, 11), '1 row and 1 column unused');
    assert.equal(unused(20, 11), '1 row unused');
    assert.equal(unused(20, 10), undefined);
    assert.equal(factsOf(planOf({ kernel: [5, 5] }, { ...mountain, width: 13, height: 10 }))[3], '3 columns unused');
  });

  it('say which pooling they are about where dilation makes them differ', () => {
    const plan = planOf({ ...resnet, dilation: [2, 2] });
    assert.deepEqual(
      formulasOf(plan).map(({ axis, of }) => `${axis} ${of}`),
      ['H Max', 'H Average', 'W Max', 'W Average'],
    );
    assert.deepEqual(factsOf(plan).slice(0, 2), [
      'Max: keeps 24.9 % of the values',
      'Average: keeps 25 % of the values',
    ]);
    assert.equal(haveOneWindow(plan), false);
    assert.equal(haveOneWindow(planOf(resnet)), true);
    assert.equal(journeyText(plan, 255)[2], 'pool Max [1, 3, 349, 511], Average [1, 3, 350, 512]');
  });
});

describe('facts about windows that do not follow from kernel and stride', () => {
  const plan = planOf({ outputSize: [7, 7] }, mountain, ['max', 'adaptiveMax', 'adaptiveAverage', 'globalAverage']);

  it('give the rule of adaptive windows, and say of a global one what it covers', () => {
    assert.deepEqual(
      formulasOf(plan).map(({ axis, of, text, rule }) => [`${axis} ${of}`, text, rule]),
      [
        ['H Max', '⌊(700 + 2·0 − 2)/2⌋ + 1 = 350', undefined],
        [
          'H Adaptive max, Adaptive average',
          'output_size = 7',
          'window i: ⌊i·700/7⌋ … ⌈(i + 1)·700/7⌉, its end not included',
        ],
        ['H Global average', '1', 'window over all 700 rows'],
        ['W Max', '⌊(1024 + 2·0 − 2)/2⌋ + 1 = 512', undefined],
        [
          'W Adaptive max, Adaptive average',
          'output_size = 7',
          'window i: ⌊i·1024/7⌋ … ⌈(i + 1)·1024/7⌉, its end not included',
        ],
        ['W Global average', '1', 'window over all 1024 columns'],
      ],
    );
  });

  it('say where windows are uneven, and by how much', () => {
    const uneven = (outputSize: PageKnobs['outputSize']) =>
      factsOf(planOf({ outputSize }, mountain, ['adaptiveMax'])).filter(text => /uneven|overlap/.test(text));
    assert.deepEqual(uneven([7, 7]), ['windows overlap', 'windows are uneven: 147 or 148 wide']);
    assert.deepEqual(uneven([6, 7]), ['windows overlap', 'windows are uneven: 117 or 118 high, 147 or 148 wide']);
    assert.deepEqual(uneven([7, 8]), ['windows do not overlap']);
    // 2.5 pixels a window: all are 3 long.
    const short = { ...mountain, width: 10, height: 10 };
    assert.deepEqual(factsOf(planOf({ outputSize: [4, 4] }, short, ['adaptiveMax'])).slice(-1), ['windows overlap']);
  });

  it('group the shapes of poolings that agree', () => {
    assert.equal(
      journeyText(plan, 255)[2],
      'pool Max [1, 3, 350, 512], Adaptive max, Adaptive average [1, 3, 7, 7], Global average [1, 3, 1, 1]',
    );
  });

  it('are said of an empty output, too', () => {
    const empty = planOf({ outputSize: [0, null] }, mountain, ['adaptiveAverage']);
    assert.equal(tensorLine('adaptiveAverage', empty), '[1, 3, 0, 1024]');
    assert.deepEqual(factsOf(empty).slice(0, 1), ['keeps 0 % of the values']);
    assert.deepEqual(formulasOf(empty)[0], { axis: 'H', text: 'output_size = 0', rule: undefined });
  });
});

describe('the way from file to picture', () => {
  it('names its steps with the axes of their shapes', () => {
    assert.deepEqual(journeyText(planOf(), 255), [
      'file (H, W, C) (700, 1024, 3)',
      'tensor [N, C, H, W] [1, 3, 700, 1024] float32',
      'pool [1, 3, 350, 512]',
      'image (350, 512, 3) uint8',
    ]);
    assert.equal(journeyText(planOf({ framework: 'keras' }), 255)[1], 'tensor (N, H, W, C) (1, 700, 1024, 3) float32');
    assert.equal(journeyText(planOf({}, { ...mountain, channels: 1 }), 65535)[3], 'image (350, 512) uint16');
  });
});

describe('captions', () => {
  it('say the call once and the shape once', () => {
    const plan = planOf(resnet);
    assert.equal(callLine('max', plan), 'MaxPool2d(3, stride=2, padding=1)');
    assert.equal(tensorLine('max', plan), '[1, 3, 350, 512]');
    assert.equal(callLine('input', plan), '(700, 1024, 3)');
    assert.equal(tensorLine('input', plan), '[1, 3, 700, 1024]');
  });

  it('say of the median whose function it is, and its setting, in every framework', () => {
    const written = (knobs: Partial<PageKnobs>) => {
      const { shape, options } = planOf(knobs);
      const layer = planLayer('median', shape, options);
      const plan: Plan = { ...planOf(knobs), branches: [{ operator: 'median', layers: [layer] }] };
      return callLine('median', plan);
    };
    for (const framework of ['pytorch', 'keras', 'onnx'] as const) {
      assert.equal(written({ framework, stride: [2, 2] }), 'np.median, 2×2');
      assert.equal(written({ framework, kernel: [3, 3], stride: [2, 2] }), 'np.median, 3×3 / 2');
    }
    assert.equal(written({ kernel: [3, 3], stride: [2, 2], padding: 'same' }), 'np.median, 3×3 / 2, padding same');
  });

  it('say nothing of settings that a pooling does not take', () => {
    const plan = planOf({ ...resnet, padding: 'same' }, mountain, [
      'average',
      'lp',
      'adaptiveMax',
      'globalMax',
      'maxBlur',
    ]);
    assert.equal(callLine('lp', plan), 'LPPool2d(2, 3, stride=2)');
    assert.equal(callLine('adaptiveMax', plan), 'AdaptiveMaxPool2d(7)');
    assert.equal(callLine('globalMax', plan), 'AdaptiveMaxPool2d(1)');
    assert.equal(callLine('maxBlur', plan), 'MaxPool2d(3, stride=1) → blur(stride=2)');
    assert.equal(settingLine('average', plan), '3×3 / 2, padding same');
    assert.equal(settingLine('adaptiveMax', plan), 'AdaptiveMaxPool2d(7)');
  });

  it('round decimals, which the tooltip has in full, and write row before column', () => {
    const { plan, input } = small({ ...resnet });
    const inspection = inspect(input, lastLayers(plan), { pane: 'average', x: 2, y: 1 });
    assert.deepEqual(probeOf('average', inspection), {
      short: '(1, 2) · 20',
      exact: 'row 1, column 2 · 20',
    });
    const { plan: wide } = small({ kernel: [7, 7], padding: { top: 3, bottom: 3, left: 3, right: 3 } });
    const corner = inspect(input, lastLayers(wide), { pane: 'average', x: 0, y: 0 });
    assert.equal(probeOf('average', corner)?.short, '(0, 0) · 4.41');
    assert.match(probeOf('average', corner)?.exact ?? '', /^row 0, column 0 · 4\.40816/);
  });

  it('list the outputs that use an input pixel', () => {
    const { plan, input } = small(resnet);
    const inspection = inspect(input, lastLayers(plan), { pane: 'input', x: 1, y: 1 });
    assert.equal(probeOf('max', inspection)?.short, 'in 4 windows: (0, 0) (0, 1) (1, 0) (1, 1)');
    const { plan: gapped } = small({ kernel: [2, 2], stride: [3, 3] });
    const unused = inspect(input, lastLayers(gapped), { pane: 'input', x: 2, y: 2 });
    assert.equal(probeOf('max', unused)?.short, 'in no window');
  });
});

describe('the arithmetic', () => {
  const read = (knobs: Partial<PageKnobs>, operator: OperatorName, x: number, y: number, white = 255) => {
    const { plan, input } = small(knobs, [operator]);
    const window = inspect(input, lastLayers(plan), { pane: operator, x, y }).windows[operator]!;
    return arithmeticOf(plan, operator, window, 0, white)!;
  };

  it('writes out a maximum and where it lies', () => {
    assert.deepEqual(read({}, 'max', 1, 1), {
      note: 'largest of 4',
      term: 'max(18, 19, 26, 27)',
      value: '27',
      consequence: 'first at input (3, 3) · flat index 27',
    });
  });

  it('gives a sum of whole numbers in all its digits', () => {
    const { plan } = small({});
    const reading = { kind: 'averaged', sum: 71987279, divisor: 716800, value: 100.4 } as const;
    const window = {
      x: 0,
      y: 0,
      size: [700, 1024],
      inside: 716800,
      rows: [],
      columns: [],
      channels: [reading],
    } as const;
    assert.equal(arithmeticOf(plan, 'average', window, 0, 255)?.term, '71987279 ÷ 716800');
  });

  it('says truncated only where something was cut', () => {
    assert.equal(read({}, 'average', 1, 1).consequence, 'shown as uint8 22 (truncated)');
    assert.equal(read({}, 'average', 1, 1).term, '(18 + 19 + 26 + 27) ÷ 4');
    assert.equal(read({ kernel: [3, 3] }, 'average', 0, 0).consequence, 'shown as uint8 9');
    assert.equal(read({}, 'average', 1, 1, 65535).consequence, 'shown as uint8 0 (÷ 256)');
  });
});

describe('the arithmetic of other poolings', () => {
  const windowOf = (knobs: Partial<PageKnobs>, operator: OperatorName, x: number, y: number) => {
    const { plan, input } = small(knobs, [operator]);
    const [layer] = lastLayers(plan) as [PlannedLayer];
    return { plan, layer, window: inspect(input, [layer], { pane: operator, x, y }).windows[operator]! };
  };
  const read = (knobs: Partial<PageKnobs>, operator: OperatorName, x: number, y: number) => {
    const { plan, window } = windowOf(knobs, operator, x, y);
    return arithmeticOf(plan, operator, window, 0, 255)!;
  };

  it('divides an adaptive average by height and then by width', () => {
    const { note, term, value } = read({ outputSize: [3, 4] }, 'adaptiveAverage', 1, 0);
    assert.equal(term, '(2 + 3 + 10 + 11 + 18 + 19) ÷ 3 ÷ 2');
    assert.equal(value, '10.5');
    assert.equal(note, 'sum ÷ height ÷ width of the window, each time rounded to float32');
    // An output of 1×1 is one division.
    assert.equal(read({ outputSize: [1, 1] }, 'adaptiveAverage', 0, 0).term, '2016 ÷ 64');
    assert.equal(read({ divisorOverride: 3 }, 'globalAverage', 0, 0).note, 'sum ÷ number of values');
  });

  it('fills in the rule of an adaptive window', () => {
    const { layer, window } = windowOf({ outputSize: [3, 4] }, 'adaptiveAverage', 1, 1);
    assert.deepEqual(
      filledRules(layer, window).map(({ name, formula, meaning }) => `${name} ${formula} (${meaning})`),
      [
        'rows ⌊1·8/3⌋ … ⌈2·8/3⌉ = 2 … 6 (6 not included: 4 rows)',
        'columns ⌊1·8/4⌋ … ⌈2·8/4⌉ = 2 … 4 (4 not included: 2 columns)',
      ],
    );
    assert.deepEqual(filledRules(windowOf({}, 'max', 0, 0).layer, { x: 0, y: 0 }), []);
  });

  it('says of a global pooling how many values there are', () => {
    const [layer] = lastLayers(planOf({}, mountain, ['globalMax'])) as [PlannedLayer];
    assert.equal(wholeText(layer), 'all 716,800 values');
    assert.equal(wholeText(windowOf({ outputSize: [1, 1] }, 'adaptiveMax', 0, 0).layer), undefined);
  });

  it('writes out powers and their root, and what ceil_mode scales', () => {
    assert.deepEqual(read({}, 'lp', 1, 1), {
      note: 'root of the sum of 4 powers, p = 2',
      term: '(18² + 19² + 26² + 27²)^(1/2)',
      value: '45.71652',
      consequence: 'shown as uint8 45 (truncated)',
    });
    const ceiled = read({ kernel: [3, 3], ceilMode: true, norm: 3 }, 'lp', 2, 0);
    assert.equal(ceiled.term, '((6³ + 7³ + 14³ + 15³ + 22³ + 23³) · 9/6)^(1/3)');
    assert.match(ceiled.note, /ceil_mode: .* the sum of 6 values is scaled up to 9$/);
    assert.equal(read({ kernel: [4, 4] }, 'lp', 0, 0).term, '4216^(1/2)');
    assert.equal(read({ norm: 1 }, 'lp', 0, 0).term, '0 + 1 + 8 + 9');
    assert.equal(read({ norm: 1.5 }, 'lp', 0, 0).term, '(0^1.5 + 1^1.5 + 8^1.5 + 9^1.5)^(1/1.5)');
    assert.equal(read({ norm: -2 }, 'lp', 1, 1).term, '(18⁻² + 19⁻² + 26⁻² + 27⁻²)^(1/-2)');
  });

  it('writes out the values in order, and the mean of the middle two', () => {
    const of = (knobs: Partial<PageKnobs>, x: number, y: number) => {
      const { plan, input } = small(knobs, []);
      const layer = planLayer('median', input.shape, plan.options);
      const window = readWindow(layer, input, { x, y })!;
      return arithmeticOf({ ...plan, branches: [{ operator: 'median', layers: [layer] }] }, 'median', window, 0, 255)!;
    };
    assert.deepEqual(of({}, 1, 1), {
      note: 'mean of the middle two of 4',
      term: 'median(18, 19, 26, 27) = (19 + 26) ÷ 2',
      value: '22.5',
      consequence: 'shown as uint8 22 (truncated)',
    });
    const odd = of({ kernel: [3, 1] }, 0, 0);
    assert.deepEqual([odd.note, odd.term, odd.value], ['middle one of 3', 'median(0, 8, 16)', '8']);
    assert.equal(of({ kernel: [4, 4] }, 0, 0).term, 'median(16 values) = (11 + 16) ÷ 2');
    const padding = { top: 4, bottom: 4, left: 0, right: 0 };
    const missed = of({ kernel: [2, 1], stride: [1, 1], padding, dilation: [9, 1] }, 0, 3);
    assert.deepEqual([missed.note, missed.term, missed.value], ['the window misses the picture', '', '0']);
  });

  it('says clipped where a value is beyond what a picture can show', () => {
    assert.equal(read({ kernel: [8, 8] }, 'lp', 0, 0).consequence, 'shown as uint8 255 (clipped)');
    assert.equal(read({ divisorOverride: -3 }, 'average', 1, 1).consequence, 'shown as uint8 0 (clipped)');
    assert.equal(read({ divisorOverride: -3 }, 'average', 1, 1).term, '(18 + 19 + 26 + 27) ÷ -3');
  });

  it('weighs the maxima of a blur, and marks those that are reflected', () => {
    const { layer, window } = windowOf({}, 'maxBlur', 0, 1);
    const reading = window.channels[0]!;
    assert.ok(reading.kind === 'blurred');
    const taps = blurTaps(layer, window, reading.maxima);
    assert.deepEqual(
      taps.map(({ isReflected }) => isReflected),
      [true, false, false, true, false, false, true, false, false],
    );
    assert.equal(read({}, 'maxBlur', 0, 1).term, '(18 + 2·17 + 18 + 2·26 + 4·25 + 2·26 + 34 + 2·33 + 34) ÷ 16');
    assert.deepEqual(blurText(taps).slice(1), ['18×1r  17×2  18×1', '26×2r  25×4  26×2', '34×1r  33×2  34×1']);
    // 7 maxima a side: the last window reaches the last of them and the one before it again.
    const end = windowOf({ stride: [1, 1] }, 'maxBlur', 6, 3);
    const last = end.window.channels[0]!;
    assert.ok(last.kind === 'blurred');
    assert.deepEqual(
      blurTaps(end.layer, end.window, last.maxima).map(({ isReflected }) => isReflected),
      [false, false, true, false, false, true, false, false, true],
    );
  });
});

describe('hints', () => {
  const texts = (knobs: Partial<PageKnobs>) => hintsOf(planOf(knobs)).map(hintText);

  it('say which pooling they are about, and both paddings', () => {
    assert.deepEqual(texts(resnet), [
      'Keras, Max: pads 0 before and 1 after; here 1 and 1',
      'Keras, Average: pads 0 before and 1 after; here 1 and 1, does not count padding in the average',
      'ONNX, Average: does not count padding in the average',
    ]);
  });

  it('say why ONNX has pads where a rule was chosen', () => {
    const odd = { ...mountain, width: 5, height: 4 };
    const note = (padding: PageKnobs['padding']) =>
      autoPadNote(planOf({ framework: 'onnx', kernel: [2, 2], stride: [2, 2], padding }, odd));
    assert.match(note('same') ?? '', /^SAME_UPPER is pads=\[0, 0, 0, 1\] for this picture/);
    assert.match(note('sameLower') ?? '', /^SAME_LOWER is pads=\[0, 1, 0, 0\]/);
    assert.equal(note(defaultKnobs.padding), undefined);
  });

  it('say once what is true of several poolings, and each can be shown', () => {
    const [keras] = hintsOf(planOf({ ceilMode: true }, { ...mountain, width: 1023 }));
    assert.deepEqual(
      keras?.found.map(({ kind }) => kind),
      ['max', 'average'],
    );
    assert.equal(
      hintText(keras!),
      'Keras, Max, Average: gives 350 × 511 instead of 350 × 512, has no ceil_mode: the last window is dropped',
    );
  });
});

describe('the description', () => {
  it('has the shapes, the formulas, the window with its arithmetic, and the hints', () => {
    const { plan, input } = small(resnet);
    const inspection = inspect(input, lastLayers(plan), { pane: 'max', x: 0, y: 1 });
    const text = describePooling(plan, inspection, 0, 255).map(lines => lines.join('\n'));
    assert.deepEqual(text[0]?.split('\n'), [
      'PyTorch',
      'Input: (8, 8), [1, 1, 8, 8]',
      'Max: MaxPool2d(3, stride=2, padding=1), [1, 1, 4, 4]',
      'Average: AvgPool2d(3, stride=2, padding=1), [1, 1, 4, 4]',
    ]);
    assert.ok(text[2]?.includes('- H: ⌊(8 + 2·1 − 3)/2⌋ + 1 = 4\n'));
    assert.deepEqual(text[3]?.split('\n'), [
      'Max: window of output row 1, column 0',
      '   -1  0  1',
      ' 1  ·  8  9',
      ' 2  · 16 17',
      ' 3  · 24 25',
      '- Max: largest of 6; max(8, 9, 16, 17, 24, 25) = 25; first at input (3, 1) · flat index 25',
      '- Average: sum ÷ 9: 6 values and 3 of padding; (8 + 9 + 16 + 17 + 24 + 25) ÷ 9 = 11; shown as uint8 11',
    ]);
    assert.ok(text[4]?.includes('- Keras, Max: pads 0 before and 1 after; here 1 and 1\n'));
  });
});

describe('the description of other poolings', () => {
  const pixelOf = (knobs: Partial<PageKnobs>, operator: OperatorName) => {
    const { plan, input } = small(knobs, [operator]);
    return describePooling(plan, inspect(input, lastLayers(plan), { pane: operator, x: 0, y: 0 }), 0, 255)[3];
  };

  it('has an adaptive window’s rule, a blur’s maxima, and a global window’s number of values', () => {
    assert.deepEqual(pixelOf({ outputSize: [3, 4] }, 'adaptiveMax')?.slice(1, 3), [
      'rows ⌊0·8/3⌋ … ⌈1·8/3⌉ = 0 … 3 (3 not included: 3 rows)',
      'columns ⌊0·8/4⌋ … ⌈1·8/4⌉ = 0 … 2 (2 not included: 2 columns)',
    ]);
    assert.equal(pixelOf({}, 'maxBlur')?.[6], 'The 3×3 maxima and their weights (r: reflected at the border)');
    assert.deepEqual(pixelOf({}, 'globalMax'), [
      'Global max: window of output row 0, column 0',
      'all 64 values',
      '- Global max: largest of 64; max(64 values) = 63; first at input (7, 7) · flat index 63',
    ]);
  });
});

describe('a histogram', () => {
  it('has a mean, a least and a most', () => {
    const bins = new Uint32Array(256);
    bins[10] = 3;
    bins[200] = 1;
    assert.deepEqual(spreadOf(bins), { mean: 57.5, least: 10, most: 200 });
  });
});

/** A grey picture of 8 × 8 pixels, each of the value of its index. */
function small(
  knobs: Partial<PageKnobs>,
  operators: readonly OperatorName[] = firstOperators,
): { plan: Plan; input: Tensor } {
  const info = pictureInfo({ width: 8, height: 8, channels: 1 });
  const input: Tensor = { shape: [1, 1, 8, 8], data: Uint8Array.from({ length: 64 }, (_, i) => i) };
  return { plan: planOf(knobs, info, operators), input };
}
