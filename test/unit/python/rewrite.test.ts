import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { isPooling, type PoolingLayer } from '../../../src/core/layer';
import { noPadding, type Pair, symmetricPadding } from '../../../src/core/options';
import type { PoolingCall } from '../../../src/python/call';
import { findPoolingCalls, readCells } from '../../../src/python/find';
import { rewriteCall } from '../../../src/python/write/rewrite';
import { RewriteError } from '../../../src/python/write/rewriteError';
import { applied } from './applied';

type Wish = Partial<Record<string, unknown>>;

/** What the call says, with some settings changed. */
function changed({ layer }: PoolingCall, wish: Wish): PoolingLayer {
  assert.ok(layer && isPooling(layer));
  return { ...layer, ...wish } as PoolingLayer;
}

function rewritten(source: string, wish: Wish, at = 0): string {
  const call = findPoolingCalls(source)[at];
  assert.ok(call);
  return applied(source, rewriteCall(source, call, changed(call, wish)));
}

const pair = (height: number, width = height): Pair => [height, width];
/** A kernel, and the stride that follows from it. */
const window = (height: number, width = height) => ({ kernelSize: pair(height, width), stride: pair(height, width) });
const kernel = (height: number, width = height) => ({ kernelSize: pair(height, width) });
const stride = (height: number, width = height) => ({ stride: pair(height, width) });
const padding = (height: number, width = height) => ({ padding: symmetricPadding(pair(height, width)) });
const dilation = (height: number, width = height) => ({ dilation: pair(height, width) });
const size = (height: number | null, width = height) => ({ outputSize: [height, width] });
const same = { padding: 'same' };
const valid = { padding: noPadding };
const ceil = { ceilMode: true };
const floor = { ceilMode: false };

type Row = readonly [before: string, wish: Wish, after: string, at?: number];

