/** What the page says about a pooling. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { inspect } from '../../../src/core/inspect';
import type { OperatorName } from '../../../src/core/operators';
import type { Tensor } from '../../../src/core/tensor';
import { arithmeticOf } from '../../../src/webview/arithmetic';
import { callLine, probeOf, tensorLine } from '../../../src/webview/captions';
import { describePooling } from '../../../src/webview/description';
import { factsOf, formulasOf } from '../../../src/webview/facts';
import { autoPadNote, hintsOf, hintText } from '../../../src/webview/hint';
import { spreadOf } from '../../../src/webview/histograms';
import { haveOneWindow } from '../../../src/webview/inspector';
import { defaultKnobs, type PageKnobs } from '../../../src/webview/knobs';
import { lastLayers, makePlan, type Plan } from '../../../src/webview/plan';
import { initialState } from '../../../src/webview/savedState';
import { journeyText } from '../../../src/webview/shapes';
import { pictureInfo } from '../../pictureInfo';

const mountain = pictureInfo();
const resnet = {
  kernel: [3, 3],
  stride: [2, 2],
  padding: { top: 1, bottom: 1, left: 1, right: 1 },
} as const satisfies Partial<PageKnobs>;

function planOf(knobs: Partial<PageKnobs> = {}, info = mountain): Plan {
  return makePlan(initialState, { ...defaultKnobs, ...knobs }, info);
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
    const { plan, input } = small(knobs);
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

describe('a histogram', () => {
  it('has a mean, a least and a most', () => {
    const bins = new Uint32Array(256);
    bins[10] = 3;
    bins[200] = 1;
    assert.deepEqual(spreadOf(bins), { mean: 57.5, least: 10, most: 200 });
  });
});

/** A grey picture of 8 × 8 pixels, each of the value of its index. */
function small(knobs: Partial<PageKnobs>): { plan: Plan; input: Tensor } {
  const info = pictureInfo({ width: 8, height: 8, channels: 1 });
  const input: Tensor = { shape: [1, 1, 8, 8], data: Uint8Array.from({ length: 64 }, (_, i) => i) };
  return { plan: planOf(knobs, info), input };
}
