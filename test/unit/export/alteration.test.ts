import assert from 'node:assert/strict';
import { describe, it, test } from 'node:test';
import type { OperatorName } from '../../../src/core/operators';
import { pooledPath } from '../../../src/export/pictureFile';
import type { FileRequest } from '../../../src/export/request';
import { codeTargets, poolingCode, stackCode } from '../../../src/export/targets';
import type { Alteration } from '../../../src/lab/alteration';
import { noiseKinds } from '../../../src/lab/noise';
import { base } from '../../options';
import { mountainFile } from '../../pictureInfo';

const operators: readonly OperatorName[] = ['max'];
const { picture } = mountainFile;
const alpha: Partial<FileRequest> = { mode: 'alpha', picture: { ...picture, channels: 4 } };
const grey: Partial<FileRequest> = { mode: 'grey' };

function script(request: Partial<FileRequest>, target: (typeof codeTargets)[number] = 'numpy'): string {
  return poolingCode(target, { ...mountainFile, operators, options: base, ...request });
}

/** What stands between the picture's shape and the tensor. */
function altering(
  alteration: Alteration,
  request: Partial<FileRequest> = {},
  code = script({ ...request, alteration }),
) {
  const lines = code.split('\n').slice(
    0,
    code.split('\n').findIndex(line => /^(# float64|x = )/.test(line)),
  );
  const read = lines.findIndex(line => line.startsWith('print(image.shape)'));
  return lines.slice(read + 1).filter(line => line !== '');
}

describe('noise', () => {
  const hash = [
    'def hash32(x):',
    '    # lowbias32 of Wellons 2018, https://nullprogram.com/blog/2018/07/31/: each bit depends on every bit of x.',
    '    # x is an array of uint32, whose products keep their lower 32 bits.',
    '    x = (x ^ (x >> 16)) * 0x7feb352d',
    '    x = (x ^ (x >> 15)) * 0x846ca68b',
    '    return x ^ (x >> 16)',
  ];
  const word =
    'word = hash32(hash32(index) ^ hash32(seed ^ 0x9e3779b9))  # 32 bits that look random, from seed and place alone';

  it('is the same lines in every target, behind the shape', () => {
    const alteration: Alteration = { kind: 'saltAndPepper', level: 0.05, seed: 7 };
    for (const target of codeTargets) {
      assert.deepEqual(altering(alteration, {}, script({ alteration }, target)), [
        ...hash,
        '# Salt and pepper: each pixel turns white or black, one as often as the other, with this probability.',
        'probability = 0.05',
        'seed = np.array([7], np.uint32)',
        'height, width = image.shape[:2]',
        'index = np.arange(height * width, dtype=np.uint32).reshape(height, width)',
        word,
        'uniform = word / 2.0**32  # from 0 to 1',
        'image[uniform < probability] = 0',
        'image[uniform < probability / 2] = 255',
      ]);
    }
  });

  it('of a normal distribution is a sum, the same for all frameworks', () => {
    assert.deepEqual(altering({ kind: 'gaussian', level: 7.3, seed: 0 }).slice(hash.length), [
      '# Gaussian noise: twelve uniform numbers of 16 bits, whose sum is nearly normal (Irwin-Hall distribution).',
      'sigma = 7.3',
      'seed = np.array([0], np.uint32)',
      'index = np.arange(image.size, dtype=np.uint32).reshape(image.shape)',
      word,
      'words = (hash32(word + i) for i in range(1, 7))',
      'total = sum((bits & 0xffff) + (bits >> 16) for bits in words)',
      'normal = (total - 393210.0) / 65536  # less the mean, 12 * 65535 / 2, by the standard deviation',
      '# Add, round and clip: + 0.5, since integers drop what is behind the point.',
      'image[:] = np.clip(image + sigma * normal + 0.5, 0, 255)',
    ]);
  });

  it('counts pixels, or on request the samples of each', () => {
    const index = (perChannel: boolean, request: Partial<FileRequest> = {}) =>
      altering({ kind: 'salt', level: 0.5, seed: 1, perChannel }, request).filter(line => /index =|turns/.test(line));
    const bySample = 'index = np.arange(image.size, dtype=np.uint32).reshape(image.shape)';
    assert.match(index(false)[1]!, /height \* width/);
    assert.deepEqual(index(true), ['# Salt: each channel of each pixel turns white with this probability.', bySample]);
    // Grey pixels are their samples.
    const ofGrey = ['# Salt: each pixel turns white with this probability.', bySample];
    assert.deepEqual(index(true, grey), ofGrey);
    assert.deepEqual(index(false, grey), ofGrey);
  });

  it('leaves alpha alone, also where it counts samples', () => {
    const view = 'colours = image[..., :3]  # a view of image: alpha stays as it is';
    const specks = altering({ kind: 'pepper', level: 0.5, seed: 1 }, alpha);
    assert.ok(specks.includes(view));
    assert.equal(specks.at(-1), 'colours[uniform < probability] = 0');
    const gaussian = altering({ kind: 'gaussian', level: 9, seed: 1 }, alpha);
    assert.ok(gaussian.includes(view));
    assert.ok(gaussian.includes('index = np.arange(colours.size, dtype=np.uint32).reshape(colours.shape)'));
    assert.match(gaussian.at(-1)!, /^colours\[:\] = np\.clip\(colours \+ /);
    // Of a picture without alpha the nearest mode is colour.
    assert.doesNotMatch(script({ mode: 'alpha', alteration: { kind: 'pepper', level: 0.5, seed: 1 } }), /colours/);
  });

  it('knows the white of 16 bits, and σ in levels of 8', () => {
    const wide: Partial<FileRequest> = { picture: { ...picture, bitDepth: 16 } };
    assert.equal(altering({ kind: 'salt', level: 1, seed: 1 }, wide).at(-1), 'image[uniform < probability] = 65535');
    const gaussian = altering({ kind: 'gaussian', level: 7.3, seed: 1 }, wide);
    assert.match(gaussian.find(line => line.startsWith('sigma'))!, /^sigma = 7\.3 \* 257 {2}#/);
    assert.match(gaussian.at(-1)!, /, 0, 65535\)$/);
  });

  it('has 32 bits of the seed', () => {
    const seeds = [0, 2 ** 32 - 1, -1, 2 ** 32 + 5, -(2 ** 40) - 3];
    assert.deepEqual(
      seeds.map(seed => /np\.array\(\[(.*)\]/.exec(script({ alteration: { kind: 'salt', level: 1, seed } }))?.[1]),
      ['0', '4294967295', '4294967295', '5', '4294967293'],
    );
  });

  it('has no number that NumPy 2 would refuse beside uint32', () => {
    for (const kind of noiseKinds) {
      const lines = altering({ kind, level: 1, seed: -1 }).filter(line => !line.trim().startsWith('#'));
      const integers = lines.join('\n').match(/\b(?<!\.)(?:0x[\da-f]+|\d+)\b(?!\.)/g) ?? [];
      assert.ok(integers.length > 5);
      for (const integer of integers) assert.ok(Number(integer) < 2 ** 32, integer);
    }
  });
});

describe('a shift', () => {
  const shift = (dy: number, dx: number, request: Partial<FileRequest> = {}) =>
    altering({ kind: 'shift', dy, dx }, request);

  it('repeats the edge and cuts off as much', () => {
    assert.deepEqual(shift(3, 2), [
      '# Shift the picture down by 3, right by 2: repeat its edge there, and cut off as much at the other end.',
      "image = np.pad(image, ((3, 0), (2, 0), (0, 0)), 'edge')[:-3, :-2]",
    ]);
    assert.equal(shift(3, 2, grey)[1], "image = np.pad(image, ((3, 0), (2, 0)), 'edge')[:-3, :-2]");
    assert.equal(shift(16, 16, alpha)[1], "image = np.pad(image, ((16, 0), (16, 0), (0, 0)), 'edge')[:-16, :-16]");
  });

  it('is shorter in one direction, and nothing in none', () => {
    assert.deepEqual(shift(1, 0, grey), [
      '# Shift the picture down by 1: repeat its edge there, and cut off as much at the other end.',
      "image = np.pad(image, ((1, 0), (0, 0)), 'edge')[:-1]",
    ]);
    assert.equal(shift(0, 4, grey)[1], "image = np.pad(image, ((0, 0), (4, 0)), 'edge')[:, :-4]");
    assert.deepEqual(shift(0, 0), []);
  });

  it('goes the other way too', () => {
    assert.equal(shift(-3, 2, grey)[1], "image = np.pad(image, ((0, 3), (2, 0)), 'edge')[3:, :-2]");
    assert.equal(shift(0, -1, grey)[1], "image = np.pad(image, ((0, 0), (0, 1)), 'edge')[:, 1:]");
  });
});

test('what is written is named after what was done', () => {
  const noise: Alteration = { kind: 'gaussian', level: 25, seed: 1 };
  assert.equal(pooledPath('a.b/mountain.jpg', 'max', noise), 'a.b/mountain-noisy-max.png');
  assert.equal(pooledPath('mountain.jpg', 'maxBlur', { kind: 'shift', dy: 0, dx: 0 }), 'mountain-shifted-max-blur.png');
  for (const target of codeTargets) {
    assert.match(script({ alteration: noise }, target), /cv2\.imwrite\('mountain-noisy-max\.png'/);
    assert.match(script({ alteration: noise, saveAs: 'text.png' }, target), /cv2\.imwrite\('text-noisy-max\.png'/);
  }
});

describe('a stack', () => {
  const request = { ...mountainFile, layers: [], alteration: { kind: 'salt', level: 0.5, seed: 1 } } as const;

  it('takes the altered picture', () => {
    for (const target of codeTargets) {
      const code = stackCode(target, request);
      assert.match(code, /^image\[uniform < probability\] = 255$/m);
      assert.match(code, /cv2\.imwrite\('mountain-noisy-stack\.png'/);
    }
  });

  it('of no picture has nothing to alter', () => {
    for (const target of codeTargets) {
      assert.doesNotMatch(stackCode(target, { ...request, shape: [1, 3, 32, 32] }), /hash32/);
    }
  });
});
