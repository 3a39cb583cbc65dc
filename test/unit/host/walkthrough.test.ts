import assert from 'node:assert/strict';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { codeCopied, type WalkthroughContext, WalkthroughProgress } from '../../../src/host/walkthrough';
import type { Status } from '../../../src/protocol';
import { base } from '../../options';

const root = join(import.meta.dirname, '../../..');
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const [{ steps }] = manifest.contributes.walkthroughs;

const status: Status = { view: { mode: 'colour', orient: true }, options: base, operators: ['max'], scale: 1 };
const kernel = (size: number): Status => ({ ...status, options: { ...base, kernelSize: [size, size] } });

function doneBy(...told: (Status | undefined)[]): WalkthroughContext[] {
  const done: WalkthroughContext[] = [];
  const progress = new WalkthroughProgress(context => done.push(context));
  for (const each of told) progress.note(each);
  return done;
}

test('the kernel is turned once it differs from the first one', () => {
  assert.deepEqual(doneBy(undefined, kernel(3), { ...kernel(3), scale: 2 }), []);
  assert.deepEqual(doneBy(kernel(3), kernel(2), kernel(3), kernel(4)), ['poolingPreview.kernelTurned']);
});

test('a pixel is shown once there is one', () => {
  const pixel = { ...status, pixel: 'x 3, y 4 · 17' };
  assert.deepEqual(doneBy(status, pixel, pixel), ['poolingPreview.pixelShown']);
});

test('the walkthrough waits for these contexts and for commands that there are', () => {
  const events = steps.flatMap((step: { completionEvents: string[] }) => step.completionEvents);
  assert.deepEqual(events, [
    'onCommand:poolingPreview.openSample',
    ...doneBy(status, { ...kernel(9), pixel: '' }).map(context => `onContext:${context}`),
    `onContext:${codeCopied}`,
  ]);
});

test('its pictures are small and have the colours of the theme', () => {
  for (const { media } of steps) {
    const file = join(root, media.svg);
    assert.ok(statSync(file).size < 8_000, file);
    const svg = readFileSync(file, 'utf8');
    assert.match(svg, /var\(--vscode-foreground\)/);
    // VS Code shows it under a policy that refuses styles.
    assert.doesNotMatch(svg, /style/);
  }
});
