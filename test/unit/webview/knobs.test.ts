import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { frameworkNames, frameworks } from '../../../src/core/frameworks';
import type { Knobs } from '../../../src/core/knobs';
import { noPadding, symmetricPadding } from '../../../src/core/options';
import { planAxes } from '../../../src/core/plan';
import type { Shape } from '../../../src/core/tensor';
import {
  applyPreset,
  defaultKnobs,
  presetNames,
  presetOf,
  shownStride,
  translated,
  withFramework,
  withLink,
} from '../../../src/webview/knobs';

const optionsOf = (knobs: Knobs, shape: Shape) => frameworks[knobs.framework].optionsOf(knobs, shape);

describe('presets', () => {
  it('are recognised again', () => {
    for (const name of presetNames) {
      assert.equal(presetOf(applyPreset(name, defaultKnobs, [700, 1024]), [700, 1024]), name);
    }
    assert.equal(presetOf({ ...defaultKnobs, kernel: [7, 7] }, [700, 1024]), undefined);
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
    const keras = withFramework({ ...resnet, dilation: [2, 2], ceilMode: true }, 'keras');
    assert.deepEqual([keras.padding, keras.dilation, keras.ceilMode], [noPadding, [1, 1], false]);
    assert.equal(withFramework({ ...defaultKnobs, padding: 'sameLower' }, 'keras').padding, noPadding);
  });

  it('keep a preset whose padding they do not have, and else their own defaults', () => {
    const picture = [700, 1024] as const;
    const resnet = applyPreset('resnet', defaultKnobs, picture);
    assert.equal(translated(resnet, 'keras', picture).padding, 'same');
    assert.equal(presetOf(translated(resnet, 'keras', picture), picture), 'resnet');
    assert.deepEqual(shownStride(translated(defaultKnobs, 'onnx', picture)), [1, 1]);
    const own = { ...resnet, kernel: [5, 5] as const };
    assert.equal(translated(own, 'keras', picture).padding, noPadding);
  });

  it('all plan every preset', () => {
    for (const framework of frameworkNames) {
      for (const name of presetNames) {
        const knobs = applyPreset(name, withFramework(defaultKnobs, framework), [700, 1024]);
        assert.ok(planAxes('max', shape, optionsOf(knobs, shape))[0].output >= 1);
        assert.equal(presetOf(knobs, [700, 1024]), name);
      }
    }
  });
});
