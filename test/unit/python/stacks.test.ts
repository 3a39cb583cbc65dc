import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import type { ConvLayer } from '../../../src/core/layer';
import { noPadding } from '../../../src/core/options';
import { planStack } from '../../../src/core/stack';
import type { Shape } from '../../../src/core/tensor';
import { readCells } from '../../../src/python/find';
import type { LayerStack } from '../../../src/python/stacks/stack';
import { readCases } from '../../golden/read';

interface Network {
  readonly file: string;
  readonly shape: Shape;
  readonly name: string;
  readonly rows: readonly { readonly shape: Shape; readonly parameters: number; readonly layers?: number }[];
}

function stacksIn(source: string): readonly LayerStack[] {
  return readCells([source])[0]!.stacks;
}

/** The only stack in a source. */
function stackIn(source: string): LayerStack {
  const [stack, ...more] = stacksIn(source);
  assert.ok(stack, source);
  assert.deepEqual(more, [], source);
  return stack;
}

/** What a stack consists of, in short: operators, and the channels of convolutions. */
function outline({ layers }: LayerStack): string {
  return layers.map(layer => (layer.operator === 'conv' ? `conv ${layer.outChannels}` : layer.operator)).join(', ');
}

for (const framework of ['pytorch', 'keras'] as const) {
  const networks = readCases<Network>(`networks-${framework}.json`);

  test(`shapes and parameters of ${networks.length} networks in source are what ${framework} has`, () => {
    for (const { file, shape, name, rows } of networks) {
      const source = readFileSync(new URL(`../../golden/networks/${file}`, import.meta.url), 'utf8');
      const named = stacksIn(source).filter(stack => stack.name === name);
      // Of stacks in a stack, the whole one.
      const stack = named.reduce((a, b) => (b.layers.length > a.layers.length ? b : a));
      assert.equal(stack.framework, framework);
      assert.deepEqual([stack.beyond, stack.unknown], [0, []], file);
      const planned = planStack(shape, stack.layers).map(row => ({ shape: row.shape, parameters: row.parameters }));
      const merged = rows.map(({ layers = 1 }) => {
        const parts = planned.splice(0, layers);
        return { shape: parts.at(-1)!.shape, parameters: parts.reduce((sum, part) => sum + part.parameters, 0) };
      });
      assert.deepEqual(
        [...merged, ...planned],
        rows.map(({ shape, parameters }) => ({ shape, parameters })),
        file,
      );
    }
  });
}

test('a stack has the place of its call, and each layer what the framework takes it for', () => {
  const source =
    "import torch.nn as nn\nnet = nn.Sequential(nn.Conv2d(3, 8, 5, padding='same'), nn.MaxPool2d(2)).to(device)\n";
  const { layers, ...stack } = stackIn(source);
  assert.equal(source.slice(stack.start, stack.end), source.slice(source.indexOf('nn.Seq'), source.indexOf('.to(')));
  assert.deepEqual(stack, {
    start: stack.start,
    end: stack.end,
    name: 'nn.Sequential',
    framework: 'pytorch',
    beyond: 0,
    omitted: [],
    unknown: [],
  });
  const conv: ConvLayer = {
    operator: 'conv',
    framework: 'pytorch',
    outChannels: 8,
    kernelSize: [5, 5],
    stride: [1, 1],
    padding: 'same',
    dilation: [1, 1],
    groups: 1,
    bias: true,
  };
  assert.deepEqual(layers[0], conv);
  assert.equal(layers[1]!.operator, 'max');
});

test('attributes of a class are a stack from the first layer to the last, with its name', () => {
  const source = `
class Net(nn.Module):
    def __init__(self, k):
        super().__init__()
        self.relu = nn.ReLU()
        self.conv1 = nn.Conv2d(1, 4, 3)
        print(k)
        self.pool = nn.AvgPool2d(2)
        self.fc = nn.Linear(4, 2)

    def other(self):
        self.conv9 = nn.Conv2d(1, 9, 3)
`;
  const stack = stackIn(source);
  const text = source.slice(stack.start, stack.end);
  assert.ok(text.startsWith('self.conv1 =') && text.endsWith('nn.AvgPool2d(2)'), text);
  assert.equal(stack.name, 'Net');
  assert.equal(outline(stack), 'conv 4, average');
});

