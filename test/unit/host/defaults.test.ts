import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { frameworkNames, frameworks } from '../../../src/core/frameworks';
import { defaultsFrom } from '../../../src/host/defaults';
import { initialState, parseState } from '../../../src/webview/savedState';

const read = (settings: Readonly<Record<string, unknown>>) => defaultsFrom(name => settings[name]);

const manifest = JSON.parse(readFileSync(join(import.meta.dirname, '../../../package.json'), 'utf8'));

const manifestDefaults = {
  framework: 'pytorch',
  kernelSize: 2,
  stride: null,
  mode: 'colour',
  orient: true,
  sizing: 'overlay',
};

test('settings that nobody has changed say nothing, and the page begins as ever', () => {
  assert.deepEqual(read(manifestDefaults), {});
  assert.deepEqual(parseState(read(manifestDefaults)), initialState);
});

test('each setting reaches the state that the page begins with', () => {
  const state = parseState(
    read({ framework: 'onnx', kernelSize: 5, stride: 3, mode: 'grey', orient: false, sizing: 'relative' }),
  );
  assert.deepEqual(state, {
    ...initialState,
    knobs: {
      ...initialState.knobs,
      framework: 'onnx',
      kernel: [5, 5],
      stride: [3, 3],
      countIncludePad: false,
    },
    mode: 'grey',
    orient: false,
    sizing: 'relative',
  });
});

test('the stride stays the framework’s own unless it is set', () => {
  assert.equal(parseState(read({ ...manifestDefaults, kernelSize: 4 })).knobs.stride, initialState.knobs.stride);
});

test('what settings.json can hold and the settings editor would refuse is left out', () => {
  for (const bad of ['3', 0, -1, 2.5, null, [2, 2], {}, Number.NaN, true]) {
    assert.deepEqual(read({ framework: bad, kernelSize: bad, stride: bad, mode: bad, sizing: bad }), {});
  }
});

test('the setting offers the frameworks of the table, by their titles', () => {
  const setting = manifest.contributes.configuration.properties['poolingPreview.framework'];
  assert.deepEqual(setting.enum, frameworkNames);
  assert.deepEqual(
    setting.enumItemLabels,
    frameworkNames.map(name => frameworks[name].title),
  );
});
