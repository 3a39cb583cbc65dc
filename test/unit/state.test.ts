import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { noPadding } from '../../src/core/options';
import { planAxes } from '../../src/core/window';
import {
  applyPreset,
  defaultKnobs,
  poolOptions,
  presetNames,
  presetOf,
  strideOf,
  withFramework,
} from '../../src/webview/knobs';
import { initialState, parseState, type State } from '../../src/webview/state';
import { Turn } from '../../src/webview/turn';

describe('saved state', () => {
  it('comes back as it was saved', () => {
    const state: State = {
      knobs: {
        ...defaultKnobs,
        framework: 'onnx',
        kernel: [3, 5],
        linked: false,
        stride: [2, 1],
        padding: { top: 1, bottom: 2, left: 0, right: 1 },
        dilation: [2, 2],
        ceilMode: true,
        countIncludePad: false,
      },
      mode: 'grey',
      orient: false,
      view: { scale: 3, x: 10, y: 20 },
      sizing: 'relative',
      channel: 2,
      numbers: true,
      folded: true,
      pin: { pane: 'max', x: 3, y: 4 },
      display: 1,
      extras: ['difference', 'argmax'],
      histograms: true,
      against: { framework: 'keras', kind: 'average' },
    };
    assert.deepEqual(parseState(JSON.parse(JSON.stringify(state))), state);
  });

  it('falls back to the first view for anything else', () => {
    const hostile = [
      undefined,
      null,
      1,
      'x',
      [],
      { knobs: 7, view: 'no' },
      {
        knobs: {
          kernel: ['a', {}],
          stride: [1],
          padding: 'SAME',
          dilation: null,
          ceilMode: 1,
          countIncludePad: 'true',
        },
      },
      { mode: 'toString', orient: 0, view: { scale: -1, x: null, y: '3' }, sizing: '__proto__' },
      { extras: ['mask', 7], histograms: 1, display: 'some', against: { framework: 'caffe', kind: 'max' } },
      { knobs: { framework: 'caffe', padding: { top: 1 } } },
      { channel: 7, numbers: 'yes', folded: 1, pin: { pane: 'max', x: 1.5, y: null } },
    ];
    for (const saved of hostile) assert.deepEqual(parseState(saved), initialState);
  });
});

describe('presets', () => {
  it('are recognised again', () => {
    for (const name of presetNames) {
      assert.equal(presetOf(applyPreset(name, defaultKnobs, [700, 1024]), [700, 1024]), name);
    }
    assert.equal(presetOf({ ...defaultKnobs, kernel: [7, 7] }, [700, 1024]), undefined);
  });

  it('leave the stride at the kernel until it is touched', () => {
    assert.deepEqual(strideOf({ ...defaultKnobs, kernel: [3, 4] }), [3, 4]);
    assert.deepEqual(strideOf(applyPreset('alexnet', defaultKnobs, [9, 9])), [2, 2]);
  });
});

describe('frameworks', () => {
  const shape = [1, 3, 700, 1024] as const;

  it('bring their own defaults', () => {
    const onnx = withFramework(defaultKnobs, 'onnx');
    assert.deepEqual(strideOf(onnx), [1, 1]);
    assert.equal(poolOptions(onnx, shape).countIncludePad, false);
    assert.equal(poolOptions(withFramework(onnx, 'pytorch'), shape).countIncludePad, true);
  });

  it('drop what they do not have', () => {
    const resnet = applyPreset('resnet', { ...defaultKnobs, dilation: [2, 2], ceilMode: true }, [700, 1024]);
    const keras = withFramework({ ...resnet, dilation: [2, 2], ceilMode: true }, 'keras');
    assert.deepEqual([keras.padding, keras.dilation, keras.ceilMode], [noPadding, [1, 1], false]);
    assert.equal(withFramework({ ...defaultKnobs, padding: 'sameLower' }, 'keras').padding, noPadding);
  });

  it('all plan every preset', () => {
    for (const framework of ['pytorch', 'keras', 'onnx'] as const) {
      for (const name of presetNames) {
        const knobs = applyPreset(name, withFramework(defaultKnobs, framework), [700, 1024]);
        assert.ok(planAxes('max', shape, poolOptions(knobs, shape))[0].output >= 1);
        assert.equal(presetOf(knobs, [700, 1024]), name);
      }
    }
  });
});

describe('turn', () => {
  it('lets one request out at a time and takes only its answer', () => {
    const turn = new Turn();
    const first = turn.take()!;
    assert.equal(turn.take(), undefined);
    assert.equal(turn.end(first + 1), false);
    assert.equal(turn.end(first), true);
    assert.equal(turn.end(first), false);
    const second = turn.take()!;
    turn.reset();
    assert.equal(turn.end(second), false);
    assert.ok(turn.take()! > second);
  });
});