test('an attribute that has all layers itself makes no second stack', () => {
  const source = `
class Net(nn.Module):
    def __init__(self):
        self.features = nn.Sequential(nn.Conv2d(1, 4, 3), nn.MaxPool2d(2))
        self.classifier = nn.Sequential(nn.Flatten(), nn.Linear(4, 2))
`;
  assert.equal(stackIn(source).name, 'nn.Sequential');
});

test('what may change the shape is named, and what keeps it or comes after pictures is not', () => {
  const source = `
from blocks import Residual
net = nn.Sequential(
    nn.Conv2d(3, 8, 3), nn.BatchNorm2d(8), nn.ReLU(), nn.Upsample(scale_factor=2), Residual(8), nn.MaxPool2d(2),
    nn.ConvTranspose2d(8, 8, 2), nn.Upsample(scale_factor=2), nn.FractionalMaxPool2d(2, 3), make(8)(3), blocks[0],
    nn.Dropout(), nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(8, 2), nn.LSTM(3, 4))
`;
  const stack = stackIn(source);
  assert.equal(outline(stack), 'conv 8, max, adaptiveAverage');
  assert.deepEqual(stack.omitted, [
    'Upsample',
    'Residual',
    'ConvTranspose2d',
    'FractionalMaxPool2d',
    'make(8)',
    'blocks[0]',
    'LSTM',
  ]);
});

test('of a class, what is called as a layer is named, and no other attribute', () => {
  const source = `
class Net(nn.Module):
    def __init__(self, block, device):
        super().__init__()
        self.device = torch.device(device)
        self.size = int(3)
        self.conv1 = nn.Conv2d(3, 64, 7)
        self.pool = nn.MaxPool2d(2)
        self.layer1 = self._make_layer(block, 64)
        self.up = nn.Upsample(scale_factor=2)
        self.scale = nn.Parameter(torch.ones(1))
        self.criterion = nn.CrossEntropyLoss()
        self.dice = DiceLoss()
        self.optimizer = torch.optim.Adam(self.parameters())
        self.blocks = nn.ModuleList([nn.Conv2d(3, 3, 3) for _ in range(3)])

    def forward(self, x, y):
        return self.dice(self.layer1(self.pool(self.conv1(x))), y)
`;
  const stack = stackIn(source);
  assert.equal(outline(stack), 'conv 64, max');
  assert.deepEqual(stack.omitted, ['_make_layer', 'Upsample', 'ModuleList']);
});

test('what stands under an if or in a loop is named, unless the stack stands there as well', () => {
  const source = `
if True:
    model = keras.Sequential()
    model.add(layers.Conv2D(8, 3))
    if deep:
        model.add(layers.Conv2D(16, 3))
        model.add(layers.ReLU())
    for _ in range(2):
        model.add(layers.SpatialDropout2D(0.5))
        model.add(layers.AveragePooling2D(2))
    model.add(layers.MaxPooling2D(2))
    model.add(layers.Lambda(f) if f else layers.Activation("relu"))
`;
  const stack = stackIn(source);
  assert.equal(outline(stack), 'conv 8, max');
  assert.deepEqual(stack.omitted, ['Conv2D', 'AveragePooling2D', 'Lambda']);
});

test('a name that is assigned anew begins another stack', () => {
  const source = `
model = Sequential()
model.add(Conv2D(1, 3))
model.add(MaxPooling2D())
model = Sequential()
model.add(Conv2D(2, 3))
model.add(AveragePooling2D(2))
def make():
    model = Sequential([Conv2D(3, 3)])
    model.add(GlobalMaxPooling2D())
    return model
`;
  const stacks = stacksIn(`from keras.layers import *\nfrom keras.models import *\n${source}`);
  assert.deepEqual(stacks.map(outline), ['conv 1, max', 'conv 2, average', 'conv 3, globalMax']);
});

test('lists are read where they are used', () => {
  const source = `
pool = nn.MaxPool2d(2)
parts = [nn.Conv2d(3, 4, 3)]
parts += [pool]
parts = parts + [nn.Conv2d(4, 5, 3)]
parts.append(pool)
first = nn.Sequential(*parts)
parts.extend([nn.Conv2d(5, 6, 3), pool])
second = nn.Sequential(*[*parts, nn.AvgPool2d(2)])
third = nn.Sequential(OrderedDict(a=1), first, {'x': nn.LPPool2d(2, 2)})
`;
  const [first, second, third] = stacksIn(source);
  assert.equal(outline(first!), 'conv 4, max, conv 5, max');
  assert.equal(outline(second!), 'conv 4, max, conv 5, max, conv 6, max, average');
  assert.equal(outline(third!), 'conv 4, max, conv 5, max, lp');
});

