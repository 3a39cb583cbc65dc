import assert from 'node:assert/strict';
import { test } from 'node:test';
import { frameworkNames } from '../../../src/core/frameworks';
import { initialState } from '../../../src/webview/savedState';
import { showMenu } from '../../../src/webview/showMenu';

/** The texts that a template is filled with, however deep. */
function textsOf(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (Array.isArray(value)) return value.flatMap(textsOf);
  return typeof value === 'object' && value !== null && 'values' in value ? textsOf(value.values) : [];
}

test('the menu lists the poolings of the frameworks, and none that no framework has', () => {
  for (const framework of frameworkNames) {
    const state = {
      ...initialState,
      knobs: { ...initialState.knobs, framework },
      operators: ['max', 'median'] as const,
    };
    const texts = textsOf(showMenu({ state, channels: 3, onChange: () => {} }));
    for (const title of ['Max', 'Min', 'Max then blur']) assert.ok(texts.includes(title), title);
    assert.ok(!texts.includes('Median'));
  }
});
