import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { failureSentences } from '../../src/channel';
import { differenceSentences } from '../../src/core/differenceText';
import { operators } from '../../src/core/operators';
import type { Operator } from '../../src/core/operators/operator';
import { derivedPanes } from '../../src/core/panes';
import { sentences } from '../../src/decode/error';
import { noteSentences } from '../../src/decode/note';
import { targets } from '../../src/export/targets';
import { samples } from '../../src/host/samples';
import { views } from '../../src/webview/views';

const root = join(import.meta.dirname, '../..');
const read = (file: string) => readFileSync(join(root, file), 'utf8');
const korean: Record<string, string> = JSON.parse(read('l10n/bundle.l10n.ko.json'));

/** Every sentence that goes through `l10n.t` in a folder, and those of DecodeError. */
function sentencesOf(folder: string): string[] {
  const found: string[] = [];
  for (const name of readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })) {
    if (!name.endsWith('.ts')) continue;
    for (const [, , text] of read(join(folder, name)).matchAll(/l10n\.t\(\s*(['"`])(.*?)\1/g)) found.push(text!);
  }
  return found;
}

const decoder = [...Object.values(sentences), ...Object.values(noteSentences)];

/** What the tables of operators, pictures, differences, scripts and samples have to say; names of frameworks are the same in every language. */
const tables = [
  ...Object.values<Operator>(operators).flatMap(({ title, longTitle, sentences }) => [
    title,
    longTitle,
    ...Object.values(sentences ?? {}),
  ]),
  ...Object.values(derivedPanes).flatMap(({ title, legend }) => [title, legend]),
  ...Object.values(failureSentences),
  ...Object.values(differenceSentences),
  ...Object.values(samples),
  ...views.map(({ title }) => title),
  ...Object.values(targets)
    .map(({ title }) => title)
    .filter(title => title.includes(' ')),
];

/** What is filled in, in any order. */
const places = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(([place]) => place).sort();

for (const [world, texts] of [
  ['the host', sentencesOf('src/host')],
  ['the webview', sentencesOf('src/webview')],
  ['the decoder', decoder],
  ['the tables', tables],
] as const) {
  test(`every sentence of ${world} is translated, with the same values filled in`, () => {
    assert.ok(texts.length > 5);
    for (const text of texts) {
      const translated = korean[text];
      assert.ok(translated, `no translation of: ${text}`);
      assert.deepEqual(places(translated), places(text), text);
    }
  });
}

test('no translation is left of a sentence that is gone', () => {
  const used = new Set([...sentencesOf('src/host'), ...sentencesOf('src/webview'), ...decoder, ...tables]);
  assert.deepEqual(
    Object.keys(korean).filter(text => !used.has(text)),
    [],
  );
});

test('every string of the manifest is there in both languages', () => {
  const used = [...read('package.json').matchAll(/"%(.+?)%"/g)].map(([, key]) => key!);
  const wanted = [...new Set(used)].sort();
  assert.ok(wanted.length > 3);
  for (const file of ['package.nls.json', 'package.nls.ko.json']) {
    assert.deepEqual(Object.keys(JSON.parse(read(file))).sort(), wanted, file);
  }
});
