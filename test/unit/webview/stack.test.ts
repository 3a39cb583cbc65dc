import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Framework } from '../../../src/core/options';
import { mostLayers } from '../../../src/core/stack';
import type { Shape } from '../../../src/core/tensor';
import { derivation } from '../../../src/webview/stack/derivation';
import {
  addLayer,
  changeLayer,
  duplicateLayer,
  moveLayer,
  presetStack,
  removeLayer,
  translatedStack,
} from '../../../src/webview/stack/editStack';
import { isIn, layerKinds, newLayer, settingsOf } from '../../../src/webview/stack/layerChoice';
import { initialStack, type StackChoices } from '../../../src/webview/stack/stackChoices';
import { featuresOf, planStackOf, type StackPlan } from '../../../src/webview/stack/stackPlan';
import {
  inputOf,
  layersOf,
  ownLayers,
  type PresetChoice,
  stackPresetNames,
} from '../../../src/webview/stack/stackPresets';
import { endSentence, traceSentences, unseenSentence } from '../../../src/webview/stack/traceText';
import { paddingTyped, pairTyped, parsePadding, parsePair, parseSize } from '../../../src/webview/stack/typedPair';
import { shareText } from '../../../src/webview/words';

const picture: Shape = [1, 3, 700, 1024];

function plan(stack: StackChoices, framework: Framework = 'pytorch', shape = picture): StackPlan {
  const input = stack.size ? ([1, ...stack.size] as unknown as Shape) : shape;
  return planStackOf(stack.layers, framework, input, stack.size === null, () => 'A number is missing.');
}

function network(name: PresetChoice['name'], framework: Framework = 'pytorch'): StackPlan {
  return plan(presetStack(initialStack, { name, part: 'network' }, framework), framework);
}

const parametersOf = ({ stages }: StackPlan) => stages.reduce((sum, { row }) => sum + row.parameters, 0);
const shapeAt = ({ stages }: StackPlan, layer: number) => stages[layer - 1]!.row.shape;

describe('networks', () => {
  it('have the numbers of torchvision and the papers', () => {
    // Linear's inputs, and the parameters of all convolutions, as `sum(p.numel() for p in features.parameters())`.
    const known = {
      lenet: [400, 6 * 25 + 6 + 16 * 6 * 25 + 16],
      alexnet: [9216, 2_469_696],
      vgg16: [25_088, 14_714_688],
      // Main path: the model's 11,176,512 without its fully connected layer, less shortcuts and batch normalization.
      resnet18: [512, 10_994_880],
      mobilenet: [1024, 3_185_088],
    } as const;
    for (const [name, [features, parameters]] of Object.entries(known)) {
      const stack = network(name as keyof typeof known);
      assert.equal(stack.refusal, undefined, name);
      assert.equal(featuresOf(stack), features, name);
      assert.equal(parametersOf(stack), parameters, name);
    }
    assert.equal(featuresOf(network('resnet50')), 2048);
    assert.deepEqual(shapeAt(network('inception'), 2), [1, 32, 28, 28]);
  });

  it('have the receptive fields that are known of them', () => {
    // Araujo, Norris and Sim 2019, table 1: AlexNet 195, VGG-16 212, ResNet's stem 11, MobileNet 315.
    assert.deepEqual(network('alexnet').stages[7]!.row.receptiveField, [195, 195]);
    assert.deepEqual(network('vgg16').stages[17]!.row.receptiveField, [212, 212]);
    assert.deepEqual(network('resnet18').stages[1]!.row.receptiveField, [11, 11]);
    assert.deepEqual(network('mobilenet').stages[26]!.row.receptiveField, [315, 315]);
  });

  it('are legal in every framework, with the same number for the linear layer', () => {
    for (const name of stackPresetNames) {
      for (const framework of ['keras', 'onnx'] as const) {
        for (const part of ['network', 'poolings'] as const) {
          const stack = presetStack(initialStack, { name, part }, framework);
          assert.equal(plan(stack, framework).refusal, undefined, `${name} ${part} in ${framework}`);
        }
      }
      // ONNX has no adaptive pooling: to 1×1 it is a global one, and to the size that is there it is left out.
      if (name !== 'lenet') assert.equal(featuresOf(network(name, 'onnx')), featuresOf(network(name)), name);
    }
    assert.equal(featuresOf(network('vgg16', 'keras')), 25_088);
  });

  it('without convolutions are the poolings alone, on the picture', () => {
    for (const name of stackPresetNames) {
      const preset = { name, part: 'poolings' } as const;
      assert.ok(layersOf(preset).length > 0, name);
      assert.ok(layersOf(preset).every(({ kind }) => kind !== 'conv'));
      assert.equal(inputOf(preset), undefined);
    }
    assert.deepEqual(
      plan(initialStack).stages.map(({ row }) => row.shape),
      [350, 175, 87, 43, 21].map((height, i) => [1, 3, height, 1024 / 2 ** (i + 1)]),
    );
  });
});

