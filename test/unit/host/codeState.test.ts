import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { isPooling, type Layer, optionsOf } from '../../../src/core/layer';
import { operatorNames } from '../../../src/core/operators';
import { planLayer } from '../../../src/core/plan';
import { stateOfCall, stateOfStack } from '../../../src/host/lens/codeState';
import { findPoolingCalls } from '../../../src/python/find';
import { initialPage, openIn, type PageEvent, reduce } from '../../../src/webview/page';
import { pictureInfo } from '../../pictureInfo';

const info = pictureInfo({ width: 40, height: 30 });

/** The page that has taken settings, after one that has shown something else. */
function pageWith(settings: unknown) {
  const events: PageEvent[] = [
    { type: 'hello', name: 'a.png', defaults: {} },
    { type: 'opened', info },
    { type: 'chosen', part: { operators: ['min'], extras: ['difference'] } },
    { type: 'settings', state: settings },
  ];
  const page = events.reduce((state, event) => reduce(state, event, () => 'missing'), initialPage(undefined));
  const picture = openIn(page);
  assert.ok(picture);
  return { page, ...picture };
}

const calls = [
  'nn.MaxPool2d(2)',
  'nn.MaxPool2d(3, stride=2, padding=1)',
  'nn.MaxPool2d((3, 2), (2, 1), (1, 0), 2, ceil_mode=True)',
  'nn.AvgPool2d(3, 2, 1, True, False)',
  'nn.AvgPool2d(2, divisor_override=3)',
  'nn.LPPool2d(3, 2, stride=1)',
  'nn.AdaptiveAvgPool2d((5, None))',
  'nn.AdaptiveMaxPool2d(4)',
  'F.max_pool2d(x, 2)',
  'layers.MaxPooling2D()',
  'layers.AveragePooling2D(3, strides=2, padding="same")',
  'layers.GlobalAveragePooling2D()',
  'layers.AdaptiveMaxPooling2D((4, 3))',
  'tf.nn.avg_pool2d(x, 2, 3, "VALID")',
];

describe('a call in code, shown in a page', () => {
  for (const source of calls) {
    it(`has its settings: ${source}`, () => {
      const [call] = findPoolingCalls(source);
      assert.ok(call?.layer && isPooling(call.layer));
      const { layer } = call;
      const { plan, refusal } = pageWith(stateOfCall(layer, call));
      assert.equal(refusal, undefined);
      const branch = plan.branches.find(({ operator }) => operator === layer.operator);
      const [shown] = branch?.layers ?? [];
      assert.ok(shown, 'its pooling is shown');
      const own = planLayer(layer.operator, plan.shape, optionsOf(layer));
      assert.deepEqual([shown.output, shown.axes], [own.output, own.axes]);
      const { divisorOverride, norm, countIncludePad } = optionsOf(layer);
      if (layer.operator === 'average') assert.equal(shown.options.countIncludePad, countIncludePad);
      assert.deepEqual([shown.options.divisorOverride, shown.options.norm ?? 2], [divisorOverride, norm ?? 2]);
      assert.equal(plan.framework, call.framework);
    });
  }

  it('lets a stride that is not written follow the kernel, and holds one that is', () => {
    const strideOf = (source: string) => {
      const [call] = findPoolingCalls(source);
      assert.ok(call?.layer && isPooling(call.layer));
      return pageWith(stateOfCall(call.layer, call)).page.saved.knobs.stride;
    };
    assert.equal(strideOf('nn.MaxPool2d(3)'), 'default');
    assert.deepEqual(strideOf('nn.MaxPool2d(3, 3)'), [3, 3]);
    assert.deepEqual(strideOf('nn.MaxPool2d(3, 2)'), [2, 2]);
  });

  it('is refused in the words of the framework', () => {
    const [call] = findPoolingCalls('nn.MaxPool2d(2, padding=2)');
    assert.ok(call?.layer && isPooling(call.layer));
    const { refusal } = pageWith(stateOfCall(call.layer, call));
    assert.match(refusal?.message ?? '', /^pad should be at most half of effective kernel size/);
  });

  it('can be of every pooling that a preview shows', () => {
    const found = calls.map(source => findPoolingCalls(source)[0]?.layer?.operator);
    const lacking = operatorNames.filter(name => !found.includes(name));
    // No framework has a call for these three; `GlobalMaxPooling2D` is found like its average.
    assert.deepEqual(lacking, ['min', 'globalMax', 'maxBlur', 'median']);
  });
});

describe('layers in code, shown in a page', () => {
  const pool: Layer = findPoolingCalls('nn.MaxPool2d(3, stride=2, padding=1)')[0]!.layer!;
  const conv: Layer = {
    operator: 'conv',
    framework: 'pytorch',
    outChannels: 6,
    kernelSize: [5, 5],
    stride: [1, 1],
    padding: { top: 0, bottom: 0, left: 0, right: 0 },
    dilation: [1, 1],
    groups: 1,
    bias: true,
  };
  const stack = {
    start: 0,
    end: 9,
    name: 'nn.Sequential',
    framework: 'pytorch',
    beyond: 0,
    omitted: [],
    unknown: [],
  } as const;

  it('are the stack of the page, with their settings', () => {
    const { plan, page } = pageWith(stateOfStack({ ...stack, layers: [conv, pool] }));
    assert.equal(page.saved.tab, 'layers');
    assert.deepEqual(
      plan.stack?.stages.map(({ layer }) => layer.operator),
      ['conv', 'max'],
    );
    assert.deepEqual(plan.stack?.stages[0]?.layer, conv);
    assert.deepEqual(plan.stack?.stages.at(-1)?.row.shape, [1, 6, 13, 18]);
  });
});
