import assert from 'node:assert/strict';
import { describe, it, test } from 'node:test';
import type { OperatorName } from '../../../src/core/operators';
import { PoolError, type PoolOptions } from '../../../src/core/options';
import { pooledPath } from '../../../src/export/pictureFile';
import { pythonString } from '../../../src/export/python';
import { type CodeRequest, InexpressibleError } from '../../../src/export/request';
import { type CodeTarget, codeTargets, poolingCode } from '../../../src/export/targets';
import { base } from '../../options';
import { mountainFile } from '../../pictureInfo';

const { picture: mountain } = mountainFile;

function script(
  target: CodeTarget,
  operators: OperatorName | readonly OperatorName[],
  options: Partial<PoolOptions> = {},
  request: Partial<CodeRequest> = {},
): string {
  return poolingCode(target, {
    ...mountainFile,
    mode: 'grey',
    operators: typeof operators === 'string' ? [operators] : operators,
    options: { ...base, ...options },
    ...request,
  });
}

/** The line of a script that has this text in it. */
function lineWith(code: string, text: string): string {
  const lines = code.split('\n').filter(line => line.includes(text));
  assert.equal(lines.length, 1, `one line with ${text} in\n${code}`);
  return lines[0]!.trim();
}

function shapes(code: string): (string | undefined)[] {
  return [...code.matchAll(/^print\(.*\) {2}# (.*)$/gm)].map(match => match[1]);
}

const pads = (top: number, bottom: number, left: number, right: number) => ({ padding: { top, bottom, left, right } });

describe('the shapes on the way', () => {
  it('is printed as a course prints it', () => {
    const expected = ['(700, 1024)', '[1, 1, 700, 1024]', '[1, 1, 350, 512]', '(350, 512)'];
    assert.deepEqual(shapes(script('pytorch', 'max')), expected);
    assert.deepEqual(shapes(script('onnx', 'average')), expected);
  });

  it('has channels last in Keras and all windows in NumPy', () => {
    assert.deepEqual(shapes(script('keras', 'max', {}, { mode: 'colour' })), [
      '(700, 1024, 3)',
      '(1, 700, 1024, 3)',
      '(1, 350, 512, 3)',
      '(350, 512, 3)',
    ]);
    assert.deepEqual(shapes(script('numpy', 'max', { kernelSize: [3, 2] })), [
      '(700, 1024)',
      '(349, 512, 3, 2)',
      '(349, 512)',
    ]);
  });

  it("gives each kind its own size where dilation is max's alone", () => {
    const code = script('pytorch', ['max', 'average'], { dilation: [2, 3] });
    assert.deepEqual(shapes(code).slice(2), ['[1, 1, 349, 511]', '(349, 511)', '[1, 1, 350, 512]', '(350, 512)']);
  });

  it('lies down when the picture is not turned', () => {
    const request = { picture: { ...mountain, orientation: 6 } };
    assert.equal(shapes(script('pytorch', 'max', {}, request))[0], '(700, 1024)');
    assert.equal(shapes(script('pytorch', 'max', {}, { ...request, orient: false }))[0], '(1024, 700)');
  });
});

test('what a script writes is named after its own file, not beside a picture that is elsewhere', () => {
  const code = script('pytorch', 'max', {}, { path: '/opt/samples/text.png', saveAs: 'text.png' });
  assert.match(code, /cv2\.imread\('\/opt\/samples\/text\.png'/);
  assert.match(code, /cv2\.imwrite\('text-max\.png'/);
});

describe('only what differs from the defaults', () => {
  it('PyTorch', () => {
    assert.equal(lineWith(script('pytorch', 'max'), 'nn.Max'), 'max_pooled = nn.MaxPool2d(kernel_size=2)(x)');
    assert.equal(
      lineWith(script('pytorch', 'average', { kernelSize: [3, 2] }), 'nn.Avg'),
      'average_pooled = nn.AvgPool2d(kernel_size=(3, 2), stride=2)(x)',
    );
    assert.equal(
      lineWith(
        script('pytorch', 'max', { kernelSize: [3, 3], ...pads(1, 1, 0, 0), dilation: [1, 2], ceilMode: true }),
        'nn.Max',
      ),
      'max_pooled = nn.MaxPool2d(kernel_size=3, stride=2, padding=(1, 0), dilation=(1, 2), ceil_mode=True)(x)',
    );
  });

  it('leaves out what has no effect', () => {
    // Without padding there is none to leave out of the average; a divisor of one's own looks at no padding.
    assert.doesNotMatch(script('pytorch', 'average', { countIncludePad: false }), /count_include_pad/);
    assert.match(
      script('pytorch', 'average', { ...pads(1, 1, 1, 1), countIncludePad: false }),
      /count_include_pad=False/,
    );
    assert.doesNotMatch(
      script('pytorch', 'average', { ...pads(1, 1, 1, 1), countIncludePad: false, divisorOverride: 3 }),
      /count_include_pad/,
    );
    assert.doesNotMatch(script('pytorch', 'max', { divisorOverride: 3 }), /divisor/);
  });

  it('ONNX, whose strides are 1 and whose averages leave padding out unless told', () => {
    assert.match(script('onnx', 'max', { stride: [1, 1] }), /\['max'\], kernel_shape=\[2, 2\]\)/);
    assert.match(script('onnx', 'max'), /kernel_shape=\[2, 2\], strides=\[2, 2\]\)/);
    assert.match(script('onnx', 'average', pads(1, 1, 1, 1)), /pads=\[1, 1, 1, 1\], count_include_pad=1\)/);
    assert.match(script('onnx', 'average', { ...pads(1, 1, 1, 1), countIncludePad: false }), /pads=\[1, 1, 1, 1\]\)/);
  });

  it('imports what it uses and no more', () => {
    assert.doesNotMatch(script('pytorch', 'max'), /functional/);
    assert.match(script('pytorch', 'max', { padding: 'same', stride: [1, 1] }), /^import torch\.nn\.functional as F$/m);
    for (const target of codeTargets) {
      const code = script(target, ['max', 'average'], { padding: 'same', kernelSize: [3, 3] });
      for (const [, name] of code.matchAll(/^(?:import|from) .*?(\w+)$/gm)) {
        assert.ok(code.split(new RegExp(`\\b${name}\\b`)).length > 2, `${name} is used in\n${code}`);
      }
    }
  });
});