test('a list that only some runs assign is not read', () => {
  const source = 'parts = [nn.Conv2d(3, 4, 3)]\nif a:\n  parts = [nn.Conv2d(3, 5, 3)]\n';
  const stack = stackIn(`${source}nn.Sequential(nn.MaxPool2d(2), *parts, nn.AvgPool2d(2))`);
  assert.deepEqual([outline(stack), stack.omitted], ['max, average', ['parts']]);
});

test('a stack with all that is added to it can be part of another', () => {
  const source = `
block = keras.Sequential()
block.add(layers.Conv2D(4, 3))
block.add(layers.MaxPooling2D())
model = keras.Sequential([block, layers.GlobalMaxPooling2D()])
`;
  assert.deepEqual(stacksIn(source).map(outline), ['conv 4, max', 'conv 4, max, globalMax']);
});

test('an attribute that others consist of counts once in its class, where it is assigned', () => {
  const source = `
class Net(nn.Module):
    def __init__(self):
        self.conv = nn.Conv2d(3, 4, 3)
        self.pool = nn.MaxPool2d(2)
        self.conv = nn.utils.spectral_norm(self.conv)
        self.net = nn.Sequential(self.pool, nn.Conv2d(4, 5, 3))
        self.conv = nn.Sequential(self.conv, nn.Conv2d(5, 6, 3))
`;
  const [run] = stacksIn(source);
  assert.equal(run!.name, 'Net');
  assert.equal(outline(run!), 'conv 4, max, conv 5, conv 6');
  assert.equal(source.slice(run!.end), '\n');
});

test('what cannot be read has a stand-in with which the stack can be planned, and is named', () => {
  const source = `
def make(width, k, g, p):
    return nn.Sequential(
        nn.Conv2d(3, width, k, padding=k // 2),
        nn.Conv2d(width, width, 3, groups=32, bias=not g),
        nn.MaxPool2d(2, p),
        nn.Conv2d(width, 2 * width, 3, groups=g))
`;
  const { layers, unknown } = stackIn(source);
  assert.deepEqual(unknown, [
    { layer: 0, setting: 'outChannels' },
    { layer: 0, setting: 'kernelSize' },
    { layer: 0, setting: 'padding' },
    { layer: 1, setting: 'groups' },
    { layer: 1, setting: 'outChannels' },
    { layer: 1, setting: 'bias' },
    { layer: 2, setting: 'stride' },
    { layer: 3, setting: 'groups' },
    { layer: 3, setting: 'outChannels' },
  ]);
  const shapes = planStack([1, 3, 20, 20], layers).map(({ shape }) => shape);
  assert.deepEqual(shapes, [
    [1, 3, 18, 18],
    [1, 3, 16, 16],
    [1, 3, 8, 8],
    [1, 3, 6, 6],
  ]);
});

test('groups that fit the source, but not what is left of it, are not kept', () => {
  const whole = 'nn.Sequential(nn.Conv2d(3, 8, 1), nn.MaxPool2d(2), nn.Conv2d(8, 10, 1, groups=5))';
  // PyTorch refuses this network: so does the plan.
  assert.deepEqual(stackIn(whole).unknown, []);
  assert.throws(() => planStack([1, 3, 8, 8], stackIn(whole).layers), /in_channels must be divisible by groups/);
  const broken = 'nn.Sequential(nn.Conv2d(3, 8, 1), nn.MaxPool2d(2), Grow(8, 15), nn.Conv2d(15, 10, 1, groups=5))';
  assert.deepEqual(stackIn(broken).unknown, [{ layer: 2, setting: 'groups' }]);
  assert.equal(planStack([1, 3, 8, 8], stackIn(broken).layers).at(-1)!.shape[1], 10);
});

