import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Difference } from '../../../src/core/compare';
import { ceilModeEffect, compareFrameworks, differingPixels, groupDifferences } from '../../../src/core/compare';
import type { OperatorName } from '../../../src/core/operators';
import type { Framework, PoolOptions } from '../../../src/core/options';
import { planAxes } from '../../../src/core/plan';
import { avgPool2d, maxPool2d } from '../../../src/core/pool';
import type { Tensor } from '../../../src/core/tensor';
import type { FrameworkKnobs } from '../../knobs';
import { optionsOf } from '../../knobs';
import { integers } from '../../random';

const shape = [1, 3, 8, 8] as const;

function even(pad: number) {
  return { top: pad, bottom: pad, left: pad, right: pad };
}

function compare(knobs: FrameworkKnobs, kind: OperatorName, size: readonly [number, number] = [8, 8]) {
  const input = [1, 3, ...size] as const;
  const list = compareFrameworks(kind, input, optionsOf(knobs, input));
  return Object.fromEntries(list.map(each => [each.framework, each])) as Partial<Record<Framework, Difference>>;
}

test('the frameworks agree on plain 2×2/2', () => {
  for (const kind of ['max', 'average'] as const) {
    assert.deepEqual(compare({ framework: 'pytorch', kernelSize: [2, 2] }, kind, [7, 9]), {});
    assert.deepEqual(compare({ framework: 'keras', poolSize: [2, 2] }, kind, [7, 9]), {});
  }
});

test("'same' with dilation: ONNX has both, and is not said to lack either", () => {
  const options: PoolOptions = {
    kernelSize: [3, 3],
    stride: [2, 2],
    padding: 'same',
    dilation: [2, 2],
    ceilMode: false,
    countIncludePad: false,
  };
  const onnx = compareFrameworks('max', [1, 3, 20, 20], options).find(({ framework }) => framework === 'onnx');
  assert.equal(onnx, undefined);
});

test("Keras' same and PyTorch's padding=1 have one size but other windows at stride 2 on an even picture", () => {
  const keras: FrameworkKnobs = { framework: 'keras', poolSize: [3, 3], strides: [2, 2], padding: 'same' };
  assert.deepEqual(compare(keras, 'max'), {
    pytorch: {
      framework: 'pytorch',
      options: optionsOf({ framework: 'pytorch', kernelSize: [3, 3], stride: [2, 2], padding: [1, 1] }, shape),
      ours: [4, 4],
      theirs: [4, 4],
      reasons: [
        {
          code: 'padding',
          ours: { top: 0, bottom: 1, left: 0, right: 1 },
          theirs: { top: 1, bottom: 1, left: 1, right: 1 },
        },
      ],
    },
  });
  assert.deepEqual(compare(keras, 'max', [7, 7]), {});
  const pytorch: FrameworkKnobs = { framework: 'pytorch', kernelSize: [3, 3], stride: [2, 2], padding: [1, 1] };
  assert.deepEqual(Object.keys(compare(pytorch, 'max')), ['keras']);
  assert.equal(compare(pytorch, 'max').keras?.options.padding, 'same');
});

test("explicit pads that come to Keras' same are taken for it", () => {
  const upper: FrameworkKnobs = { framework: 'onnx', kernelShape: [3, 3], strides: [2, 2], pads: [0, 0, 1, 1] };
  const { pytorch, keras } = compare(upper, 'max');
  assert.deepEqual(pytorch?.options.padding, even(1));
  assert.equal(keras, undefined);
  const lower = compare({ ...upper, pads: [1, 1, 0, 0] }, 'max');
  assert.equal(lower.keras?.options.padding, 'same');
  // PyTorch's windows begin where SAME_LOWER's do, and its padding after is out of their reach.
  assert.equal(lower.pytorch, undefined);
});

test("another framework's setting does not speak of auto_pad", () => {
  const knobs: FrameworkKnobs = { framework: 'onnx', kernelShape: [3, 3], strides: [2, 2], autoPad: 'SAME_LOWER' };
  const { keras } = compare(knobs, 'max');
  assert.deepEqual(
    keras?.options,
    optionsOf({ framework: 'keras', poolSize: [3, 3], strides: [2, 2], padding: 'same' }, shape),
  );
});

test("Keras' same and PyTorch's padding of half an even kernel differ in size", () => {
  const { pytorch } = compare({ framework: 'keras', poolSize: [2, 2], padding: 'same' }, 'max');
  assert.deepEqual(
    [pytorch?.ours, pytorch?.theirs],
    [
      [4, 4],
      [5, 5],
    ],
  );
});

test('counted padding tells average apart, and only average', () => {
  const knobs: FrameworkKnobs = { framework: 'pytorch', kernelSize: [3, 3], stride: [1, 1], padding: [1, 1] };
  assert.deepEqual(compare(knobs, 'max'), {});
  const { keras, onnx } = compare(knobs, 'average');
  const reasons = [{ code: 'countedPadding', ours: true, theirs: false }];
  assert.deepEqual([keras?.reasons, onnx?.reasons], [reasons, reasons]);
  assert.deepEqual(compare({ ...knobs, countIncludePad: false }, 'average'), {});
});

