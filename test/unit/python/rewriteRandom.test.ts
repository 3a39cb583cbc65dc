import assert from 'node:assert/strict';
import { it } from 'node:test';
import { isPooling, type PoolingLayer } from '../../../src/core/layer';
import { noPadding, symmetricPadding } from '../../../src/core/options';
import type { PoolingCall } from '../../../src/python/call';
import { findPoolingCalls } from '../../../src/python/find';
import { rewriteCall } from '../../../src/python/write/rewrite';
import { integers, seed } from '../../random';
import { applied } from './applied';

const random = integers(seed);

function pick<T>(choices: readonly T[]): T {
  return choices[random(choices.length)]!;
}

/** Whether something happens that does in one of so many cases. */
const oneIn = (cases: number) => random(cases) === 0;

type Kind = 'pair' | 'size' | 'boolean' | 'divisor' | 'norm' | 'word' | 'input' | 'text';

/** A parameter: what it takes, and the setting that it stands for. */
type Parameter = readonly [name: string, kind: Kind, setting?: string];

const parameters = {
  input: ['input', 'input'],
  kernel: ['kernel_size', 'pair', 'kernelSize'],
  stride: ['stride', 'pair', 'stride'],
  padding: ['padding', 'pair', 'padding'],
  dilation: ['dilation', 'pair', 'dilation'],
  indices: ['return_indices', 'boolean', 'returnIndices'],
  ceil: ['ceil_mode', 'boolean', 'ceilMode'],
  include: ['count_include_pad', 'boolean', 'countIncludePad'],
  divisor: ['divisor_override', 'divisor', 'divisorOverride'],
  norm: ['norm_type', 'norm', 'norm'],
  output: ['output_size', 'size', 'outputSize'],
  pool: ['pool_size', 'pair', 'kernelSize'],
  ksize: ['ksize', 'pair', 'kernelSize'],
  strides: ['strides', 'pair', 'stride'],
  word: ['padding', 'word', 'padding'],
  name: ['name', 'text'],
} as const satisfies Record<string, Parameter>;

/** A function or class: its parameters in their order, of which the first ones are required. */
interface Callee {
  readonly name: string;
  readonly required: number;
  readonly order: readonly (keyof typeof parameters)[];
  /** By keyword only, as far as these calls go. */
  readonly more?: readonly (keyof typeof parameters)[];
}

const average = ['kernel', 'stride', 'padding', 'ceil', 'include', 'divisor'] as const;

const callees: readonly Callee[] = [
  { name: 'nn.MaxPool2d', required: 1, order: ['kernel', 'stride', 'padding', 'dilation', 'indices', 'ceil'] },
  { name: 'F.max_pool2d', required: 2, order: ['input', 'kernel', 'stride', 'padding', 'dilation', 'ceil', 'indices'] },
  { name: 'nn.AvgPool2d', required: 1, order: average },
  { name: 'F.avg_pool2d', required: 2, order: ['input', ...average] },
  { name: 'nn.LPPool2d', required: 2, order: ['norm', 'kernel', 'stride', 'ceil'] },
  { name: 'F.lp_pool2d', required: 3, order: ['input', 'norm', 'kernel', 'stride', 'ceil'] },
  { name: 'nn.AdaptiveMaxPool2d', required: 1, order: ['output', 'indices'] },
  { name: 'F.adaptive_avg_pool2d', required: 2, order: ['input', 'output'] },
  { name: 'keras.layers.MaxPooling2D', required: 0, order: ['pool', 'strides', 'word'], more: ['name'] },
  { name: 'layers.AvgPool2D', required: 0, order: ['pool', 'strides', 'word'], more: ['name'] },
  { name: 'tf.nn.max_pool2d', required: 4, order: ['input', 'ksize', 'strides', 'word'], more: ['name'] },
];

const names = { ONE: 1, TWO: 2, THREE: 3 } as const;

function numberText(value: number): string {
  const name = Object.entries(names).find(([, number]) => number === value)?.[0];
  return pick([`${value}`, `${value}`, `${value}`, `${value + 1} - 1`, `(${value})`, name ?? `+${value}`]);
}