describe('a stack', () => {
  it('is planned up to an illegal layer, in its framework’s words', () => {
    const illegal = changeLayer(initialStack, 2, { padding: { top: 2, bottom: 2, left: 2, right: 2 } });
    const { stages, refusal, computed } = plan(illegal);
    assert.deepEqual([stages.length, computed, refusal?.layer], [2, 2, 2]);
    assert.match(refusal!.message, /^pad should be at most half of effective kernel size, but got pad=2/);
    assert.deepEqual(refusal!.about, { option: 'padding', sides: ['top', 'bottom', 'left', 'right'] });
    const empty = plan(changeLayer(initialStack, 1, { kernel: [Number.NaN, 2] }));
    assert.deepEqual([empty.refusal?.layer, empty.refusal?.message], [1, 'A number is missing.']);
    // A number that the layer's kind does not take is not missing.
    const unseen = changeLayer(illegal, 2, { outChannels: Number.NaN });
    assert.equal(plan(unseen).refusal?.message, refusal!.message);
  });

  it('has pictures up to the first convolution, for the picture’s own size only', () => {
    const mixed = { ...initialStack, layers: initialStack.layers.with(2, newLayer(9, 'conv')) };
    assert.equal(plan(mixed).computed, 2);
    assert.match(endSentence(plan(mixed))!, /layer 3 on: what a convolution gives depends on its weights/);
    const typed = plan({ ...initialStack, size: [3, 224, 224] });
    assert.equal(typed.computed, 0);
    assert.equal(endSentence(typed), 'Shapes only: the input is 3 × 224 × 224, not this picture.');
    assert.equal(endSentence(plan(initialStack)), undefined);
    const empty = { ...initialStack, layers: [newLayer(1, 'adaptiveMax', { outputSize: [0, 0] })] };
    assert.match(endSentence(plan(empty))!, /its output is empty/);
    const large = [1, 2, 3, 4, 5, 6, 7, 8].map(id => newLayer(id, 'average', { kernel: [3, 3], stride: [1, 1] }));
    const tooLarge = plan({ ...initialStack, layers: large }, 'pytorch', [1, 3, 3000, 4000]);
    assert.ok(tooLarge.computed > 3 && tooLarge.computed < 8, String(tooLarge.computed));
    assert.match(endSentence(tooLarge)!, /more than a gigabyte/);
  });

  it('keeps the places of the pictures that an illegal layer holds back', () => {
    assert.equal(plan(initialStack).places, 6);
    assert.equal(plan(changeLayer(initialStack, 0, { kernel: [Number.NaN, 2] })).places, 6);
    const mixed = changeLayer(initialStack, 3, { kind: 'conv' });
    assert.equal(plan(mixed).places, 4);
    assert.equal(plan(changeLayer(mixed, 1, { kernel: [0, 0] })).places, 4);
    assert.equal(plan({ ...changeLayer(initialStack, 1, { kernel: [0, 0] }), size: [3, 9, 9] }).places, 1);
  });

  it('says what no pixel of the last stage sees', () => {
    assert.equal(unseenSentence(plan(initialStack)), 'Not seen by any pixel of stage 5: 28 rows of the input.');
    assert.equal(unseenSentence(plan(initialStack, 'pytorch', [1, 1, 64, 64])), undefined);
    const both = plan(initialStack, 'pytorch', [1, 1, 33, 65]);
    assert.equal(unseenSentence(both), 'Not seen by any pixel of stage 5: 1 row and 1 column of the input.');
  });

  it('says what a pixel sees, and which input pixel it is', () => {
    const fields = [
      { x: 608, y: 256, width: 32, height: 32 },
      ...Array.from({ length: 5 }, () => ({ x: 0, y: 0, width: 1, height: 1 })),
    ];
    const origins = [[{ x: 611, y: 270 }], undefined, undefined];
    const traced = {
      place: { pane: 'stage5', x: 19, y: 8 },
      fields,
      trace: { values: [255, 250, 240], origins },
    } as const;
    assert.deepEqual(traceSentences(traced, plan(initialStack), 0), [
      'The pixel of row 8, column 19 of stage 5 is the largest of 32 × 32 = 1,024 input pixels: rows 256 to 287, columns 608 to 639.',
      'In R it is the input pixel of row 270, column 611.',
    ]);
    const nothing = { ...traced, fields: fields.map(() => ({ x: 0, y: 0, width: 0, height: 0 })) };
    assert.deepEqual(traceSentences(nothing, plan(initialStack), 0), [
      'The pixel of row 8, column 19 of stage 5 sees no pixel of the input.',
    ]);
    const averages = changeLayer(initialStack, 3, { kind: 'average' });
    assert.match(traceSentences(traced, plan(averages), 1)[0]!, /sees 32 × 32 = 1,024 input pixels/);
    const grey = plan(
      { ...initialStack, layers: initialStack.layers.map(layer => ({ ...layer, kind: 'min' as const })) },
      'pytorch',
      [1, 1, 700, 1024],
    );
    assert.match(
      traceSentences(traced, grey, 0).join(' '),
      /smallest of .* It is the input pixel of row 270, column 611\./,
    );
  });
});

