/** Scripts of the operators beside max, average and min, which have calls of their own. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { layerNames, type OperatorName, operatorNames } from '../../../src/core/operators';
import { PoolError, type PoolOptions } from '../../../src/core/options';
import { pooledPath } from '../../../src/export/pictureFile';
import { InexpressibleError } from '../../../src/export/request';
import { type CodeTarget, codeTargets, poolingCode } from '../../../src/export/targets';
import { base, one } from '../../options';
import { mountainFile } from '../../pictureInfo';

function script(target: CodeTarget, operators: readonly OperatorName[], options: Partial<PoolOptions> = {}): string {
  return poolingCode(target, {
    ...mountainFile,
    operators,
    options: { ...base, ...options },
  });
}

/** The lines between the tensor and the picture. */
function pooling(target: CodeTarget, operator: OperatorName, options: Partial<PoolOptions> = {}): string[] {
  const lines = script(target, [operator], options).split('\n');
  const start = lines.findLastIndex(line => /^(print\((list\()?x\.shape|x = )/.test(line)) + 1;
  return lines.slice(start, lines.indexOf('# Back to a picture: clip, then truncate.')).filter(Boolean);
}

const refusal = (setting: string) => (error: unknown) =>
  error instanceof InexpressibleError && error.setting === setting;

describe('Lᵖ pooling', () => {
  it("is PyTorch's layer in float32, whose overflow is part of the result", () => {
    assert.deepEqual(pooling('pytorch', 'lp', { kernelSize: [3, 3], ceilMode: true }), [
      'lp_pooled = nn.LPPool2d(norm_type=2, kernel_size=3, stride=2, ceil_mode=True)(x)',
      'print(list(lp_pooled.shape))  # [1, 3, 350, 512]',
    ]);
    // 4 · 255³ is 66 million, and 4 · 255² far below 2²⁴.
    for (const target of ['pytorch', 'onnx', 'numpy', 'keras'] as const) {
      const cubes = script(target, ['lp'], { norm: 3 });
      assert.match(cubes, /the last digits may differ/, target);
      assert.doesNotMatch(cubes, /double|float64/, target);
      assert.doesNotMatch(script(target, ['lp']), /may differ/, target);
    }
    // Averages of large windows beside it need float64, unless powers are too large for float32: 4 · 255⁴⁰.
    const large = { kernelSize: [256, 258] } as const;
    assert.match(script('pytorch', ['average', 'lp'], { ...large, norm: 3 }), /\.double\(\)/);
    assert.doesNotMatch(script('pytorch', ['average', 'lp'], { ...large, norm: 40 }), /double/);
  });

  it('is sums of powers in NumPy and averages of powers in Keras', () => {
    assert.deepEqual(pooling('numpy', 'lp').slice(-1), ['lp_pooled = (windows ** 2).sum(axis=(-2, -1)) ** (1 / 2)']);
    assert.match(
      script('numpy-loops', ['lp']),
      /pooled\[i, j\] = \(window \*\* 2\)\.sum\(axis=\(0, 1\)\) \*\* \(1 \/ 2\)/,
    );
    assert.deepEqual(pooling('keras', 'lp', { kernelSize: [3, 2] }).slice(0, -1), [
      'averages = keras.layers.AveragePooling2D(pool_size=(3, 2), strides=2)(x ** 2)',
      'lp_pooled = (averages * 6) ** (1 / 2)',
    ]);
  });

  it("fills up windows beyond the picture in PyTorch's ceil_mode only", () => {
    // Of 1024 columns 512 windows of 3 need 1025.
    const ceil = { kernelSize: [3, 3], ceilMode: true } as const;
    assert.match(script('numpy', ['lp'], ceil), /\.sum\(axis=\(-2, -1\)\) \/ counts \* 9\) \*\* \(1 \/ 2\)/);
    assert.match(
      script('numpy', ['lp'], { ...ceil, framework: 'onnx' }),
      /= \(windows \*\* 2\)\.sum\(.*\) \*\* \(1 \/ 2\)$/m,
    );
    assert.throws(() => script('onnx', ['lp'], ceil), refusal('ceil_mode'));
    assert.match(script('keras', ['lp'], ceil), /padding='same'\)\(x \*\* 2\)/);
  });

  it("takes ONNX' padding and dilation, as far as the target can", () => {
    const chosen = { framework: 'onnx', kernelSize: [3, 3], padding: one } as const;
    assert.match(
      script('onnx', ['lp'], { ...chosen, norm: 1 }),
      /'LpPool', .*strides=\[2, 2\], pads=\[1, 1, 1, 1\], p=1\)/,
    );
    assert.match(
      script('pytorch', ['lp'], chosen),
      /padded = F\.pad\(x, \(1, 1, 1, 1\)\)\nlp_pooled = nn\.LPPool2d\(.*\)\(padded\)/,
    );
    assert.match(
      script('pytorch', ['lp'], { ...chosen, dilation: [2, 2] }),
      /F\.unfold\(padded, 3, dilation=2, stride=2\)/,
    );
    assert.throws(() => script('keras', ['lp'], { ...chosen, dilation: [2, 2] }), refusal('dilation'));
  });

  it('is refused for powers that the target cannot take', () => {
    for (const norm of [1.5, -1]) assert.throws(() => script('onnx', ['lp'], { norm }), refusal('norm_type'));
    assert.throws(
      () => script('numpy', ['lp'], { norm: -1, ceilMode: true, kernelSize: [3, 3] }),
      refusal('norm_type'),
    );
    assert.throws(() => script('pytorch', ['lp'], { norm: 0 }), PoolError);
  });
});

