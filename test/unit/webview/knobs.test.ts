import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { frameworkNames, frameworks } from '../../../src/core/frameworks';
import type { Knobs } from '../../../src/core/knobs';
import { firstOperators } from '../../../src/core/operators';
import { noPadding, symmetricPadding } from '../../../src/core/options';
import { planAxes } from '../../../src/core/plan';
import { takes } from '../../../src/core/takes';
import type { Shape } from '../../../src/core/tensor';
import {
  applyPreset,
  defaultKnobs,
  presetGroups,
  presetNames,
  presetOf,
  shownStride,
  translated,
  withFramework,
  withLink,
  withPresetOperator,
} from '../../../src/webview/knobs';

const optionsOf = (knobs: Knobs, shape: Shape) => frameworks[knobs.framework].optionsOf(knobs, shape);

const picture = [700, 1024] as const;

describe('presets', () => {
  it('are recognised again', () => {
    for (const name of presetNames) {
      const shown = withPresetOperator(name, firstOperators);
      assert.equal(presetOf(applyPreset(name, defaultKnobs, picture), shown, picture), name);
    }
    assert.equal(presetOf({ ...defaultKnobs, kernel: [7, 7] }, firstOperators, picture), undefined);
  });

  it('with the same knobs stay the one that was chosen, as long as it matches', () => {
    const densenet = applyPreset('densenet', defaultKnobs, picture);
    assert.deepEqual({ ...densenet, preset: 'vgg' }, applyPreset('vgg', defaultKnobs, picture));
    assert.equal(presetOf(densenet, firstOperators, picture), 'densenet');
    assert.equal(presetOf({ ...densenet, kernel: [3, 3] }, firstOperators, picture), undefined);
    // Without its pooling it is another preset's, or nobody's.
    assert.equal(presetOf(densenet, ['max'], picture), 'vgg');
    assert.equal(presetOf(densenet, ['min'], picture), undefined);
  });

  it('of a network’s head are named only if they were chosen: they say nothing about the windows of the others', () => {
    const shown = ['max', 'adaptiveAverage', 'globalAverage'] as const;
    assert.equal(presetOf({ ...defaultKnobs, kernel: [5, 5] }, shown, picture), undefined);
    const head = applyPreset('vggHead', { ...defaultKnobs, kernel: [5, 5] }, picture);
    assert.equal(presetOf(head, shown, picture), 'vggHead');
    assert.equal(presetOf({ ...head, outputSize: [7, null] }, shown, picture), undefined);
  });

  it('add the pooling that they are about', () => {
    assert.deepEqual(withPresetOperator('squeezenet', ['max', 'lp']), ['max', 'lp', 'globalAverage']);
    assert.deepEqual(withPresetOperator('global', ['lp']), ['lp']);
    assert.deepEqual([...presetGroups().keys()], ['max', 'average', 'adaptiveAverage', 'globalAverage', undefined]);
  });

  it('leave the stride at the kernel until it is touched', () => {
    assert.deepEqual(shownStride({ ...defaultKnobs, kernel: [3, 4] }), [3, 4]);
    assert.deepEqual(shownStride(applyPreset('alexnet', defaultKnobs, [9, 9])), [2, 2]);
  });
});

describe('linking height and width', () => {
  it('makes those equal at once that share a field, so that no field goes while it is typed in', () => {
    const padding = { top: 1, bottom: 1, left: 3, right: 3 };
    const loose = { ...defaultKnobs, linked: false, kernel: [2, 5] as const, padding, dilation: [1, 3] as const };
    const linked = withLink(loose, true);
    assert.deepEqual(linked.padding, symmetricPadding([1, 1]));
    assert.deepEqual(
      [linked.dilation, linked.kernel],
      [
        [1, 1],
        [2, 5],
      ],
    );
    assert.deepEqual(withLink(linked, false), { ...linked, linked: false });
    assert.equal(withLink({ ...loose, padding: 'same' as const }, true).padding, 'same');
  });
});

describe('frameworks', () => {
  const shape = [1, 3, 700, 1024] as const;

  it('bring their own defaults', () => {
    const onnx = withFramework(defaultKnobs, 'onnx');
    assert.deepEqual(shownStride(onnx), [1, 1]);
    assert.equal(optionsOf(onnx, shape).countIncludePad, false);
    assert.equal(optionsOf(withFramework(onnx, 'pytorch'), shape).countIncludePad, true);
  });

  it('drop what they do not have', () => {
    const resnet = applyPreset('resnet', { ...defaultKnobs, dilation: [2, 2], ceilMode: true }, [700, 1024]);
    const keras = withFramework({ ...resnet, dilation: [2, 2], ceilMode: true, divisorOverride: 3 }, 'keras');
    assert.deepEqual(
      [keras.padding, keras.dilation, keras.ceilMode, keras.divisorOverride],
      [noPadding, [1, 1], false, null],
    );
    assert.equal(withFramework({ ...defaultKnobs, padding: 'sameLower' }, 'keras').padding, noPadding);
  });

  it('keep a preset whose padding they do not have, and else their own defaults', () => {
    const resnet = applyPreset('resnet', defaultKnobs, picture);
    assert.equal(translated(resnet, 'keras', firstOperators, picture).padding, 'same');
    assert.equal(presetOf(translated(resnet, 'keras', firstOperators, picture), firstOperators, picture), 'resnet');
    assert.deepEqual(shownStride(translated(defaultKnobs, 'onnx', firstOperators, picture)), [1, 1]);
    const own = { ...resnet, kernel: [5, 5] as const };
    assert.equal(translated(own, 'keras', firstOperators, picture).padding, noPadding);
  });

  it('all plan every preset', () => {
    for (const framework of frameworkNames) {
      for (const name of presetNames) {
        const knobs = applyPreset(name, withFramework(defaultKnobs, framework), [700, 1024]);
        assert.ok(planAxes('max', shape, optionsOf(knobs, shape))[0].output >= 1);
        assert.equal(presetOf(knobs, withPresetOperator(name, firstOperators), picture), name);
      }
    }
  });
});

describe('settings', () => {
  it('are taken if a pooling on the page takes them, in this framework', () => {
    assert.equal(takes('pytorch', ['max', 'average'], 'dilation'), true);
    assert.equal(takes('pytorch', ['average', 'lp'], 'dilation'), false);
    assert.equal(takes('onnx', ['average'], 'dilation'), true);
    assert.equal(takes('pytorch', ['average'], 'divisorOverride'), true);
    assert.equal(takes('onnx', ['average'], 'divisorOverride'), false);
    assert.equal(takes('pytorch', ['max'], 'divisorOverride'), false);
    assert.equal(takes('pytorch', ['lp'], 'padding'), false);
    assert.equal(takes('onnx', ['lp'], 'padding'), true);
    assert.equal(takes('keras', ['average'], 'countIncludePad'), false);
    assert.equal(takes('pytorch', ['adaptiveMax', 'globalMax'], 'kernelSize'), false);
    assert.equal(takes('onnx', ['adaptiveMax', 'globalMax'], 'outputSize'), false);
  });
});
