import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readCells } from '../../../src/python/find';

const call = 'nn.MaxPool2d(2)';
const deep = 10_000;
const megabyte = 1_000_000;

function times(text: string, length: number): string {
  return text.repeat(Math.ceil(length / text.length));
}

function lines(count: number, line: (i: number) => string): string {
  return Array.from({ length: count }, (_, i) => line(i)).join('\n');
}

/** A source, and how many calls are found in it; null where that depends on how deep the parser follows. */
const sources: Readonly<Record<string, readonly [source: string, calls: number | null]>> = {
  'round brackets': [`${'('.repeat(200)}${call}${')'.repeat(200)}`, 1],
  'brackets around an argument': [`nn.MaxPool2d(${'('.repeat(150)}2${')'.repeat(150)})`, 1],
  'more round brackets than Python takes': [`${'('.repeat(deep)}${call}${')'.repeat(deep)}`, null],
  'more brackets around an argument': [`nn.MaxPool2d(${'('.repeat(deep)}2${')'.repeat(deep)})`, null],
  'round brackets that stay open': [`x = ${'('.repeat(deep)}\n${call}\n`, null],
  'square brackets that stay open': [`x = ${'['.repeat(deep)}\n${call}\n`, null],
  'brackets that close nothing': [`x = ${')'.repeat(deep)}\n${call}\n`, 1],
  'calls in calls': [`${'f('.repeat(deep / 2)}${call}${')'.repeat(deep / 2)}`, null],
  'poolings in poolings': [`${'nn.MaxPool2d('.repeat(deep / 2)}2${')'.repeat(deep / 2)}`, null],
  'calls of calls': [`${call}${'.to(device)'.repeat(deep)}`, null],
  'a long dotted name': [`a${'.nn'.repeat(deep)}.MaxPool2d(2)`, 0],
  sums: [`nn.MaxPool2d(${'1 + '.repeat(deep)}1)\n${call}`, null],
  signs: [`nn.MaxPool2d(${'-'.repeat(deep)}1)\n${call}`, null],
  'targets in targets': [`${'('.repeat(deep)}a${',)'.repeat(deep)} = ${call}`, null],
  'lambdas in lambdas': [`f = ${'lambda: '.repeat(deep / 2)}${call}`, null],
  'stars in stars': [`nn.MaxPool2d(${'*('.repeat(deep)}2${',)'.repeat(deep)})`, null],
  'stacks in stacks': [`${'nn.Sequential('.repeat(1000)}${call}${')'.repeat(1000)}`, null],
  'blocks in blocks': [`${lines(500, i => `${' '.repeat(i)}if x:`)}\n${' '.repeat(500)}${call}\n`, 1],
  'a line of calls': [`pools = [${times(`${call}, `, megabyte)}]`, Math.ceil(megabyte / 17)],
  'a line of text': [`text = '${times(call, megabyte)}'; ${call}`, 1],
  'text that stays open': [`text = '''${times(`${call}\n`, megabyte)}`, 0],
  'empty lines': [`${'\n'.repeat(megabyte)}${call}`, 1],
  arguments: [`nn.MaxPool2d(${times('2, ', megabyte / 5)})`, 1],
  'names that double one another': [`${lines(64, i => `a${i} = a${i + 1} + a${i + 1}`)}\na64 = 1\nnn.MaxPool2d(a0)`, 1],
  'names that lead to one another': [`${lines(5000, i => `a${i} = a${i + 1}`)}\na5000 = nn\na0.MaxPool2d(2)`, 0],
  'names that lead to themselves': ['a = b + b\nb = a + a\nnn.MaxPool2d(a)', 1],
  'a name that is bound in every line': [`x = nn.relu(x)\n${times('x = x(2)\n', megabyte / 5)}${call}`, 1],
  commands: [`${times('!pip install torch\nx = 1\n', megabyte / 5)}${call}`, 1],
};

describe('what is deeply nested, very long or leads nowhere is read', { timeout: 60_000 }, () => {
  for (const [name, [source, calls]] of Object.entries(sources)) {
    it(name, () => {
      const found = readCells([source])[0]!.calls.length;
      if (calls !== null) assert.equal(found, calls);
    });
  }
});