/** A value as text, in one of the ways in which people write it; null is a stride left to its default. */
function valueText(kind: Kind, callee: string, value: unknown): string {
  if (kind === 'input') return pick(['x', 'conv(x, 2, bias=False)', 'x["😀, a=1"]', '(x if y else z)']);
  if (kind === 'text') return pick(['"pool"', "'풀'"]);
  if (value === null) return 'None';
  if (kind === 'boolean') return value ? 'True' : 'False';
  if (kind === 'word') {
    const word = callee.startsWith('tf.') ? `${value}`.toUpperCase() : `${value}`;
    return pick([`"${word}"`, `'${word}'`]);
  }
  if (!Array.isArray(value)) return numberText(value as number);
  const [height, width] = value.map(side => (side === null ? 'None' : numberText(side as number))) as [string, string];
  const isOne = value[0] === value[1] && value[0] !== null;
  if (isOne && !oneIn(3)) return pick([height, height, height]);
  if (callee.startsWith('tf.') && oneIn(2)) return `[1, ${height}, ${width}, 1]`;
  if (isOne && kind === 'pair' && callee.startsWith('nn.') && oneIn(3)) return pick([`(${height},)`, `[${height}]`]);
  const space = pick(['', ' ', '\n ', ' # 크기 📐\n\t']);
  return pick([`(${height},${space}${width})`, `[${height}, ${width}]`, `(${height}${space}, ${width},)`]);
}

function randomValue(kind: Kind, setting: string | undefined): unknown {
  if (kind === 'boolean') return oneIn(2);
  if (kind === 'divisor') return oneIn(3) ? null : 1 + random(9);
  if (kind === 'norm') return 1 + random(4);
  if (kind === 'word') return pick(['same', 'valid']);
  if (kind === 'size') return [oneIn(4) ? null : 1 + random(7), oneIn(4) ? null : 1 + random(7)];
  const least = setting === 'padding' ? 0 : 1;
  const height = least + random(4);
  return [height, oneIn(2) ? height : least + random(4)];
}

/** What a parameter says in the words of a layer. */
function inLayer(setting: string, value: unknown): unknown {
  if (setting !== 'padding') return value ?? undefined;
  if (Array.isArray(value)) return symmetricPadding([value[0], value[1]]);
  return value === 'same' ? value : noPadding;
}

/** Arguments between brackets, laid out in one of the ways in which people do it. */
function laidOut(texts: readonly string[]): string {
  const comment = () => pick(['', '', '  # 창문 🪟, padding=1', ' #)']);
  const lineBreak = pick(['\n', '\r\n']);
  const indent = pick(['    ', '\t', '             ']);
  const trailing = texts.length > 0 && oneIn(2) ? ',' : '';
  switch (random(4)) {
    case 0:
      return texts.join(pick([', ', ',', ' , ', ', \\\n  '])) + trailing;
    case 1: {
      const lines = texts.map((text, i) => {
        const isLast = i === texts.length - 1;
        return `${indent}${text}${isLast ? trailing : ','}${comment()}${lineBreak}`;
      });
      return `${comment()}${lineBreak}${lines.join('')}`;
    }
    case 2:
      return texts.join(`,${comment()}${lineBreak}${indent}`) + trailing;
    default: {
      const separators = texts.map(() => pick([', ', `,${lineBreak}${indent}`, ` ,${comment()}${lineBreak} `]));
      return texts.map((text, i) => (i === 0 ? text : separators[i]! + text)).join('') + trailing;
    }
  }
}

const heads = ['', 'ONE = 1; TWO = 2; THREE = 3\n', '# 파일 😀\nONE, TWO, THREE = 1, 2, 3\n%matplotlib inline\n'];
const frames = [
  ['pool = ', '\n'],
  ['net(relu(x), ', ', lambda y: y)  # 끝'],
  ['def f(x):\r\n\treturn "🏔️", ', '\r\n'],
  ['f = lambda x: [nn.Linear(2, 3), ', ',\n  nn.ReLU()]'],
] as const;

/** A call with random arguments in a random style, in the middle of other code. */
interface RandomCall {
  /** Up to its opening bracket, with it. */
  readonly head: string;
  /** Between the brackets. */
  readonly list: string;
  readonly tail: string;
  /** Where it begins. */
  readonly start: number;
}

function randomCall({ name: callee, order, required, more = [] }: Callee): RandomCall {
  const positional = oneIn(3) ? 0 : random(order.length + 1);
  const texts: string[] = [];
  const keywords: string[] = [];
  for (const [at, id] of [...order, ...more].entries()) {
    const [name, kind, setting]: Parameter = parameters[id];
    if (at >= Math.max(required, positional) && oneIn(2)) continue;
    const isDefault = setting === 'stride' && !callee.startsWith('tf.') && oneIn(5);
    const text = valueText(kind, callee, isDefault ? null : randomValue(kind, setting));
    if (at < positional) texts.push(text);
    else keywords.splice(random(keywords.length + 1), 0, `${name}${pick(['=', '=', ' = '])}${text}`);
  }
  const [before, after] = pick(frames);
  const above = `${pick(heads)}${before}`;
  const list = laidOut([...texts, ...keywords]);
  return { head: `${above}${callee}(`, list, tail: `)${after}`, start: above.length };
}

