import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { maxPixelsOf, megapixels } from '../../../src/host/limit';

test('the bounds are those that the settings editor knows', () => {
  const manifest = JSON.parse(readFileSync(join(import.meta.dirname, '../../../package.json'), 'utf8'));
  const setting = manifest.contributes.configuration.properties['poolingPreview.maxMegapixels'];
  assert.deepEqual(megapixels, { least: setting.minimum, most: setting.maximum, usual: setting.default });
});

test('there is a limit whatever settings.json holds', () => {
  assert.equal(maxPixelsOf(12.5), 12_500_000);
  assert.equal(maxPixelsOf(1e9), 500_000_000);
  assert.equal(maxPixelsOf(-1), 1_000_000);
  for (const bad of ['200', null, undefined, [200], {}, Number.NaN]) assert.equal(maxPixelsOf(bad), 100_000_000);
});
