import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { defaultKnobs } from '../../../src/webview/knobs';
import { initialState, parseState, type SavedState } from '../../../src/webview/savedState';
import { newLayer } from '../../../src/webview/stack/layerChoice';

describe('saved state', () => {
  it('comes back as it was saved', () => {
    const state: SavedState = {
      tab: 'pool',
      knobs: {
        ...defaultKnobs,
        framework: 'onnx',
        kernel: [3, 5],
        linked: false,
        preset: 'densenet',
        divisorOverride: -3,
        norm: 1.5,
        outputSize: [7, null],
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
      pin: { pane: 'max', x: 3, y: 4 },
      display: 1,
      operators: ['max', 'lp', 'globalAverage'],
      extras: ['difference', 'argmax'],
      histograms: true,
      against: { framework: 'keras', kind: 'average' },
      dock: 180,
      more: true,
      stack: {
        layers: [newLayer(4, 'lp', { norm: 3 }), newLayer(9, 'conv', { groups: 2, bias: false, padding: 'same' })],
        size: [3, 224, 224],
        outFeatures: 1000,
        preset: { name: 'alexnet', part: 'network' },
        details: 9,
      },
      noise: {
        kind: 'gaussian',
        share: 0.2,
        sigma: 12.5,
        seed: 4_294_967_295,
        perChannel: true,
        min: true,
        median: true,
      },
      shift: { dy: 3, dx: 16, along: 'dy', operators: ['average'] },
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
      {
        operators: 'max',
        extras: ['mask', 'min', 7],
        histograms: 1,
        display: 'some',
        against: { framework: 'caffe', kind: 'max' },
      },
      { knobs: { framework: 'caffe', padding: { top: 1 } } },
      { channel: 7, numbers: 'yes', folded: 1, pin: { pane: 'max', x: 1.5, y: null } },
    ];
    for (const saved of hostile) assert.deepEqual(parseState(saved), initialState);
  });
});