test('ceil_mode adds a row and a column that Keras has not', () => {
  const knobs: FrameworkKnobs = { framework: 'pytorch', kernelSize: [2, 2], ceilMode: true };
  const { keras, onnx } = compare(knobs, 'max', [7, 8]);
  assert.equal(onnx, undefined);
  assert.deepEqual(keras?.reasons, [{ code: 'ceilMode', rows: 1, columns: 0 }]);
  assert.deepEqual(
    [keras?.ours, keras?.theirs],
    [
      [4, 4],
      [3, 4],
    ],
  );
});

test('ceil_mode: no window more, one more, or one that is dropped again', () => {
  const effect = (height: number, kernel: number, stride: number, pad: number) => {
    const knobs: FrameworkKnobs = {
      framework: 'pytorch',
      kernelSize: [kernel, kernel],
      stride: [stride, stride],
      padding: [pad, pad],
      ceilMode: true,
    };
    const options = optionsOf(knobs, [1, 1, height, height]);
    return ceilModeEffect(planAxes('max', [1, 1, height, height], options)[0], options);
  };
  assert.equal(effect(6, 2, 2, 0), 'none');
  assert.equal(effect(5, 2, 2, 0), 'added');
  assert.equal(effect(5, 3, 3, 1), 'dropped');
});

test('what the other lacks is named, and its refusal is told', () => {
  const dilated = compare({ framework: 'pytorch', kernelSize: [2, 2], dilation: [2, 2] }, 'max');
  assert.deepEqual(dilated.keras?.reasons, [{ code: 'dilation' }]);
  assert.equal(dilated.onnx, undefined);
  const divisor = compare({ framework: 'pytorch', kernelSize: [2, 2], divisorOverride: 3 }, 'average');
  assert.deepEqual(divisor.keras?.reasons, [{ code: 'divisorOverride' }]);
  const wide = compare({ framework: 'onnx', kernelShape: [3, 3], pads: [2, 2, 2, 2] }, 'max');
  assert.equal(
    wide.pytorch?.refusal,
    'pad should be at most half of effective kernel size, but got pad=2, kernel_size=3 and dilation=1',
  );
  assert.equal(wide.pytorch?.theirs, undefined);
});

test("PyTorch's dilation is max's: the average's differences are those of its own windows", () => {
  const dilated: FrameworkKnobs = { framework: 'pytorch', kernelSize: [2, 2], dilation: [2, 2] };
  const max = compare(dilated, 'max').keras;
  assert.deepEqual([max?.ours, max?.theirs, max?.reasons], [[3, 3], [4, 4], [{ code: 'dilation' }]]);
  assert.deepEqual(compare(dilated, 'average'), {});
  const padded: FrameworkKnobs = { ...dilated, kernelSize: [3, 3], stride: [1, 1], padding: [1, 1] };
  const counted = [{ code: 'countedPadding', ours: true, theirs: false }];
  const { keras, onnx } = compare(padded, 'average');
  assert.deepEqual([keras?.ours, keras?.reasons, onnx?.ours, onnx?.reasons], [[8, 8], counted, [8, 8], counted]);
  // Pooling with the counterpart's options gives its picture, so they have no dilation either.
  assert.deepEqual(onnx?.options.dilation, [1, 1]);
  // ONNX's average takes a dilation, which the others' averages do not have.
  const { pytorch } = compare({ framework: 'onnx', kernelShape: [2, 2], dilations: [2, 2] }, 'average');
  assert.deepEqual(pytorch?.reasons, [{ code: 'dilation' }]);
});

test('differences that the same words describe are grouped, each with its own options', () => {
  const list = (knobs: FrameworkKnobs) =>
    groupDifferences(
      (['max', 'average', 'min'] as const).flatMap(kind =>
        compareFrameworks(kind, shape, optionsOf(knobs, shape)).map(difference => ({ ...difference, kind })),
      ),
    );
  const named = (knobs: FrameworkKnobs) =>
    list(knobs).map(group => group.map(each => `${each.framework} ${each.kind}`));
  const pytorch: FrameworkKnobs = { framework: 'pytorch', kernelSize: [3, 3], stride: [2, 2], padding: [1, 1] };
  // All pad elsewhere, and the average counts its padding besides.
  assert.deepEqual(named(pytorch), [['keras max', 'keras min'], ['keras average'], ['onnx average']]);
  assert.deepEqual(named({ ...pytorch, countIncludePad: false }), [['keras max', 'keras average', 'keras min']]);
  // A refusal groups by its words, which name no operator here.
  const wide: FrameworkKnobs = { framework: 'onnx', kernelShape: [3, 3], pads: [2, 2, 2, 2] };
  assert.deepEqual(named(wide), [['pytorch max', 'pytorch average', 'pytorch min']]);
  // Other sizes are another group, and so are other reasons.
  const dilated: FrameworkKnobs = { framework: 'pytorch', kernelSize: [2, 2], dilation: [2, 2], divisorOverride: 3 };
  assert.deepEqual(named(dilated), [['keras max', 'keras min'], ['keras average'], ['onnx average']]);
  const [first] = list(pytorch)[0]!;
  assert.equal(first.options.padding, 'same');
  assert.deepEqual(groupDifferences([]), []);
});