describe('adaptive pooling', () => {
  it('has None in PyTorch and the size that is kept elsewhere', () => {
    const chosen = { outputSize: [7, null] } as const;
    assert.deepEqual(pooling('pytorch', 'adaptiveAverage', chosen), [
      'adaptive_average_pooled = nn.AdaptiveAvgPool2d((7, None))(x)',
      'print(list(adaptive_average_pooled.shape))  # [1, 3, 7, 1024]',
    ]);
    assert.match(script('keras', ['adaptiveMax'], chosen), /keras\.layers\.AdaptiveMaxPooling2D\(\(7, 1024\)\)\(x\)/);
    assert.match(script('numpy-loops', ['adaptiveMax'], chosen), /out_h, out_w = 7, width$/m);
  });

  it('divides twice in NumPy, as PyTorch does', () => {
    assert.deepEqual(pooling('numpy', 'adaptiveAverage', { outputSize: [7, 5] }), [
      '# Window i from ⌊i·I/O⌋ to ⌈(i + 1)·I/O⌉: first all rows of each, then all columns.',
      'rows = [slice(i * 700 // 7, -(-(i + 1) * 700 // 7)) for i in range(7)]',
      'columns = [slice(j * 1024 // 5, -(-(j + 1) * 1024 // 5)) for j in range(5)]',
      'lines = np.stack([x[each].sum(axis=0) for each in rows])',
      'print(lines.shape)  # (7, 1024, 3)',
      'sums = np.stack([lines[:, each].sum(axis=1) for each in columns], axis=1)',
      'heights = np.float32([each.stop - each.start for each in rows])',
      'widths = np.float32([each.stop - each.start for each in columns])',
      'adaptive_average_pooled = sums / heights[:, np.newaxis, np.newaxis] / widths[:, np.newaxis]',
    ]);
  });

  it("is ONNX' plain pooling where windows are equal, and refused elsewhere", () => {
    assert.match(
      script('onnx', ['adaptiveAverage'], { outputSize: [7, 512] }),
      /'AveragePool', \['x'\], \['adaptive_average'\], kernel_shape=\[100, 2\], strides=\[100, 2\]\)/,
    );
    assert.throws(() => script('onnx', ['adaptiveMax'], { outputSize: [7, 5] }), refusal('output_size'));
  });

  it('has to have pixels to be a picture', () => {
    assert.throws(() => script('pytorch', ['adaptiveMax'], { outputSize: [0, 3] }), refusal('output_size'));
  });
});

describe('global pooling', () => {
  it('is a layer, a node, or one function over the picture', () => {
    assert.equal(pooling('pytorch', 'globalMax')[0], 'global_max_pooled = nn.AdaptiveMaxPool2d(1)(x)');
    assert.equal(
      pooling('keras', 'globalMax')[0],
      'global_max_pooled = keras.layers.GlobalMaxPooling2D(keepdims=True)(x)',
    );
    assert.equal(pooling('numpy', 'globalMax')[0], 'global_max_pooled = x.max(axis=(0, 1), keepdims=True)');
    assert.match(script('onnx', ['globalMax']), /helper\.make_node\('GlobalMaxPool', \['x'\], \['global_max'\]\),/);
  });

  it('sums a large picture in float64 where that is possible', () => {
    // 255 · 700 · 1024 is above 2²⁴.
    assert.equal(
      pooling('numpy', 'globalAverage')[0],
      'global_average_pooled = (x.mean(axis=(0, 1), keepdims=True)).astype(np.float32)',
    );
    assert.match(script('keras', ['globalAverage']), /averages may differ/);
  });
});