test('a convolution for each channel needs to know the channels', () => {
  const stack = stackIn('keras.Sequential([layers.SeparableConv2D(8, 3), layers.MaxPool2D(), layers.Conv2D(4, 3)])');
  assert.equal(outline(stack), 'max, conv 4');
  assert.deepEqual(stack.omitted, ['SeparableConv2D']);
});

test('of two convolutions that are one layer, the one is named that cannot be read', () => {
  const { unknown } = stackIn(
    'keras.Sequential([layers.Conv2D(8, 3), layers.SeparableConv2D(n, k), layers.MaxPool2D()])',
  );
  assert.deepEqual(unknown, [
    { layer: 1, setting: 'kernelSize' },
    { layer: 2, setting: 'outChannels' },
  ]);
});

test('layers beyond those that a stack can have are counted', () => {
  const lines = Array.from({ length: 40 }, (_, i) => `    nn.Conv2d(3, 3, ${i === 35 ? 'k' : 1}),\n    nn.ReLU(),\n`);
  const stack = stackIn(`nn.Sequential(\n    nn.MaxPool2d(2),\n${lines.join('')})`);
  assert.deepEqual([stack.layers.length, stack.beyond, stack.omitted, stack.unknown], [32, 9, [], []]);
});

test('a layer of another framework does not belong to a stack', () => {
  const stack = stackIn('nn.Sequential(nn.Conv2d(3, 8, 3), keras.layers.MaxPooling2D(), nn.MaxPool2d(2))');
  assert.deepEqual([outline(stack), stack.omitted], ['conv 8, max', ['MaxPooling2D']]);
});

const nothing: readonly string[] = [
  // A single layer, or none that pools.
  'nn.Sequential(nn.MaxPool2d(2), nn.ReLU())',
  'nn.Sequential(nn.Conv2d(3, 8, 3), nn.Conv2d(8, 8, 3))  # MaxPool2d',
  'nn.Sequential(nn.Conv2d(3, 8, 3), "nn.MaxPool2d(2)")',
  'nn.Sequential(nn.Conv1d(3, 8, 3), nn.MaxPool1d(2))',
  // Not the framework's.
  'from mine import Sequential\nSequential(nn.Conv2d(3, 8, 3), nn.MaxPool2d(2))',
  'from mine import nn\nnn.Sequential(nn.Conv2d(3, 8, 3), nn.MaxPool2d(2))',
  'class Conv2d: pass\nnn.Sequential(Conv2d(3, 8, 3), nn.MaxPool2d(2))',
  'Sequential(nn.Conv2d(3, 8, 3), nn.MaxPool2d(2))',
  '[nn.Conv2d(3, 8, 3), nn.MaxPool2d(2)]',
  // Names that every object has in JavaScript.
  'constructor(nn.MaxPool2d(2)).toString(nn.Conv2d(3, 8, 3))',
  // No layers, but calls of functions.
  'nn.Sequential(F.max_pool2d(x, 2), F.avg_pool2d(x, 2))',
  'class A(nn.Module):\n  def __init__(self, x):\n    self.a = F.max_pool2d(x, 2)\n    self.b = F.avg_pool2d(x, 2)',
  // Attributes of something else, or elsewhere.
  'class A(nn.Module):\n  def build(self):\n    self.a = nn.Conv2d(3, 8, 3)\n    self.b = nn.MaxPool2d(2)',
  'class A(nn.Module):\n  def __init__(self, o):\n    o.a = nn.Conv2d(3, 8, 3)\n    o.b = nn.MaxPool2d(2)',
  'def __init__(self):\n  self.a = nn.Conv2d(3, 8, 3)\n  self.b = nn.MaxPool2d(2)',
  'class A:\n  a = nn.Conv2d(3, 8, 3)\n  b = nn.MaxPool2d(2)',
  // In text.
  '# nn.Sequential(nn.Conv2d(3, 8, 3), nn.MaxPool2d(2))',
  '"""\nnn.Sequential(nn.Conv2d(3, 8, 3), nn.MaxPool2d(2))\n"""',
  'f"{nn.Sequential(nn.Conv2d(3, 8, 3), nn.MaxPool2d(2))}"',
  // Added elsewhere, or before.
  'model = keras.Sequential()\ndef f():\n  model.add(layers.Conv2D(3, 3))\n  model.add(layers.MaxPool2D())',
  'model.add(layers.Conv2D(3, 3))\nmodel.add(layers.MaxPool2D())\nmodel = keras.Sequential()',
  // Without an end.
  'net = nn.Sequential(nn.Conv2d(3, 8, 3), nn.MaxPool2d(2),\n',
  // In a circle.
  'a = nn.Sequential(b, nn.MaxPool2d(2))\nb = nn.Sequential(a)',
];

