import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

const root = join(import.meta.dirname, '../..');

test('the notices are those of the packages that the bundles hold', () => {
  const made = spawnSync(process.execPath, ['build/notices.mjs'], { cwd: root, encoding: 'utf8' });
  assert.equal(made.status, 0, made.stderr);
  assert.equal(readFileSync(join(root, 'THIRD_PARTY_NOTICES.txt'), 'utf8'), made.stdout, 'run `npm run notices`');
  for (const name of ['lit-html', '@vscode/codicons', '@cwasm/jpeg-turbo']) assert.ok(made.stdout.includes(`${name} `));
  // Clause 2 of libjpeg's licence.
  assert.match(made.stdout, /This software is based in part on the work of the Independent JPEG Group\./);
});
