import assert from 'node:assert/strict';
import { test } from 'node:test';
import { noPadding, symmetricPadding } from '../../../src/core/options';
import { findPoolingCalls, readCells } from '../../../src/python/find';

const maxPool = {
  operator: 'max',
  framework: 'pytorch',
  kernelSize: [2, 2],
  stride: [2, 2],
  padding: noPadding,
  dilation: [1, 1],
  ceilMode: false,
  countIncludePad: true,
} as const;

test('a call is found with its place, its settings and where they stand', () => {
  const source = 'import torch.nn as nn\npool = nn.MaxPool2d(3, stride=2, padding=(0, 1))  # overlapping\n';
  const [call, ...more] = findPoolingCalls(source);
  assert.deepEqual(more, []);
  assert.ok(call);
  const { start, end, argumentRanges, ...rest } = call;
  assert.equal(source.slice(start, end), 'nn.MaxPool2d(3, stride=2, padding=(0, 1))');
  assert.deepEqual(rest, {
    callee: 'nn.MaxPool2d',
    framework: 'pytorch',
    layer: { ...maxPool, kernelSize: [3, 3], padding: symmetricPadding([0, 1]) },
    unknown: [],
  });
  const texts = Object.entries(argumentRanges).map(([name, range]) => [name, source.slice(...range)]);
  assert.deepEqual(Object.fromEntries(texts), { kernelSize: '3', stride: '2', padding: '(0, 1)' });
});

test('what does not stand in the source is named, and stays at the default of the framework', () => {
  const [call] = findPoolingCalls('def f(x, k):\n  return F.max_pool2d(x, k, padding=k // 2)\n');
  assert.deepEqual(call?.layer, maxPool);
  assert.deepEqual(call?.unknown, ['kernelSize', 'padding']);
});

test('a value without a name behind *args belongs to no parameter that is known', () => {
  const [call] = findPoolingCalls('nn.MaxPool2d(*sizes, 3)');
  assert.ok(call?.unknown.includes('kernelSize'));
});

test('an argument that the function does not have is none', () => {
  const [call] = findPoolingCalls('nn.MaxPool2d(3, strides=1, pool_size=2, constructor=3)');
  assert.deepEqual(call?.layer, { ...maxPool, kernelSize: [3, 3], stride: [3, 3] });
  assert.deepEqual(Object.keys(call.argumentRanges), ['kernelSize']);
});

test('what is found but not supported has no layer', () => {
  const [call] = findPoolingCalls('nn.FractionalMaxPool2d(3, output_size=7)');
  assert.deepEqual([call?.callee, call?.layer, call?.unknown], ['nn.FractionalMaxPool2d', null, []]);
});

test('the cells of a notebook know each other’s names, and commands of IPython are no Python', () => {
  const cells = [
    '!pip install torch\n%matplotlib inline\nimport torch.nn as layers_of\nsize = 3',
    'model = Net(\n',
    '%%time\npool = layers_of.AvgPool2d(size)\n?layers_of.Linear',
  ];
  const [first, second, third] = readCells(cells).map(({ calls }) => calls);
  assert.deepEqual([first, second], [[], []]);
  assert.deepEqual(
    third?.map(({ start, end }) => cells[2]!.slice(start, end)),
    ['layers_of.AvgPool2d(size)'],
  );
  const layer = third?.[0]?.layer;
  assert.ok(layer && 'kernelSize' in layer);
  assert.deepEqual(layer.kernelSize, [3, 3]);
});

test('commands of IPython and cells in other languages hide no Python, and are none', () => {
  const rows: readonly (readonly [cell: string, calls: readonly string[]])[] = [
    ['%%bash\nnn.MaxPool2d(2)', []],
    ['\n%%HTML\nnn.MaxPool2d(2)', []],
    ['%%shell\nnn.MaxPool2d(2)', []],
    ['%%writefile net.py\nnn.MaxPool2d(2)', ['nn.MaxPool2d(2)']],
    ['# a\n\n  !pip install "torch\n%time\nnn.MaxPool2d(2)', ['nn.MaxPool2d(2)']],
    ['%timeit nn.MaxPool2d(2)(x)\n!python -c "nn.MaxPool2d(2)"\nnn.MaxPool2d(3)', ['nn.MaxPool2d(3)']],
    ['x = 1\r\n!echo "(\r\n%time f(\r\nnn.MaxPool2d(2)', ['nn.MaxPool2d(2)']],
    ['if x:\n    !ls [a\n    nn.MaxPool2d(2)', ['nn.MaxPool2d(2)']],
    ['files = !ls *.jpg\nnn.MaxPool2d(2)', ['nn.MaxPool2d(2)']],
    ['nn.MaxPool2d?\nnn.MaxPool2d(2)', ['nn.MaxPool2d(2)']],
    ['x = (a\n% nn.AvgPool2d(2).kernel_size)\nnn.MaxPool2d(2)', ['nn.AvgPool2d(2)', 'nn.MaxPool2d(2)']],
    ['text = """\n!pip\n%time\n"""\nnn.MaxPool2d(2)', ['nn.MaxPool2d(2)']],
    ['\ufeff%matplotlib inline\nfrom torch.nn import MaxPool2d as Pool\nPool(2)', ['Pool(2)']],
  ];
  for (const [cell, calls] of rows) {
    const found = findPoolingCalls(cell).map(({ start, end }) => cell.slice(start, end));
    assert.deepEqual(found, calls, cell);
  }
});

test('a name counts from the cell that binds it on, or in all if none above does', () => {
  const cells = [
    'from keras import layers\ndef pool(x):\n    return layers.MaxPooling2D(2)(x)',
    'layers.AveragePooling2D(f.size)',
    'layers = model.layers\nsize = 3',
    'layers.MaxPooling2D(2)\nf.max_pool2d(x, size)',
    'import torch.nn.functional as f',
  ];
  const callees = readCells(cells).map(({ calls }) =>
    calls.map(({ callee, unknown }) => [callee, ...unknown].join(' ')),
  );
  assert.deepEqual(callees, [
    ['keras.layers.MaxPooling2D'],
    ['keras.layers.AveragePooling2D kernelSize'],
    [],
    ['F.max_pool2d'],
    [],
  ]);
});