/** What the call says, with some settings changed. */
function randomWish(callee: Callee, { layer, unknown }: PoolingCall): PoolingLayer {
  const changes: Record<string, unknown> = {};
  const ids = [...callee.order, ...(callee.more ?? [])];
  for (const id of ids) {
    const [, kind, setting]: Parameter = parameters[id];
    if (setting && oneIn(2)) changes[setting] = inLayer(setting, randomValue(kind, setting));
  }
  const before: Record<string, unknown> = { ...layer };
  const wish: Record<string, unknown> = { ...before, ...changes };
  // A kernel that changes takes a stride along that has not been set, as that of a call does which is not known.
  const isSet = unknown.includes('stride') ? String(wish['stride']) !== String(before['stride']) : oneIn(2);
  if (wish['stride'] && !isSet) wish['stride'] = wish['kernelSize'];
  return wish as unknown as PoolingLayer;
}

/** As calls are found: without indices that are not returned, and without a divisor that is not set. */
function withoutDefaults(layer: PoolingLayer): PoolingLayer {
  const said = Object.entries(layer).filter(([, value]) => value !== undefined);
  return Object.fromEntries(
    said.filter(([name, value]) => name !== 'returnIndices' || value),
  ) as unknown as PoolingLayer;
}

const commentsIn = (text: string) => text.match(/#.*/g) ?? [];

/** The text of each given value. */
function textsIn(source: string, { argumentRanges }: PoolingCall): Map<string, string> {
  return new Map(Object.entries(argumentRanges).map(([setting, range]) => [setting, source.slice(...range)]));
}

/** The settings in which two layers differ. */
function differences(a: PoolingLayer, b: PoolingLayer): string[] {
  const [one, other]: Record<string, unknown>[] = [{ ...a }, { ...b }];
  return Object.keys({ ...one, ...other }).filter(name => JSON.stringify(one![name]) !== JSON.stringify(other![name]));
}

it(`a rewritten call says what is wanted, and all else stays as it was (SEED=${seed})`, () => {
  let changed = 0;
  for (let round = 0; round < 600; round++) {
    const callee = pick(callees);
    const { head, list, tail, start } = randomCall(callee);
    const source = `${head}${list}${tail}`;
    const find = (text: string) => findPoolingCalls(text).find(found => found.start === start);
    const call = find(source);
    assert.ok(call?.layer && isPooling(call.layer), `SEED=${seed}, round ${round}: ${source}`);
    const wanted = randomWish(callee, call);
    // A layer that says nothing of indices would leave them as they are.
    const wish = callee.order.includes('indices') ? { returnIndices: false, ...wanted } : wanted;
    const edits = rewriteCall(source, call, wish);
    const result = applied(source, edits);
    const what =
      `SEED=${seed}, round ${round}: ${JSON.stringify(source)} → ${JSON.stringify(result)}, ` +
      `wanted ${JSON.stringify(wanted)}`;

    const places = edits.flatMap(edit => [edit.start, edit.end]);
    assert.deepEqual(
      places,
      places.toSorted((a, b) => a - b),
      what,
    );
    assert.ok(result.startsWith(head) && result.endsWith(tail), what);
    assert.deepEqual(commentsIn(result), commentsIn(source), what);

    const then = find(result);
    assert.ok(then, what);
    assert.equal(then.callee, call.callee, what);
    assert.deepEqual(then.layer, withoutDefaults(wanted), what);
    assert.deepEqual(
      then.unknown.filter(setting => !call.unknown.includes(setting)),
      [],
      what,
    );
    assert.deepEqual(rewriteCall(result, then, wish), [], what);

    const differing = differences(call.layer, wanted);
    assert.ok(edits.length <= differing.length + (differing.includes('kernelSize') ? 1 : 0), what);
    const texts = textsIn(result, then);
    for (const [setting, text] of textsIn(source, call)) {
      // A stride of None changes with the kernel.
      if (!differing.includes(setting) && text !== 'None') assert.equal(texts.get(setting), text, what);
    }
    if (edits.length > 0) changed++;
  }
  assert.ok(changed > 300, `${changed}`);
});
