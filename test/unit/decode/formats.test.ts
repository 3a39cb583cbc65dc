import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import {
  extensions,
  type FormatName,
  formatNames,
  formats,
  hasUsualName,
  isPictureName,
} from '../../../src/decode/formats';

const text = readFileSync(join(import.meta.dirname, '../../../package.json'), 'utf8');
const { contributes } = JSON.parse(text);

test('the editor is offered for the extensions of the formats that are decoded', () => {
  const patterns = contributes.customEditors[0].selector.map(
    (each: { filenamePattern: string }) => each.filenamePattern,
  );
  assert.deepEqual(
    patterns,
    extensions.map(extension => `*.${extension}`),
  );
});

test('so is every condition on an extension, in any case, and for nothing else', () => {
  const conditions = [...text.matchAll(/resourceExtname =~ \/(.*?)\/(\w*)/g)];
  const named = text.split('resourceExtname').length - 1;
  assert.ok(named > 0 && conditions.length === named, 'each is a regular expression');
  for (const [condition, pattern, flags] of conditions) {
    // As it stands in JSON.
    const expression = new RegExp(JSON.parse(`"${pattern}"`), flags);
    const isOffered = (name: string) => expression.test(name);
    for (const extension of extensions) {
      assert.ok(isOffered(`.${extension}`) && isOffered(`.${extension.toUpperCase()}`), `${extension}: ${condition}`);
    }
    for (const other of ['', '.gif', '.jp', '.jpeg2000', '.png.txt', '.xpng']) assert.ok(!isOffered(other), other);
  }
});

test('no two formats share an extension or the beginning of a file', () => {
  assert.equal(new Set(extensions).size, extensions.length);
  const magics: string[] = formatNames.map(name => formats[name].magic);
  for (const magic of magics)
    assert.deepEqual(
      magics.filter(other => other.startsWith(magic)),
      [magic],
    );
});

test('a picture’s name is told by its last extension', () => {
  for (const name of ['a.png', '/b/c.JPG', 'd.e.jfif', 'f.Apng', 'g.jpe']) assert.ok(isPictureName(name), name);
  for (const name of ['png', 'a.gif', 'a.png.txt', 'a.png/b', '']) assert.ok(!isPictureName(name), name);
  const usual = (name: string): FormatName[] => formatNames.filter(format => hasUsualName(name, format));
  assert.deepEqual(usual('a.b.JPE'), ['jpeg']);
  assert.deepEqual(usual('a.apng'), ['png']);
  assert.deepEqual(usual('a.gif'), []);
});