test('nothing in Keras looks like a padding of neither 0 nor half the kernel', () => {
  const knobs: FrameworkKnobs = { framework: 'pytorch', kernelSize: [7, 7], stride: [2, 2], padding: [1, 1] };
  assert.equal(compare(knobs, 'max').keras, undefined);
});

test('a comparison is of numbers: where none is reported the pictures are equal, where one is they can differ', () => {
  const below = integers(7);
  const int = (low: number, high: number) => low + below(high - low + 1);
  let reported = 0;
  let silent = 0;
  for (let round = 0; round < 600; round++) {
    const input: Tensor = { shape: [1, 1, int(4, 11), int(4, 11)], data: new Uint8Array(0) };
    const data = Uint8Array.from({ length: input.shape[2] * input.shape[3] }, (_, i) => ((i * 89) % 251) + 1);
    const tensor: Tensor = { shape: input.shape, data };
    const k = int(1, 4);
    const stride = [int(1, 3), int(1, 3)] as const;
    const choices: FrameworkKnobs[] = [
      {
        framework: 'pytorch',
        kernelSize: [k, k],
        stride,
        padding: [int(0, k >> 1), k >> 1],
        ceilMode: int(0, 1) === 1,
      },
      { framework: 'keras', poolSize: [k, k], strides: stride, padding: int(0, 1) ? 'same' : 'valid' },
      { framework: 'onnx', kernelShape: [k, k], strides: stride, autoPad: int(0, 1) ? 'SAME_UPPER' : 'SAME_LOWER' },
    ];
    const knobs = choices[int(0, 2)]!;
    const options = optionsOf(knobs, tensor.shape);
    // Averages of varied pixels tell any two sets of pixels or divisors apart.
    const ours = avgPool2d(tensor, options).output;
    const differences = compareFrameworks('average', tensor.shape, options);
    for (const difference of differences) {
      if (difference.refusal !== undefined) continue;
      const theirs = avgPool2d(tensor, difference.options).output;
      assert.deepEqual(theirs.shape.slice(2), difference.theirs);
      assert.ok(
        differingPixels(ours, theirs).count > 0 || theirs.data.length > ours.data.length,
        JSON.stringify({ knobs, difference }),
      );
      assert.ok(difference.reasons.length > 0, JSON.stringify({ knobs, difference }));
      reported++;
    }
    if (knobs.framework === 'keras' && !differences.some(each => each.framework === 'onnx')) {
      const onnx = optionsOf(
        {
          framework: 'onnx',
          kernelShape: [k, k],
          strides: stride,
          autoPad: knobs.padding === 'same' ? 'SAME_UPPER' : 'VALID',
        },
        tensor.shape,
      );
      assert.equal(differingPixels(ours, avgPool2d(tensor, onnx).output).count, 0);
      silent++;
    }
  }
  assert.ok(reported > 100 && silent > 100, `${reported} reported, ${silent} silent`);
});

test('the mask marks pixels that differ in any channel, and pixels that the other lacks', () => {
  const ours: Tensor = { shape: [1, 2, 2, 2], data: Float32Array.of(1, 2, 3, 4, 5, 6, Number.NaN, 8) };
  const theirs: Tensor = { shape: [1, 2, 2, 1], data: Float32Array.of(1, 2, 5, 7) };
  assert.deepEqual(differingPixels(ours, theirs), { mask: Uint8Array.of(0, 1, 1, 1), count: 3 });
  assert.deepEqual(differingPixels(ours, ours).count, 0);
  assert.throws(() => differingPixels(ours, { shape: [1, 1, 1, 1], data: new Float32Array(1) }), RangeError);
});

test('the mask of Keras same against PyTorch padding is where the maxima differ', () => {
  const tensor: Tensor = { shape: [1, 1, 1, 8], data: Uint8Array.of(9, 1, 2, 3, 4, 5, 6, 7) };
  const keras = optionsOf({ framework: 'keras', poolSize: [1, 3], strides: [1, 2], padding: 'same' }, tensor.shape);
  const [difference] = compareFrameworks('max', tensor.shape, keras);
  const { mask } = differingPixels(maxPool2d(tensor, keras).output, maxPool2d(tensor, difference!.options).output);
  // Keras: 9 4 6 7 from columns 0–2, 2–4, 4–6, 6–7; PyTorch: 9 3 5 7 from columns 0–1, 1–3, 3–5, 5–7.
  assert.deepEqual(mask, Uint8Array.of(0, 1, 1, 0));
});