describe('formulas', () => {
  it('say how a size and the parameters come about', () => {
    const { stages, shape } = network('vgg16');
    assert.deepEqual(derivation(stages[0]!, shape), [
      'H ⌊(224 + 2·1 − 3)/1⌋ + 1 = 224',
      'W ⌊(224 + 2·1 − 3)/1⌋ + 1 = 224',
      '64·3·3·3 + 64 = 1,792',
    ]);
    assert.deepEqual(derivation(stages[2]!, stages[1]!.row.shape), [
      'H ⌊(224 + 2·0 − 2)/2⌋ + 1 = 112',
      'W ⌊(224 + 2·0 − 2)/2⌋ + 1 = 112',
    ]);
    const mobile = network('mobilenet');
    assert.equal(derivation(mobile.stages[1]!, mobile.stages[0]!.row.shape)[2], '32·1·3·3 = 288');
    const keras = network('vgg16', 'keras');
    assert.equal(derivation(keras.stages[0]!, keras.shape)[0], 'H ⌈224/1⌉ = 224');
  });

  it('write a share above one as a factor', () => {
    assert.deepEqual([0.25, 1, 21.333, 1066.7].map(shareText), ['25 %', '100 %', '21.3 ×', '1066.7 ×']);
  });

  it('of layers that stand for several are left out', () => {
    assert.equal(ownLayers({ name: 'resnet50', part: 'network' }), 2);
    assert.equal(ownLayers({ name: 'resnet18', part: 'network' }), Number.POSITIVE_INFINITY);
    assert.equal(ownLayers({ name: 'resnet50', part: 'poolings' }), Number.POSITIVE_INFINITY);
  });
});