describe('max pooling that blurs', () => {
  it('is maxima at stride 1, a reflected border and the binomial filter', () => {
    assert.deepEqual(pooling('pytorch', 'maxBlur', { kernelSize: [2, 3] }), [
      '# Maxima at stride 1, blurred by the binomial filter before the stride takes its part.',
      'maxima = nn.MaxPool2d(kernel_size=(2, 3), stride=1)(x)',
      "maxima = F.pad(maxima, (1, 1, 1, 1), mode='reflect')",
      'weights = torch.tensor([1, 2, 1], dtype=x.dtype)',
      'blur = (torch.outer(weights, weights) / 16).expand(3, 1, 3, 3)',
      'max_blur_pooled = F.conv2d(maxima, blur, stride=2, groups=3)',
      'print(list(max_blur_pooled.shape))  # [1, 3, 350, 511]',
    ]);
    assert.deepEqual(pooling('numpy', 'maxBlur'), [
      'maxima = sliding_window_view(x, (2, 2), axis=(0, 1)).max(axis=(-2, -1))',
      "maxima = np.pad(maxima, ((1, 1), (1, 1), (0, 0)), mode='reflect')",
      'windows = sliding_window_view(maxima, (3, 3), axis=(0, 1))[::2, ::2]',
      'print(windows.shape)  # (350, 512, 3, 3, 3)',
      'weights = np.float32(np.outer([1, 2, 1], [1, 2, 1])) / 16',
      'max_blur_pooled = (windows * weights).sum(axis=(-2, -1))',
    ]);
    const nodes = [...script('onnx', ['maxBlur']).matchAll(/make_node\('(\w+)'/g)].map(([, type]) => type);
    assert.deepEqual(nodes, ['MaxPool', 'Pad', 'Conv']);
    assert.match(
      script('keras', ['maxBlur']),
      /^def blur\(x\):$[\s\S]*max_blur_pooled = blur\(maxima\)\[:, ::2, ::2\]$/m,
    );
  });
});

describe('the median', () => {
  it("is NumPy's, which leaves out padding that is not a number", () => {
    assert.deepEqual(pooling('numpy', 'median').slice(-1), ['median_pooled = np.median(windows, axis=(-2, -1))']);
    const padded = { kernelSize: [3, 3], padding: one } as const;
    const code = script('numpy', ['median'], padded);
    assert.match(code, /constant_values=np\.nan\) {2}# padding does not count$/m);
    assert.match(code, /= np\.nanmedian\(windows, axis=\(-2, -1\)\)$/m);
    assert.match(
      script('numpy-loops', ['median'], padded),
      /pooled\[i, j\] = np\.nanmedian\(window, axis=\(0, 1\)\)$/m,
    );
  });

  it('is in no script of a framework, and says that it is to blame', () => {
    for (const target of ['pytorch', 'keras', 'onnx'] as const) {
      assert.throws(() => script(target, ['max', 'median']), refusal('median'));
    }
  });
});

describe('every operator', () => {
  const written = (target: CodeTarget, name: OperatorName) => script(target, [name], { outputSize: [7, 4] });
  /** What no framework has, only NumPy can write. */
  const writable = (target: CodeTarget) => (target.startsWith('numpy') ? operatorNames : layerNames);

  it('has a script in every target, with the imports that it uses and no others', () => {
    for (const target of codeTargets) {
      for (const name of writable(target)) {
        const code = written(target, name);
        for (const [, names] of code.matchAll(/^(?:import|from) (?:.*(?:import|as) )?(.*)$/gm)) {
          for (const each of names!.split(', ')) {
            assert.ok(code.split(new RegExp(`\\b${each}\\b`)).length > 2, `${each} is used in\n${code}`);
          }
        }
      }
    }
  });

  it('writes a picture that is named after it', () => {
    for (const target of codeTargets) {
      for (const name of writable(target)) {
        assert.ok(
          written(target, name).includes(`cv2.imwrite('${pooledPath('mountain.jpg', name)}', `),
          `${target} ${name}`,
        );
      }
    }
    assert.equal(pooledPath('a/b.jpg', 'adaptiveMax'), 'a/b-adaptive-max.png');
  });
});