const tables: Readonly<Record<string, readonly Row[]>> = {
  'a value that changes, in the style of the old one': [
    ['nn.MaxPool2d(2)', window(3), 'nn.MaxPool2d(3)'],
    ['nn.MaxPool2d(2)', window(3, 2), 'nn.MaxPool2d((3, 2))'],
    ['nn.MaxPool2d(kernel_size=2)', window(3), 'nn.MaxPool2d(kernel_size=3)'],
    ['nn.MaxPool2d(kernel_size = 2)', window(3), 'nn.MaxPool2d(kernel_size = 3)'],
    ['nn.MaxPool2d((2, 2))', window(3), 'nn.MaxPool2d((3, 3))'],
    ['nn.MaxPool2d((2, 2))', window(3, 2), 'nn.MaxPool2d((3, 2))'],
    ['nn.MaxPool2d((2, 2))', window(2, 3), 'nn.MaxPool2d((2, 3))'],
    ['nn.MaxPool2d( ( 2 ,2, ) )', window(3), 'nn.MaxPool2d( ( 3 ,3, ) )'],
    ['nn.MaxPool2d([2, 2])', window(3, 4), 'nn.MaxPool2d([3, 4])'],
    ['nn.MaxPool2d((2,))', window(3), 'nn.MaxPool2d((3,))'],
    ['nn.MaxPool2d((2 ,))', window(3, 4), 'nn.MaxPool2d((3, 4))'],
    ['nn.MaxPool2d([2])', window(3, 4), 'nn.MaxPool2d([3, 4])'],
    ['nn.MaxPool2d((2))', window(3), 'nn.MaxPool2d((3))'],
    ['nn.MaxPool2d((2))', window(3, 4), 'nn.MaxPool2d((3, 4))'],
    ['nn.MaxPool2d(((2, 2)))', window(3, 2), 'nn.MaxPool2d(((3, 2)))'],
    ['nn.MaxPool2d(4 // 2)', window(3), 'nn.MaxPool2d(3)'],
    ['nn.MaxPool2d((4 - 1, 4 - 2))', window(3, 5), 'nn.MaxPool2d((4 - 1, 5))'],
    ['nn.MaxPool2d((1,) + (2,))', window(3, 5), 'nn.MaxPool2d((3, 5))'],
    ['nn.MaxPool2d(3, 2)', stride(1), 'nn.MaxPool2d(3, 1)'],
    ['nn.MaxPool2d(3, 2, 1)', { ...kernel(5), ...padding(2) }, 'nn.MaxPool2d(5, 2, 2)'],
    ['nn.MaxPool2d(3, 2, 1, 2, False, True)', floor, 'nn.MaxPool2d(3, 2, 1, 2, False, False)'],
    ['nn.MaxPool2d(3, padding=-(-1))', padding(0, 1), 'nn.MaxPool2d(3, padding=(0, 1))'],
    ["nn.MaxPool2d(3, padding='same')", padding(1), 'nn.MaxPool2d(3, padding=1)'],
    ["nn.MaxPool2d(3, padding='same')", window(2), "nn.MaxPool2d(2, padding='same')"],
    ['nn.MaxPool2d(3, ceil_mode=not True)', ceil, 'nn.MaxPool2d(3, ceil_mode=True)'],
    ['nn.AvgPool2d(3, 1, 1, False, True, 4)', { divisorOverride: 5 }, 'nn.AvgPool2d(3, 1, 1, False, True, 5)'],
    ['nn.LPPool2d(2, 3, stride=2)', { norm: 3, ...floor }, 'nn.LPPool2d(3, 3, stride=2)'],
    ['nn.LPPool2d(2.0, 3)', { norm: 4 }, 'nn.LPPool2d(4.0, 3)'],
    ['nn.LPPool2d(norm_type=2, kernel_size=3)', { norm: 1.5 }, 'nn.LPPool2d(norm_type=1.5, kernel_size=3)'],
    ['nn.MaxPool2d(2, 2, return_indices=True)', window(3), 'nn.MaxPool2d(3, 3, return_indices=True)'],
  ],
  'a stride that follows the kernel': [
    ['nn.MaxPool2d(2)', stride(1), 'nn.MaxPool2d(2, stride=1)'],
    ['nn.MaxPool2d(2)', kernel(3), 'nn.MaxPool2d(3, stride=2)'],
    ['nn.MaxPool2d(2, None)', window(3), 'nn.MaxPool2d(3, None)'],
    ['nn.MaxPool2d(2, None)', kernel(3), 'nn.MaxPool2d(3, 2)'],
    ['nn.MaxPool2d(2, stride=())', stride(2, 1), 'nn.MaxPool2d(2, stride=(2, 1))'],
    ['nn.MaxPool2d(2, stride=2)', window(3), 'nn.MaxPool2d(3, stride=3)'],
    ['nn.MaxPool2d(2, stride=2)', kernel(3), 'nn.MaxPool2d(3, stride=2)'],
    ['nn.MaxPool2d(3, stride=2)', stride(3), 'nn.MaxPool2d(3, stride=3)'],
    ['layers.MaxPooling2D(strides=None)', stride(1), 'layers.MaxPooling2D(strides=1)'],
  ],
  'an argument that is new': [
    ['nn.MaxPool2d(3)', ceil, 'nn.MaxPool2d(3, ceil_mode=True)'],
    ['nn.MaxPool2d(3,)', ceil, 'nn.MaxPool2d(3, ceil_mode=True,)'],
    ['nn.MaxPool2d( 3 )', padding(1, 0), 'nn.MaxPool2d( 3, padding=(1, 0) )'],
    [
      'nn.MaxPool2d(3, 2)',
      { ...ceil, ...dilation(2), ...padding(1) },
      'nn.MaxPool2d(3, 2, padding=1, dilation=2, ceil_mode=True)',
    ],
    ['nn.AvgPool2d(3)', { countIncludePad: false }, 'nn.AvgPool2d(3, count_include_pad=False)'],
    ['nn.AvgPool2d(3)', { divisorOverride: 4 }, 'nn.AvgPool2d(3, divisor_override=4)'],
    ['nn.AdaptiveMaxPool2d(7)', { returnIndices: true }, 'nn.AdaptiveMaxPool2d(7, return_indices=True)'],
    ['layers.MaxPooling2D()', same, 'layers.MaxPooling2D(padding="same")'],
    ['layers.MaxPooling2D( )', window(3), 'layers.MaxPooling2D(pool_size=3 )'],
    ['nn.MaxPool2d(3  # three\n)', ceil, 'nn.MaxPool2d(3, ceil_mode=True  # three\n)'],
    ['nn.MaxPool2d(3, 2,  # overlap\n)', ceil, 'nn.MaxPool2d(3, 2, ceil_mode=True,  # overlap\n)'],
    [
      'nn.MaxPool2d(\n    kernel_size=3,\n    stride=2,\n)',
      padding(1),
      'nn.MaxPool2d(\n    kernel_size=3,\n    stride=2,\n    padding=1,\n)',
    ],
    [
      'nn.MaxPool2d(\n    kernel_size=3,\n    stride=2\n)',
      { ...padding(1), ...ceil },
      'nn.MaxPool2d(\n    kernel_size=3,\n    stride=2,\n    padding=1,\n    ceil_mode=True\n)',
    ],
    [
      'nn.MaxPool2d(\n    3,\n    2,  # overlap, too\n    # no padding\n)',
      padding(1),
      'nn.MaxPool2d(\n    3,\n    2,  # overlap, too\n    padding=1,\n    # no padding\n)',
    ],
    [
      'nn.MaxPool2d(\n    3,\n    2  # overlap\n)',
      padding(1),
      'nn.MaxPool2d(\n    3,\n    2,  # overlap\n    padding=1\n)',
    ],
    [
      'nn.MaxPool2d(\n    3,\n    2  # overlap\n    ,\n)',
      padding(1),
      'nn.MaxPool2d(\n    3,\n    2,  # overlap\n    padding=1\n    ,\n)',
    ],
    [
      'nn.MaxPool2d(3,\n             stride=2)',
      ceil,
      'nn.MaxPool2d(3,\n             stride=2,\n             ceil_mode=True)',
    ],
    ['nn.MaxPool2d(\n    3, stride=2\n)', ceil, 'nn.MaxPool2d(\n    3, stride=2, ceil_mode=True\n)'],
    ['nn.MaxPool2d(\n    3, 2,\n    padding=1\n)', ceil, 'nn.MaxPool2d(\n    3, 2,\n    padding=1, ceil_mode=True\n)'],
    ['nn.MaxPool2d(\n    3\n  , stride=2\n)', ceil, 'nn.MaxPool2d(\n    3\n  , stride=2, ceil_mode=True\n)'],
    ['nn.MaxPool2d(\r\n\t3,\r\n\t2,\r\n)\r\n', ceil, 'nn.MaxPool2d(\r\n\t3,\r\n\t2,\r\n\tceil_mode=True,\r\n)\r\n'],
    ['nn.MaxPool2d(\r\n\t3,\r\n\t2  # a\r\n)', ceil, 'nn.MaxPool2d(\r\n\t3,\r\n\t2,  # a\r\n\tceil_mode=True\r\n)'],
  ],
  'an argument that is back at its default': [
    ['nn.MaxPool2d(3, padding=1)', padding(0), 'nn.MaxPool2d(3)'],
    ['nn.MaxPool2d(3, dilation=2)', dilation(1), 'nn.MaxPool2d(3)'],
    ['nn.MaxPool2d(3, padding=1,)', padding(0), 'nn.MaxPool2d(3,)'],
    ['nn.MaxPool2d(3, padding=1, ceil_mode=True)', padding(0), 'nn.MaxPool2d(3, ceil_mode=True)'],
    ['nn.MaxPool2d(padding=1, kernel_size=3)', padding(0), 'nn.MaxPool2d(kernel_size=3)'],
    ['nn.MaxPool2d(3, padding=1, ceil_mode=True)', { ...padding(0), ...floor }, 'nn.MaxPool2d(3)'],
    ['nn.MaxPool2d(3, padding=1, stride=2, ceil_mode=True)', { ...padding(0), ...floor }, 'nn.MaxPool2d(3, stride=2)'],
    ['nn.MaxPool2d(3, padding=1)', { ...padding(0), ...ceil }, 'nn.MaxPool2d(3, ceil_mode=True)'],
    ['nn.MaxPool2d(3, None, 1)', padding(0), 'nn.MaxPool2d(3, None, 0)'],
    ['nn.AvgPool2d(3, divisor_override=4)', { divisorOverride: undefined }, 'nn.AvgPool2d(3)'],
    [
      'nn.AvgPool2d(3, 3, 0, False, True, 4)',
      { divisorOverride: undefined },
      'nn.AvgPool2d(3, 3, 0, False, True, None)',
    ],
    ['nn.AvgPool2d(3, count_include_pad=False)', { countIncludePad: true }, 'nn.AvgPool2d(3)'],
    ['nn.MaxPool2d(3, return_indices=True)', { returnIndices: false }, 'nn.MaxPool2d(3)'],
    [
      'nn.MaxPool2d(\n    3,\n    padding=1,\n    ceil_mode=True,\n)',
      padding(0),
      'nn.MaxPool2d(\n    3,\n    ceil_mode=True,\n)',
    ],
    ['nn.MaxPool2d(\n    3,\n    ceil_mode=True,\n)', floor, 'nn.MaxPool2d(\n    3,\n)'],
    [
      'nn.MaxPool2d(\n    3,\n    padding=1,\n    ceil_mode=True\n)',
      { ...padding(0), ...floor },
      'nn.MaxPool2d(\n    3\n)',
    ],
    ['nn.MaxPool2d(3, padding=1,\n    ceil_mode=True)', padding(0), 'nn.MaxPool2d(3,\n    ceil_mode=True)'],
    ['nn.MaxPool2d(3,\n    padding=1, ceil_mode=True)', padding(0), 'nn.MaxPool2d(3,\n    ceil_mode=True)'],
    [
      'nn.MaxPool2d(\n    3,\n    padding=1,\n    ceil_mode=True,\n)',
      { ...padding(0), ...floor, ...dilation(2) },
      'nn.MaxPool2d(\n    3,\n    dilation=2,\n)',
    ],
    [
      'nn.MaxPool2d(\n    3,\n    padding=1,  # half\n    ceil_mode=True,\n)',
      padding(0),
      'nn.MaxPool2d(\n    3,\n    padding=0,  # half\n    ceil_mode=True,\n)',
    ],
    ['nn.MaxPool2d(3, ceil_mode=True  # round up\n)', floor, 'nn.MaxPool2d(3, ceil_mode=False  # round up\n)'],
    ['nn.MaxPool2d(3, # big\n padding=(1, 1))', padding(0), 'nn.MaxPool2d(3, # big\n padding=(0, 0))'],
    ['nn.MaxPool2d(3, padding=(1, # rows\n 1))', padding(0), 'nn.MaxPool2d(3, padding=(0, # rows\n 0))'],
    ["layers.MaxPooling2D(padding='same')", valid, 'layers.MaxPooling2D()'],
    ["layers.MaxPooling2D(\n  padding='same',\n)", { ...valid, ...window(3) }, 'layers.MaxPooling2D(pool_size=3)'],
    ["layers.MaxPooling2D(3, padding='same', name='p')", valid, "layers.MaxPooling2D(3, name='p')"],
    ['layers.MaxPooling2D(pool_size=3)', window(2), 'layers.MaxPooling2D(pool_size=2)'],
    ['nn.MaxPool2d(2, padding=1, **more)', padding(0), 'nn.MaxPool2d(2, padding=0, **more)'],
  ],
  'functions, Keras, TensorFlow and adaptive layers': [
    ['y = F.max_pool2d(x, 2)', stride(1), 'y = F.max_pool2d(x, 2, stride=1)'],
    ['y = F.max_pool2d(x, 2, 2, 0, 1, True)', floor, 'y = F.max_pool2d(x, 2, 2, 0, 1, False)'],
    ['F.avg_pool2d(input=x, kernel_size=(2, 3))', window(2), 'F.avg_pool2d(input=x, kernel_size=(2, 2))'],
    ['F.lp_pool2d(x, 2, 3, ceil_mode=False)', ceil, 'F.lp_pool2d(x, 2, 3, ceil_mode=True)'],
    ['torch.max_pool2d(x, [2, 2])', dilation(2), 'torch.max_pool2d(x, [2, 2], dilation=2)'],
    ['nn.AdaptiveAvgPool2d(1)', size(7), 'nn.AdaptiveAvgPool2d(7)'],
    ['nn.AdaptiveAvgPool2d(1)', size(7, null), 'nn.AdaptiveAvgPool2d((7, None))'],
    ['nn.AdaptiveAvgPool2d(1)', size(null), 'nn.AdaptiveAvgPool2d((None, None))'],
    ['nn.AdaptiveAvgPool2d((None, 7))', size(5, 7), 'nn.AdaptiveAvgPool2d((5, 7))'],
    ['nn.AdaptiveAvgPool2d((5, 7))', size(5, null), 'nn.AdaptiveAvgPool2d((5, None))'],
    ['F.adaptive_max_pool2d(x, output_size=[6, 6])', size(7), 'F.adaptive_max_pool2d(x, output_size=[7, 7])'],
    ['nn.AdaptiveAvgPool2d((3,))', size(7), 'nn.AdaptiveAvgPool2d((7, 7))'],
    ['layers.AdaptiveAveragePooling2D(7)', size(5, 6), 'layers.AdaptiveAveragePooling2D((5, 6))'],
    ["layers.MaxPool2D((2, 2), 2, 'valid')", same, "layers.MaxPool2D((2, 2), 2, 'same')"],
    ['layers.MaxPool2D((2, 2), padding="VALID")', same, 'layers.MaxPool2D((2, 2), padding="SAME")'],
    ['layers.MaxPool2D(2, padding=("same"))', stride(1), 'layers.MaxPool2D(2, padding=("same"), strides=1)'],
    ['layers.MaxPool2D((2, 2), 2, r"""same""")', valid, 'layers.MaxPool2D((2, 2), 2, r"""valid""")'],
    ["layers.AvgPool2D(2, name='p')", same, "layers.AvgPool2D(2, name='p', padding='same')"],
    [
      'print(\'a\')\nlayers.AvgPool2D(2)\nprint("b")',
      same,
      "print('a')\nlayers.AvgPool2D(2, padding='same')\nprint(\"b\")",
    ],
    ["'''doc'''\nlayers.AvgPool2D(2)", same, "'''doc'''\nlayers.AvgPool2D(2, padding=\"same\")"],
    ['tf.nn.max_pool2d(x, 2, 2, "VALID")', same, 'tf.nn.max_pool2d(x, 2, 2, "SAME")'],
    ['tf.nn.max_pool2d(x, 2, 2, PAD)', same, 'tf.nn.max_pool2d(x, 2, 2, "SAME")'],
    ["tf.nn.max_pool2d(x, 2, 2, padding='SAME')", valid, "tf.nn.max_pool2d(x, 2, 2, padding='VALID')"],
    [
      "tf.nn.max_pool(x, [1,2,2,1], strides=[1, 2, 2 ,1], padding='SAME')",
      { ...kernel(3), ...stride(2, 1) },
      "tf.nn.max_pool(x, [1,3,3,1], strides=[1, 2, 1 ,1], padding='SAME')",
    ],
    [
      "tf.nn.avg_pool2d(x, (1, 1, 2, 3), 1, 'VALID', 'NCHW')",
      kernel(4, 3),
      "tf.nn.avg_pool2d(x, (1, 1, 4, 3), 1, 'VALID', 'NCHW')",
    ],
    [
      "K = [1, 2, 2, 1]\ntf.nn.max_pool(x, K, 1, 'VALID')",
      kernel(3, 2),
      "K = [1, 2, 2, 1]\ntf.nn.max_pool(x, [1, 3, 2, 1], 1, 'VALID')",
    ],
  ],
  'names and what is not known': [
    ['K = 2\nnn.MaxPool2d(kernel_size=K)', window(3), 'K = 2\nnn.MaxPool2d(kernel_size=3)'],
    ['K = 2\nnn.MaxPool2d(kernel_size=K)', stride(1), 'K = 2\nnn.MaxPool2d(kernel_size=K, stride=1)'],
    ['K = 2\nnn.MaxPool2d((K, K))', window(2, 3), 'K = 2\nnn.MaxPool2d((K, 3))'],
    ['nn.MaxPool2d(k, stride=s, padding=k // 2)', ceil, 'nn.MaxPool2d(k, stride=s, padding=k // 2, ceil_mode=True)'],
    ['nn.MaxPool2d(k, stride=s, padding=k // 2)', padding(1), 'nn.MaxPool2d(k, stride=s, padding=1)'],
    ['nn.MaxPool2d(k, stride=s, padding=k // 2)', window(3), 'nn.MaxPool2d(3, stride=s, padding=k // 2)'],
    ['nn.MaxPool2d(k, stride=s, padding=k // 2)', stride(1), 'nn.MaxPool2d(k, stride=1, padding=k // 2)'],
    ['nn.MaxPool2d((k, 3))', window(4, 3), 'nn.MaxPool2d((4, 3))'],
    ['nn.MaxPool2d((k, 3))', window(4, 5), 'nn.MaxPool2d((4, 5))'],
    ['nn.MaxPool2d((k, 3))', window(2, 5), 'nn.MaxPool2d((2, 5))'],
    ['nn.MaxPool2d([*k])', window(4, 5), 'nn.MaxPool2d((4, 5))'],
    ['nn.MaxPool2d(*sizes, kernel_size=2)', window(3), 'nn.MaxPool2d(*sizes, kernel_size=3)'],
    ['nn.MaxPool2d(2, **more)', window(3), 'nn.MaxPool2d(3, **more)'],
    ['nn.AdaptiveAvgPool2d(None)', size(7), 'nn.AdaptiveAvgPool2d(7)'],
  ],
  'code around the call': [
    [
      '# 풀링 🏔️\nx = "😀"; pool = nn.MaxPool2d(2)  # 두 배',
      window(3),
      '# 풀링 🏔️\nx = "😀"; pool = nn.MaxPool2d(3)  # 두 배',
    ],
    ['nn.MaxPool2d(2, # 🏔️ 창\n  padding = 1)', padding(0), 'nn.MaxPool2d(2, # 🏔️ 창\n  padding = 0)'],
    [
      'if a:\n\tp = nn.MaxPool2d(\t2,\tpadding\t=\t1\t)\n',
      padding(2),
      'if a:\n\tp = nn.MaxPool2d(\t2,\tpadding\t=\t2\t)\n',
    ],
    ['nn.MaxPool2d(3, \\\n  padding=1)', padding(0), 'nn.MaxPool2d(3)'],
    ['nn.MaxPool2d(3, \\\n  2)', ceil, 'nn.MaxPool2d(3, \\\n  2,\n  ceil_mode=True)'],
    ['nn.MaxPool2d  (2)', window(3), 'nn.MaxPool2d  (3)'],
    ['y = nn.MaxPool2d(2)(x)[0].sum()', ceil, 'y = nn.MaxPool2d(2, ceil_mode=True)(x)[0].sum()'],
    ['F.max_pool2d(conv(relu(x), 3), 2)', window(3), 'F.max_pool2d(conv(relu(x), 3), 3)'],
    ['F.max_pool2d(conv(x, bias=False,), 2)', ceil, 'F.max_pool2d(conv(x, bias=False,), 2, ceil_mode=True)'],
    ['F.max_pool2d(F.avg_pool2d(x, 3), 2)', window(4), 'F.max_pool2d(F.avg_pool2d(x, 3), 4)'],
    ['F.max_pool2d(F.avg_pool2d(x, 3), 2)', window(4), 'F.max_pool2d(F.avg_pool2d(x, 4), 2)', 1],
    ['net(nn.MaxPool2d(2), nn.MaxPool2d(2))', window(3), 'net(nn.MaxPool2d(2), nn.MaxPool2d(3))', 1],
    ['pool = lambda x, k=3: F.max_pool2d(x, k, 1)', stride(2), 'pool = lambda x, k=3: F.max_pool2d(x, k, 2)'],
    ['f = lambda: nn.MaxPool2d(2), 3', window(3), 'f = lambda: nn.MaxPool2d(3), 3'],
    ['F.max_pool2d(x if a else (y, z), 2)', window(3), 'F.max_pool2d(x if a else (y, z), 3)'],
    ['F.max_pool2d(x["a, b=1"], 2)', ceil, 'F.max_pool2d(x["a, b=1"], 2, ceil_mode=True)'],
    ['from torch.nn import MaxPool2d as 풀\n풀(2)', window(3), 'from torch.nn import MaxPool2d as 풀\n풀(3)'],
    ['(nn.MaxPool2d)(2)', window(3), '(nn.MaxPool2d)(3)'],
    [
      '%matplotlib inline\n!pip install torch\nnn.MaxPool2d(2)\n?nn.Linear',
      ceil,
      '%matplotlib inline\n!pip install torch\nnn.MaxPool2d(2, ceil_mode=True)\n?nn.Linear',
    ],
    ['nn.MaxPool2d(2)\nnet = Net(\n', ceil, 'nn.MaxPool2d(2, ceil_mode=True)\nnet = Net(\n'],
    [
      'net = nn.Sequential(\r\n  nn.Conv2d(3, 8, 3),  # 합성곱\r\n  nn.MaxPool2d(\r\n    kernel_size=(2,\r\n                 2),\r\n    ),\r\n)',
      { ...window(3, 2), ...ceil },
      'net = nn.Sequential(\r\n  nn.Conv2d(3, 8, 3),  # 합성곱\r\n  nn.MaxPool2d(\r\n    kernel_size=(3,\r\n                 2),\r\n    ceil_mode=True,\r\n    ),\r\n)',
    ],
    [
      'nn.MaxPool2d(  # window\n    (3, # rows\n     3  # columns\n    ), # end\n)',
      window(5, 4),
      'nn.MaxPool2d(  # window\n    (5, # rows\n     4  # columns\n    ), # end\n)',
    ],
  ],
  'what does not count': [
    ['nn.MaxPool2d(2)', {}, 'nn.MaxPool2d(2)'],
    ['nn.MaxPool2d(2)', { countIncludePad: false, divisorOverride: 3, norm: 3 }, 'nn.MaxPool2d(2)'],
    ['nn.AvgPool2d(2)', dilation(2), 'nn.AvgPool2d(2)'],
    ['nn.LPPool2d(2, 2)', { ...padding(1), ...dilation(2) }, 'nn.LPPool2d(2, 2)'],
    ['layers.AveragePooling2D(2)', { countIncludePad: true, ...dilation(2) }, 'layers.AveragePooling2D(2)'],
    ['nn.AdaptiveMaxPool2d(7)', window(3), 'nn.AdaptiveMaxPool2d(7)'],
    ['layers.GlobalMaxPooling2D()', window(3), 'layers.GlobalMaxPooling2D()'],
    ['nn.MaxPool2d(2, return_indices=True)', { returnIndices: undefined }, 'nn.MaxPool2d(2, return_indices=True)'],
  ],
};