test(`${nothing.length} look-alikes are no stack`, () => {
  for (const source of nothing) assert.deepEqual(stacksIn(source), [], source);
});

test('a stack reaches over the cells of a notebook, and belongs to the one in which it begins', () => {
  const cells = [
    '!pip install keras\nfrom keras import layers, models\nn = 4',
    '%%time\nmodel = models.Sequential()\nmodel.add(layers.Conv2D(n, 3))\n!nvidia-smi',
    'model.add(layers.MaxPooling2D(2))',
    'class Net(nn.Module):\n  def __init__(self):\n    self.a = nn.Conv2d(3, 8, 3)\n    self.b = nn.MaxPool2d(2)',
  ];
  const stacks = readCells(cells).map(cell => cell.stacks.map(outline));
  assert.deepEqual(stacks, [[], ['conv 4, max'], [], ['conv 8, max']]);
  const { start, end } = readCells(cells)[1]!.stacks[0]!;
  assert.equal(cells[1]!.slice(start, end), 'models.Sequential()');
});

test('source that is cut off anywhere, or lacks any line, is read without an error', () => {
  const source = `
import torch.nn as nn
pool = nn.MaxPool2d(2)
parts = [nn.Conv2d(3, 4, 3)] * n
parts += [pool if a else b]
parts.append(*[nn.Conv2d(k, 4, 3) for k in ks])
model = nn.Sequential(OrderedDict([('a', nn.Conv2d(1, 2, 3)), ('p', pool)]), *parts, **{'x': pool}).to(device)
model.add_module('b')
model.add(nn.Sequential(*model)).constructor(1)
class Net(nn.Module):
    def __init__(self, *args):
        self.a = self.c = nn.Conv2d(3, 8, 3, padding_mode='zeros') if args else None
        self.b, self.d = nn.Sequential(self.a, nn.MaxPool2d(2)), nn.spectral_norm(nn.Conv2d(1, 1, 1))
        self.e: nn.Module = nn.AdaptiveAvgPool2d((None, 2))
`;
  assert.equal(stacksIn(source).length, 2);
  for (let end = 0; end < source.length; end += 2) readCells([source.slice(0, end), source.slice(end)]);
  const lines = source.split('\n');
  for (const [at] of lines.entries()) stacksIn(lines.toSpliced(at, 1).join('\n'));
});

test('names that stand for one another many times over are read in bounded time', () => {
  const lines = Array.from({ length: 30 }, (_, i) => `n${i + 1} = nn.Sequential(n${i}, n${i}, n${i}, n${i})\n`);
  const stacks = stacksIn(`n0 = nn.MaxPool2d(2)\n${lines.join('')}`);
  assert.equal(stacks[0]!.layers.length, 4);
  assert.ok(stacks.every(stack => stack.layers.length <= 32));
});

test('what is too deep to be read is named', () => {
  const stack = stackIn(`nn.Sequential(nn.Conv2d(3, 8, 3), nn.MaxPool2d(2), ${'('.repeat(60)}deep${')'.repeat(60)})`);
  assert.equal(stack.omitted.length, 1);
});

test('a convolution reads its padding as its framework does', () => {
  const paddingOf = (layer: string) => {
    const [conv] = stackIn(`from keras.layers import *\nf(${layer})`).layers as readonly ConvLayer[];
    return conv!.padding;
  };
  const torch = (argument: string) => paddingOf(`nn.Sequential(nn.Conv2d(3, 8, 3, 1, ${argument}), nn.MaxPool2d(2))`);
  assert.deepEqual(torch("'valid'"), noPadding);
  assert.deepEqual(torch('(1, 2)'), { top: 1, bottom: 1, left: 2, right: 2 });
  assert.equal(paddingOf('keras.Sequential([Conv2D(8, 3, 1, "SAME"), MaxPool2D()])'), 'same');
  assert.deepEqual(paddingOf('keras.Sequential([Conv2D(8, 3), MaxPool2D()])'), noPadding);
});