describe('layers', () => {
  const ids = ({ layers }: StackChoices) => layers.map(({ id }) => id);

  it('are added, duplicated, moved and removed, and keep their ids', () => {
    assert.deepEqual(ids(addLayer(initialStack)), [1, 2, 3, 4, 5, 6]);
    assert.deepEqual(ids(duplicateLayer(initialStack, 1)), [1, 2, 6, 3, 4, 5]);
    assert.deepEqual(ids(moveLayer(initialStack, 1, -1)), [2, 1, 3, 4, 5]);
    assert.deepEqual(ids(moveLayer(initialStack, 1, 1)), [1, 3, 2, 4, 5]);
    assert.deepEqual(ids(removeLayer(initialStack, 0)), [2, 3, 4, 5]);
    assert.equal(moveLayer(initialStack, 0, -1), initialStack);
    assert.equal(moveLayer(initialStack, 4, 1), initialStack);
    const none = initialStack.layers.reduce(stack => removeLayer(stack, 0), initialStack);
    assert.deepEqual(addLayer(none).layers, [newLayer(1, 'max')]);
  });

  it('are 32 at most', () => {
    let stack = initialStack;
    for (let i = 0; i < 40; i++) stack = addLayer(stack);
    assert.equal(stack.layers.length, mostLayers);
    assert.equal(duplicateLayer(stack, 3), stack);
  });

  it('of a preset are its own until one is changed', () => {
    const vgg = presetStack(initialStack, { name: 'vgg16', part: 'network' }, 'pytorch');
    assert.deepEqual(
      [vgg.preset, vgg.size, vgg.outFeatures],
      [{ name: 'vgg16', part: 'network' }, [3, 224, 224], 4096],
    );
    assert.equal(changeLayer(vgg, 0, { bias: false }).preset, null);
  });

  it('move to Keras with its padding, and back', () => {
    const resnet = presetStack(initialStack, { name: 'resnet18', part: 'network' }, 'pytorch');
    const keras = translatedStack(resnet, 'pytorch', 'keras');
    assert.equal(keras.layers[1]!.padding, 'same');
    assert.deepEqual(shapeAt(plan(keras, 'keras'), 2), [1, 64, 56, 56]);
    assert.equal(featuresOf(plan(keras, 'keras')), 512);
    // A preset stays PyTorch's own, whose convolutions take no 'same' with a stride.
    assert.deepEqual(translatedStack(keras, 'keras', 'pytorch').layers, resnet.layers);
    // So does a stack that is no preset's any more, but for paddings that are not half the kernel.
    const custom = changeLayer(resnet, 0, { dilation: [2, 2] });
    const back = translatedStack(translatedStack(custom, 'pytorch', 'keras'), 'keras', 'pytorch');
    assert.deepEqual(back.layers[0]!.padding, { top: 6, bottom: 6, left: 6, right: 6 });
    assert.equal(plan(back).refusal, undefined);
    assert.deepEqual(shapeAt(plan(back), 1), [1, 64, 112, 112]);
  });

  it('are those that a framework has', () => {
    assert.ok(layerKinds.includes('min') && !layerKinds.includes('median'));
    assert.equal(isIn('median', 'pytorch'), false);
  });

  it('offer the settings that they take', () => {
    assert.deepEqual(settingsOf('lp', 'pytorch'), ['norm', 'kernelSize', 'stride', 'ceilMode']);
    assert.deepEqual(settingsOf('lp', 'onnx'), ['norm', 'kernelSize', 'stride', 'padding', 'dilation', 'ceilMode']);
    assert.deepEqual(settingsOf('average', 'keras'), ['kernelSize', 'stride', 'padding']);
    assert.deepEqual(settingsOf('globalMax', 'pytorch'), []);
    assert.deepEqual(settingsOf('lp', 'keras'), [], 'which has no such layer');
  });
});

describe('typed pairs', () => {
  it('stand for height and width', () => {
    assert.deepEqual(parsePair('3'), [3, 3]);
    for (const text of ['3, 2', '3,2', '3 2', '3×2', '(3, 2)', '[3, 2]', ' 3 x 2 '])
      assert.deepEqual(parsePair(text), [3, 2], text);
    // On the way to a second number the first one stands for both.
    for (const text of ['3,', '3, ', '3 x', '(3,']) assert.deepEqual(parsePair(text), [3, 3], text);
    for (const text of ['', '3, 2, 1', 'a', '3, 2, 1,']) assert.ok(parsePair(text).every(Number.isNaN), text);
    for (const text of [',', ', 3', '3,,']) assert.ok(parsePair(text).some(Number.isNaN), text);
    assert.deepEqual(parsePair('-1'), [-1, -1]);
    assert.equal(pairTyped([3, 3]), '3');
    assert.equal(pairTyped([3, 2]), '3, 2');
  });

  it('stand for an output size with None, or for padding', () => {
    assert.deepEqual(parseSize('7, None'), [7, null]);
    assert.deepEqual(parseSize(''), [null, null]);
    assert.equal(pairTyped([7, null]), '7, None');
    assert.deepEqual(parsePadding('1, 2'), { top: 1, left: 2, bottom: 1, right: 2 });
    assert.deepEqual(parsePadding('1, 2, 3, 4'), { top: 1, left: 2, bottom: 3, right: 4 });
    assert.deepEqual(parsePadding('1,'), { top: 1, left: 1, bottom: 1, right: 1 });
    assert.equal(parsePadding('Same'), 'same');
    assert.ok(Object.values(parsePadding('1, 2, 3')).every(Number.isNaN));
    assert.equal(paddingTyped({ top: 1, left: 2, bottom: 3, right: 4 }), '1, 2, 3, 4');
    assert.equal(paddingTyped('same'), 'same');
  });
});