for (const [title, rows] of Object.entries(tables)) {
  describe(`rewriting ${title}`, () => {
    for (const [before, wish, after, at] of rows) {
      it(`${JSON.stringify(before)} → ${JSON.stringify(after)}`, () => {
        assert.equal(rewritten(before, wish, at), after);
        if (before === after) return;
        // What it says then is what was wanted: nothing is left to change.
        const [now, then] = [findPoolingCalls(before)[at ?? 0]!, findPoolingCalls(after)[at ?? 0]!];
        assert.deepEqual(rewriteCall(after, then, changed(now, wish)), []);
      });
    }
  });
}

it('each changed argument has one edit, in the order of the source', () => {
  const source = 'nn.MaxPool2d(ceil_mode=True, padding=1, kernel_size=(2, 2), dilation=1)';
  const [call] = findPoolingCalls(source);
  assert.ok(call);
  const wanted = changed(call, { ...window(3), ...padding(2), ...dilation(2) });
  assert.deepEqual(
    rewriteCall(source, call, wanted).map(({ start, end, text }) => [source.slice(start, end), text]),
    [
      ['1', '2'],
      ['2, 2', '3, 3'],
      ['1', '2'],
    ],
  );
});

describe('rewriting a cell of a notebook', () => {
  const cells = ['K = 3\nfrom torch.nn import MaxPool2d as Pool', 'Pool(K, padding=(K // 2, 1))'] as const;
  const [, [call]] = readCells(cells).map(({ calls }) => calls) as [PoolingCall[], [PoolingCall]];
  const inCell = (wish: Wish) => applied(cells[1], rewriteCall(cells[1], call, changed(call, wish)));

  it('leaves names of other cells where they say what is wanted', () => {
    assert.equal(inCell(stride(1)), 'Pool(K, padding=(K // 2, 1), stride=1)');
    assert.equal(inCell(padding(1, 0)), 'Pool(K, padding=(K // 2, 0))');
  });

  it('replaces them where they do not', () => {
    assert.equal(inCell(window(5)), 'Pool(5, padding=(K // 2, 1))');
    assert.equal(inCell(padding(0)), 'Pool(K)');
  });
});

