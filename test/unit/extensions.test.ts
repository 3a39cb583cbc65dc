import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { extensions, isPictureName } from '../../src/decode/extensions';

const { contributes } = JSON.parse(readFileSync(join(import.meta.dirname, '../../package.json'), 'utf8'));
const known: readonly string[] = Object.values(extensions).flat();

test('the editor is offered for the endings of the formats that are decoded', () => {
  const patterns = contributes.customEditors[0].selector.map(
    (each: { filenamePattern: string }) => each.filenamePattern,
  );
  assert.deepEqual(
    patterns,
    known.map(extension => `*.${extension}`),
  );
});

test('menus are, too, in any case, and for nothing else', () => {
  const conditions: string[] = Object.values(contributes.menus as Record<string, { when: string }[]>)
    .flat()
    .map(({ when }) => when)
    .filter(when => when.includes('resourceExtname'));
  assert.equal(conditions.length, 3);
  for (const when of conditions) {
    const [, pattern, flags] = /resourceExtname =~ \/(.*?)\/(\w*)/.exec(when)!;
    const isOffered = (name: string) => new RegExp(pattern!, flags).test(name);
    for (const extension of known) {
      assert.ok(isOffered(`.${extension}`) && isOffered(`.${extension.toUpperCase()}`), `${extension}: ${when}`);
    }
    for (const other of ['', '.gif', '.jp', '.jpeg2000', '.png.txt', '.xpng']) assert.ok(!isOffered(other), other);
  }
});

test('a picture’s name is told by its last ending', () => {
  for (const name of ['a.png', '/b/c.JPG', 'd.e.jfif', 'f.Apng', 'g.jpe']) assert.ok(isPictureName(name), name);
  for (const name of ['png', 'a.gif', 'a.png.txt', 'a.png/b', '']) assert.ok(!isPictureName(name), name);
});