describe("'same'", () => {
  // 700 rows, kernel 3, stride 2: 350 windows need 349·2 + 3 = 701 rows. 1023 columns, 512 windows: 511·2 + 3 = 1025.
  const same = { padding: 'same', kernelSize: [3, 3] } as const;
  const odd = { picture: { ...mountain, width: 1023 } };

  it('puts the odd pixel after, in the order that each framework names the sides', () => {
    assert.match(script('pytorch', 'max', same, odd), /F\.pad\(x, \(1, 1, 0, 1\), value=float\('-inf'\)\)/);
    assert.match(script('numpy', 'max', same, odd), /np\.pad\(x, \(\(0, 1\), \(1, 1\)\), constant_values=-np\.inf\)/);
    assert.match(
      script('numpy-loops', 'max', same, odd),
      /np\.pad\(x, \(\(0, 1\), \(1, 1\)\), constant_values=-np\.inf\)/,
    );
    assert.match(script('onnx', 'max', same, odd), /pads=\[0, 1, 1, 1\]/);
    assert.match(script('keras', 'max', same, odd), /pool_size=3, strides=2, padding='same'/);
  });

  it("is explained in ONNX's script, which has numbers in place of auto_pad", () => {
    const chosen = { kernelSize: [3, 3], ...pads(0, 1, 1, 1), autoPad: 'SAME_UPPER' } as const;
    const code = script('onnx', ['max', 'average'], chosen, odd);
    assert.match(code, /^# auto_pad is deprecated in the ONNX specification/m);
    assert.match(lineWith(code, 'SAME_UPPER'), /^# for this one, SAME_UPPER is pads=\[0, 1, 1, 1\] /);
    assert.doesNotMatch(code, /auto_pad=/);
    // The same numbers without the rule need no explanation.
    const { autoPad: _, ...numbers } = chosen;
    assert.doesNotMatch(script('onnx', 'max', numbers, odd), /auto_pad/);
    assert.doesNotMatch(script('pytorch', 'max', chosen, odd), /auto_pad|SAME_UPPER/);
  });

  it('divides by the pixels that are real', () => {
    const code = script('pytorch', 'average', same, odd);
    assert.equal(lineWith(code, 'ones = '), 'ones = F.pad(torch.ones_like(x[:, :1]), (1, 1, 0, 1))');
    assert.equal(lineWith(code, 'average_pooled ='), 'average_pooled = sums / counts');
    assert.doesNotMatch(script('onnx', 'average', same, odd), /count_include_pad/);
  });

  it('is not spoken of where it pads nothing', () => {
    for (const target of codeTargets)
      assert.doesNotMatch(script(target, ['max', 'average'], { padding: 'same' }), /pad/i);
  });

  it('is what Keras calls a padding of the same windows', () => {
    const same = { kernelSize: [3, 3], stride: [1, 1], ...pads(1, 1, 1, 1) } as const;
    assert.match(script('keras', 'max', same), /padding='same'/);
    assert.match(script('keras', 'average', { ...same, countIncludePad: false }), /padding='same'/);
    // So is ceil_mode where it makes as many windows: what hangs over counts in neither.
    assert.match(script('keras', 'average', { kernelSize: [3, 3], ceilMode: true }), /padding='same'/);
    // Counted padding is not what 'same' divides by, and at stride 2 its windows stand elsewhere.
    assert.doesNotMatch(script('keras', 'average', same), /padding='same'/);
    assert.doesNotMatch(script('keras', 'max', { ...same, stride: [2, 2] }), /padding='same'/);
  });
});

describe('ceil_mode with unequal sides', () => {
  it('pads what hangs over, uncounted', () => {
    // 701 rows and 1 above: windows of 3 at stride 2 start at −1, …, 697 and, by ceil, at 699, whose last row is beyond the
    // picture. 1024 columns and 1 after: the last window starts at 1022 and ends with the padding.
    const request = { picture: { ...mountain, height: 701 } };
    const code = script('pytorch', 'average', { kernelSize: [3, 3], ceilMode: true, ...pads(1, 0, 0, 1) }, request);
    assert.equal(
      lineWith(code, 'ones = '),
      'ones = F.pad(F.pad(torch.ones_like(x[:, :1]), (0, 1, 1, 0), value=1.0), (0, 0, 0, 1))',
    );
    assert.match(code, /F\.pad\(x, \(0, 1, 1, 1\)\)/);
  });
});

describe('reading the file', () => {
  const reading = (request: Partial<CodeRequest>) =>
    script('pytorch', 'max', {}, request)
      .split('\n')
      .filter(line => line.startsWith('image = '));

  it('asks OpenCV for the samples that the mode looks at', () => {
    assert.deepEqual(reading({}), ["image = cv2.imread('mountain.jpg', cv2.IMREAD_GRAYSCALE)"]);
    assert.deepEqual(reading({ mode: 'colour' }), [
      "image = cv2.imread('mountain.jpg')",
      'image = cv2.cvtColor(image, cv2.COLOR_BGR2RGB)',
    ]);
    assert.deepEqual(reading({ mode: 'alpha', picture: { ...mountain, channels: 4 } }), [
      "image = cv2.imread('mountain.jpg', cv2.IMREAD_UNCHANGED)",
      'image = cv2.cvtColor(image, cv2.COLOR_BGRA2RGBA)',
    ]);
  });

  it('looks for no colour or alpha that the file lacks', () => {
    assert.match(reading({ mode: 'colour', picture: { ...mountain, channels: 2 } }).join(), /IMREAD_GRAYSCALE/);
    assert.deepEqual(reading({ mode: 'alpha' }), reading({ mode: 'colour' }));
  });

  it('keeps 16 bits, from the file to the picture', () => {
    const picture = { ...mountain, bitDepth: 16 } as const;
    const code = script('numpy', 'average', {}, { picture, mode: 'colour' });
    assert.match(code, /IMREAD_COLOR \| cv2\.IMREAD_ANYDEPTH/);
    assert.match(code, /0, 65535\)\.astype\(np\.uint16\)/);
  });

  it('turns by itself what is read with alpha, for which imread does not', () => {
    const lines = (orientation: 1 | 6, orient: boolean) =>
      script('numpy', 'max', {}, { mode: 'alpha', orient, picture: { ...mountain, channels: 4, orientation } });
    assert.match(lines(6, true), /image = cv2\.rotate\(image, cv2\.ROTATE_90_CLOCKWISE\)/);
    assert.match(lines(6, true), /print\(image\.shape\) {2}# \(700, 1024, 4\)/);
    assert.doesNotMatch(lines(6, false) + lines(1, true), /cv2\.rotate/);
  });

  it('ignores an orientation only if there is one and it is to be ignored', () => {
    const picture = { ...mountain, orientation: 3 };
    assert.match(script('pytorch', 'max', {}, { picture, orient: false }), /IMREAD_GRAYSCALE \| cv2\.IMREAD_IGNORE_/);
    assert.doesNotMatch(script('pytorch', 'max', {}, { picture }), /IGNORE/);
    assert.doesNotMatch(script('pytorch', 'max', {}, { orient: false }), /IGNORE/);
  });

  it('says so in a sentence when OpenCV reads nothing', () => {
    const code = script('numpy', 'max', {});
    assert.match(code, /^image = .*\nif image is None:\n {4}raise SystemExit\('OpenCV found no picture/m);
    assert.doesNotMatch(code, /OpenCV refuses/);
    const narrow = script('numpy', 'max', {}, { picture: { ...mountain, notes: [{ code: 'narrowWindow' }] } });
    assert.match(narrow, /^# OpenCV refuses this PNG.*\nimage = /m);
  });

  it('turns by itself where only some versions of OpenCV find the orientation', () => {
    const picture = { ...mountain, orientation: 6, notes: [{ code: 'hiddenOrientation' }] };
    const lines = reading({ picture, mode: 'colour' });
    assert.equal(lines[0], "image = cv2.imread('mountain.jpg', cv2.IMREAD_COLOR | cv2.IMREAD_IGNORE_ORIENTATION)");
    assert.match(lines[1]!, /^image = cv2\.rotate\(image, cv2\.ROTATE_90_CLOCKWISE\) {2}# OpenCV 5 /);
    assert.equal(reading({ picture, mode: 'colour', orient: false }).length, 2);
  });

  it('goes round imread for a name that Windows would not find', () => {
    const code = script('numpy', 'max', {}, { path: '사진/산.png' });
    assert.match(code, /cv2\.imdecode\(np\.fromfile\('사진\/산\.png', np\.uint8\), cv2\.IMREAD_GRAYSCALE\)/);
    assert.match(code, /cv2\.imencode\('\.png', max_image\)\[1\]\.tofile\('사진\/산-max\.png'\)/);
  });
});

describe('sums beyond float32', () => {
  it('are taken in float64 from 2²⁴ on, and rounded to float32', () => {
    // 255 · 256 · 257 is the first above 2²⁴ = 16 777 216; 255 · 256 · 256 = 16 711 680 is below.
    const below = script('pytorch', 'average', { kernelSize: [256, 256] });
    const above = script('pytorch', 'average', { kernelSize: [256, 258] });
    assert.doesNotMatch(below, /double/);
    assert.match(above, /from_numpy\(image\)\.double\(\)/);
    assert.match(above, /average_pooled = average_pooled\.float\(\)/);
    assert.doesNotMatch(script('pytorch', 'max', { kernelSize: [256, 258] }), /double/);
    assert.match(script('numpy', 'average', { kernelSize: [256, 258] }), /np\.float64/);
    assert.match(script('onnx', 'average', { kernelSize: [256, 258] }), /averages may differ/);
  });
});

describe('min pooling, which no framework has as a layer', () => {
  it('is the negated maximum of the negated picture, padded with what never wins', () => {
    const same = { padding: 'same', kernelSize: [3, 3], stride: [2, 2] } as const;
    assert.match(script('pytorch', 'min'), /min_pooled = -nn\.MaxPool2d\(kernel_size=2\)\(-x\)/);
    assert.match(
      script('pytorch', 'min', same),
      /padded = F\.pad\(x, .*value=float\('inf'\)\)\nmin_pooled = -nn.*\(-padded\)/,
    );
    assert.match(script('keras', 'min', same), /min_pooled = -keras\.layers\.MaxPooling2D\(.*padding='same'\)\(-x\)/);
    const nodes = [...script('onnx', ['max', 'min']).matchAll(/make_node\('(\w+)', \['(\w+)'\], \['(\w+)'\]/g)];
    assert.deepEqual(
      nodes.map(([, ...node]) => node),
      [
        ['MaxPool', 'x', 'max'],
        ['Neg', 'x', 'min_negated'],
        ['MaxPool', 'min_negated', 'min_negated_pooled'],
        ['Neg', 'min_negated_pooled', 'min'],
      ],
    );
  });

  it('is a minimum in NumPy', () => {
    assert.match(script('numpy-loops', 'min'), /pooled\[i, j\] = window\.min\(\)/);
    const padded = script('numpy', 'min', pads(1, 1, 1, 1));
    assert.match(padded, /constant_values=np\.inf\).*\n.*\n.*\nmin_pooled = windows\.min\(axis=\(-2, -1\)\)/);
  });
});

describe('what cannot be said', () => {
  const refusal = (setting: string) => (error: unknown) =>
    error instanceof InexpressibleError && error.setting === setting;

  it('is refused by name', () => {
    assert.throws(() => script('keras', 'max', { dilation: [2, 1] }), refusal('dilation'));
    assert.throws(() => script('keras', 'average', { divisorOverride: 3 }), refusal('divisor_override'));
    assert.throws(() => script('onnx', 'average', { divisorOverride: 3 }), refusal('divisor_override'));
    assert.throws(
      () => script('keras', 'average', { kernelSize: [3, 3], ...pads(1, 1, 1, 1), countIncludePad: false }),
      refusal('count_include_pad'),
    );
    // Of 701 rows ceil_mode makes 350 windows where 'same' makes 351; of 1024 columns both make 512, the last hanging over.
    const odd = { picture: { ...mountain, height: 701 } };
    assert.throws(() => script('keras', 'average', { kernelSize: [3, 3], ceilMode: true }, odd), refusal('ceil_mode'));
    // PyTorch allows half of the kernel's reach, ONNX less than its taps.
    assert.throws(() => script('onnx', 'max', { dilation: [3, 3], ...pads(2, 2, 2, 2) }), refusal('padding'));
  });

  it('is not asked of the other kind', () => {
    assert.match(script('keras', 'average', { dilation: [2, 1] }), /AveragePooling2D\(pool_size=2\)/);
    assert.match(script('onnx', 'max', { divisorOverride: 3 }), /MaxPool/);
  });

  it("passes on the framework's own refusal", () => {
    for (const target of codeTargets) assert.throws(() => script(target, 'max', { stride: [0, 1] }), PoolError);
  });
});

describe('file names', () => {
  it('are escaped so that they read back as they were', () => {
    assert.equal(pythonString('plain name.jpg'), "'plain name.jpg'");
    assert.equal(pythonString(`it's "x"`), `'it\\'s "x"'`);
    assert.equal(pythonString('a\\nb'), "'a\\\\nb'");
    assert.equal(pythonString('a\nb\rc\td\0'), "'a\\nb\\u000dc\\u0009d\\u0000'");
    assert.equal(pythonString('산 🏔 é'), "'산 🏔 é'");
    // Right-to-left override, zero-width space, line separator, no-break space, a lone surrogate, a tag beyond 16 bits.
    assert.equal(
      pythonString('\u202e\u200b\u2028\u00a0\ud83c\u{e0041}'),
      "'\\u202e\\u200b\\u2028\\u00a0\\ud83c\\U000e0041'",
    );
  });

  it('cannot break out of their literal, in any script', () => {
    const path = "x'); import os  # \n\\'.png";
    for (const target of codeTargets) {
      const code = script(target, 'max', {}, { path });
      assert.ok(code.includes(`cv2.imread('x\\'); import os  # \\n\\\\\\'.png', `), code);
      assert.ok(
        code.split('\n').every(line => !line.startsWith('import os') && !line.startsWith("\\'")),
        code,
      );
    }
  });

  it('of pooled pictures lie beside the file', () => {
    assert.equal(pooledPath('mountain.jpg', 'max'), 'mountain-max.png');
    assert.equal(pooledPath('a.b/c.d.jpeg', 'average'), 'a.b/c.d-average.png');
    assert.equal(pooledPath('../../a.b/plain', 'max'), '../../a.b/plain-max.png');
    assert.equal(pooledPath('a/.jpg', 'max'), 'a/.jpg-max.png');
  });
});