describe('rewriting refuses', () => {
  const refusals: readonly (readonly [source: string, wish: Wish, reason: string, setting?: string])[] = [
    ['nn.MaxPool2d(2)', { operator: 'average' }, 'operator'],
    ['nn.FractionalMaxPool2d(2, output_size=3)', {}, 'operator'],
    ['nn.MaxPool2d(2)', { framework: 'keras' }, 'framework'],
    ['layers.MaxPooling2D(2)', { framework: 'onnx' }, 'framework'],
    ['nn.MaxPool2d(2)', { ...same, framework: undefined }, 'setting', 'padding'],
    ['nn.AvgPool2d(2)', { padding: { top: 0, bottom: 1, left: 0, right: 1 } }, 'setting', 'padding'],
    ['layers.MaxPooling2D(2)', padding(1), 'setting', 'padding'],
    ['layers.MaxPooling2D(2)', dilation(2), 'setting', 'dilation'],
    ['layers.MaxPooling2D(2)', ceil, 'setting', 'ceilMode'],
    ['layers.AveragePooling2D(2)', { divisorOverride: 3 }, 'setting', 'divisorOverride'],
    ['tf.nn.max_pool2d(x, 2, 2, "SAME")', padding(1), 'setting', 'padding'],
    ['layers.AdaptiveMaxPooling2D(7)', size(7, null), 'setting', 'outputSize'],
    ['layers.GlobalMaxPooling2D()', { returnIndices: true }, 'setting', 'returnIndices'],
    ['nn.MaxPool2d(2)', window(2.5), 'setting', 'kernelSize'],
    ['nn.LPPool2d(2, 2)', { norm: Number.POSITIVE_INFINITY }, 'setting', 'norm'],
    ['nn.AvgPool2d(2)', { divisorOverride: 2.5 }, 'setting', 'divisorOverride'],
    ['nn.MaxPool2d(2, *more)', ceil, 'hidden', 'ceilMode'],
    ['nn.MaxPool2d(*more, 2)', window(3), 'hidden', 'kernelSize'],
    ['nn.MaxPool2d(2, **more)', stride(1), 'hidden', 'stride'],
    ['nn.MaxPool2d(2, stride=)', stride(1), 'unclear'],
    ['nn.MaxPool2d(2 3)', stride(1), 'unclear'],
    ['nn.MaxPool2d(k := 2)', window(3), 'unclear', 'kernelSize'],
    ['nn.MaxPool2d(2, stride=(k := 2))', stride(1), 'unclear', 'stride'],
  ];
  for (const [source, wish, reason, setting] of refusals) {
    it(`${source}, ${JSON.stringify(wish)}: ${reason} ${setting ?? ''}`, () => {
      const [call] = findPoolingCalls(source);
      assert.ok(call);
      const wanted = { ...call.layer, ...wish } as PoolingLayer;
      assert.throws(
        () => rewriteCall(source, call, wanted),
        error => error instanceof RewriteError && error.reason === reason && error.setting === setting,
      );
    });
  }

  const before = 'import torch.nn as nn\npool = nn.MaxPool2d(2, stride=1)\n';
  const changes: readonly (readonly [what: string, now: string])[] = [
    ['a line more above it', `\n${before}`],
    ['another value', before.replace('(2', '(3')],
    ['another function', before.replace('Max', 'Avg')],
    ['another class', before.replace('MaxPool2d', 'Dropout2d')],
    ['another module', before.replace('torch.nn', 'torch.xx')],
    ['another parameter', before.replace('stride=1', 'paddin=1')],
    ['the same in a comment', before.replace('pool =', '#ol =')],
    ['no text at all', ''],
  ];
  for (const [what, now] of changes) {
    it(`if there is now ${what}`, () => {
      const [call] = findPoolingCalls(before);
      assert.ok(call);
      assert.throws(
        () => rewriteCall(now, call, changed(call, ceil)),
        error => error instanceof RewriteError && error.reason === 'moved',
      );
    });
  }
});
