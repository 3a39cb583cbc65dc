import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { optionsOf as poolOptionsOf } from '../../../src/core/layer';
import { type OperatorName, operatorOf } from '../../../src/core/operators';
import { callOf } from '../../../src/core/operators/operator';
import { type Framework, isSymmetric, noPadding, PoolError, type PoolOptions } from '../../../src/core/options';
import { pixelOf, type Tensor } from '../../../src/core/tensor';
import { tools } from '../../../src/host/tools';
import {
  comparePooled,
  type Golden,
  type GoldenInput,
  inputOf,
  readCases,
  readGolden,
  type StackCase,
} from '../../golden/read';
import { type FrameworkKnobs, optionsOf } from '../../knobs';

const { contributes } = JSON.parse(readFileSync(new URL('../../../package.json', import.meta.url), 'utf8'));

/** An answer after its way through JSON, as a model gets it. */
function ask(name: keyof typeof tools, input: unknown) {
  return JSON.parse(JSON.stringify(tools[name].answer(input)));
}

const shapeOf = (input: unknown) => ask('pooling_output_shape', input);
const windowOf = (input: unknown) => ask('pooling_window', input);
const compared = (input: unknown) => ask('pooling_compare_frameworks', input);

/** A pooling in the tools' words: what it takes in its framework. */
function words(name: OperatorName, options: PoolOptions, framework: Framework): Record<string, unknown> {
  const { settings } = operatorOf(name);
  const { top, left, bottom, right } = options.padding === 'same' ? noPadding : options.padding;
  const isSame = options.padding === 'same' || options.autoPad === 'SAME_UPPER';
  const numbers = { pytorch: [top, left], keras: 'valid', onnx: [top, left, bottom, right] }[framework];
  const takes = (setting: (typeof settings)[number]) => settings.includes(setting);
  const call = callOf(operatorOf(name), framework);
  const { divisorOverride } = options;
  return {
    operator: name.replace(/[A-Z]/g, letter => `_${letter.toLowerCase()}`),
    ...(takes('kernelSize') && { kernel_size: options.kernelSize, stride: options.stride }),
    ...(takes('padding') && !call?.lacks?.includes('padding') && { padding: isSame ? 'same' : numbers }),
    ...(takes('dilation') && call?.dilation !== 'ignored' && { dilation: options.dilation }),
    ...(takes('ceilMode') && { ceil_mode: options.ceilMode }),
    ...(takes('countIncludePad') && framework !== 'keras' && { count_include_pad: options.countIncludePad }),
    ...(takes('divisorOverride') && divisorOverride !== undefined && { divisor_override: divisorOverride }),
    ...(takes('norm') && { norm_type: options.norm }),
    ...(takes('outputSize') && { output_size: options.outputSize }),
  };
}

test('shapes, receptive fields, parameters and refusals of stacks are PyTorch’s', () => {
  const cases = readCases<StackCase>('stacks.json').filter(({ layers }) => layers.length > 0);
  assert.ok(cases.length > 100 && cases.some(({ error }) => error !== undefined));
  for (const { shape, layers, rows, error, layer } of cases) {
    const answer = shapeOf({
      input_shape: shape,
      layers: layers.map(each => {
        if (each.operator !== 'conv') return words(each.operator, poolOptionsOf(each), 'pytorch');
        const { operator, outChannels, kernelSize, stride, padding, dilation, groups, bias } = each;
        const sides = padding === 'same' ? padding : [padding.top, padding.left];
        return {
          operator,
          out_channels: outChannels,
          kernel_size: kernelSize,
          stride,
          padding: sides,
          dilation,
          groups,
          bias,
        };
      }),
    });
    const found = answer.layers.map((row: Record<string, unknown>) => ({
      shape: row['output_shape'],
      parameters: row['parameters'],
      receptiveField: row['receptive_field'],
      jump: row['jump'],
      start: row['start'],
    }));
    assert.deepEqual(found, rows, JSON.stringify(layers));
    assert.deepEqual(answer.refused, error === undefined ? undefined : { layer: `layers.${layer}`, message: error });
  }
});

/** Pools as the tool says that it is to be done: over what each pixel reads, and by its divisor. */
function pooledAsTold(input: Tensor, pooling: Record<string, unknown>): Tensor {
  const about = { ...pooling, input_shape: input.shape };
  const told = (row: number, column: number) => windowOf({ ...about, row, column });
  const first = told(0, 0);
  if (first.refused) throw new PoolError(first.refused);
  const [, channels, height, width] = first.output_shape;
  const values: number[] = [];
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const { rows, columns, divisor } = told(y, x);
      const pixels: (readonly number[])[] = [];
      for (let row = rows.read[0]; row <= rows.read[1]; row += rows.step) {
        for (let column = columns.read[0]; column <= columns.read[1]; column += columns.step) {
          pixels.push(pixelOf(input, { x: column, y: row }));
        }
      }
      for (let c = 0; c < channels; c++) {
        const inChannel = pixels.map(pixel => pixel[c]!);
        const sum = inChannel.reduce((total, value) => total + value);
        values.push(divisor === undefined ? Math.max(...inChannel) : Math.fround(sum / divisor) + 0);
      }
    }
  }
  return { shape: [1, channels, height, width], data: (first.divisor ? Float32Array : Uint8Array).from(values) };
}

const golden = {
  pytorch: readGolden<{ options: PoolOptions }>('pytorch.json'),
  onnx: readGolden<{ knobs: FrameworkKnobs }>('onnx.json'),
  keras: readGolden<{ knobs: FrameworkKnobs }>('keras.json'),
};

for (const framework of ['pytorch', 'onnx', 'keras'] as const) {
  test(`what a pixel reads and its divisor give the values and refusals of ${framework}`, () => {
    let [values, refusals] = [0, 0];
    for (const example of golden[framework]) {
      const options = 'options' in example ? example.options : optionsOf(example.knobs, example.shape);
      // PyTorch pads both ends of an axis alike: the rest of its cases is padded by F.pad.
      const isPadded = framework === 'pytorch' && (options.padding === 'same' || !isSymmetric(options.padding));
      if (isPadded) continue;
      for (const operator of ['max', 'average'] as const) {
        const expected = example[operator];
        const isRefused = 'error' in expected;
        // Maxima of another type say that some window has no pixel; sums of floats depend on the order.
        if (
          !isRefused &&
          (example.type !== 'uint8' || 'type' in example.max || expected.shape[2] * expected.shape[3] > 100)
        ) {
          continue;
        }
        isRefused ? refusals++ : values++;
        const pooling = { ...words(operator, options, framework), framework };
        const type = operator === 'average' ? 'float32' : 'uint8';
        comparePooled(expected, type, () => ({ output: pooledAsTold(inputOf(example), pooling) }));
      }
    }
    assert.ok(values > 50, `${values} values`);
    assert.ok(framework === 'keras' || refusals > 10, `${refusals} refusals`);
  });
}

test('adaptive windows and their divisors are PyTorch’s', () => {
  interface AdaptiveCase extends GoldenInput {
    readonly layer: { readonly operator: OperatorName; readonly outputSize?: readonly (number | null)[] };
    readonly result: Golden;
  }
  const cases = readCases<AdaptiveCase>('operators.json').filter(
    ({ type, layer, result }) =>
      type === 'uint8' &&
      layer.operator === 'adaptiveMax' &&
      'shape' in result &&
      result.shape[2] * result.shape[3] > 0,
  );
  assert.ok(cases.length > 10);
  for (const example of cases) {
    const pooling = { operator: 'adaptive_max', output_size: example.layer.outputSize };
    comparePooled(example.result, 'uint8', () => ({ output: pooledAsTold(inputOf(example), pooling) }));
  }
  const uneven = windowOf({
    operator: 'adaptive_average',
    output_size: [3, null],
    input_shape: [10, 4],
    row: 1,
    column: 3,
  });
  assert.deepEqual(
    [uneven.rows.read, uneven.columns.read],
    [
      [3, 6],
      [3, 3],
    ],
  );
  assert.deepEqual([uneven.divisor, uneven.divisor_rule], [4, '4 rows × 1 columns: all pixels of the window']);
});

test('a stack has formulas, calls, the number for nn.Linear and the parameters of all layers', () => {
  const stem = { operator: 'conv', out_channels: 64, kernel_size: 7, stride: 2, padding: 3, bias: false };
  const layers = [stem, { operator: 'max', kernel_size: 3, stride: 2, padding: 1 }, { operator: 'global_average' }];
  const answer = shapeOf({ input_shape: [8, 3, 224, 224], layers });
  assert.deepEqual(answer.layers[1], {
    layer: 'MaxPool2d(3, stride=2, padding=1)',
    output_shape: [8, 64, 56, 56],
    height: '⌊(112 + 2·1 − 3)/2⌋ + 1 = 56',
    width: '⌊(112 + 2·1 − 3)/2⌋ + 1 = 56',
    receptive_field: [11, 11],
    jump: [4, 4],
    start: [0, 0],
    parameters: 0,
  });
  assert.equal(answer.layers[0].layer, 'conv');
  assert.deepEqual(
    [answer.output_shape, answer.flattened_features, answer.parameters],
    [[8, 64, 1, 1], 64, 64 * 3 * 7 * 7],
  );
});

test('Keras’ shapes are told in its own order too; models may write null for what they leave out', () => {
  const layers = [{ operator: 'average', kernel_size: [2, 3], stride: null, padding: 'same', ceil_mode: null }];
  const { output_shape, output_shape_nhwc } = shapeOf({ framework: 'keras', input_shape: [5, 7], layers });
  assert.deepEqual(
    [output_shape, output_shape_nhwc],
    [
      [1, 1, 3, 3],
      [1, 3, 3, 1],
    ],
  );
});

test('the defaults are the framework’s', () => {
  const pooling = { operator: 'average', kernel_size: 2, padding: 1, input_shape: [4, 4], row: 0, column: 0 };
  const told = (framework: string | null) => windowOf({ ...pooling, framework });
  assert.deepEqual([told('pytorch').output_shape, told('pytorch').divisor], [[1, 1, 3, 3], 4]);
  assert.deepEqual([told('onnx').output_shape, told('onnx').divisor], [[1, 1, 5, 5], 1]);
  assert.equal(told(null).framework, 'pytorch');
});

test('a divisor comes with its reason', () => {
  const corner = { operator: 'average', kernel_size: 3, stride: 2, input_shape: [6, 6], row: 3, column: 0 };
  const padded = { ...corner, padding: 1, ceil_mode: true };
  const { rows, pixels_read, padding_counts_as, divisor, divisor_rule } = windowOf(padded);
  assert.deepEqual(rows, { window: [5, 7], read: [5, 5], step: 1, taps: { input: 1, padding: 1, beyond_padding: 1 } });
  assert.deepEqual([pixels_read, padding_counts_as, divisor], [2, 0, 6]);
  assert.match(divisor_rule, /^2 rows × 3 columns: pixels of the input and its padding, as count_include_pad=True/);
  const rule = (change: object) => windowOf({ ...padded, ...change }).divisor_rule;
  assert.equal(
    rule({ count_include_pad: false }),
    '1 rows × 2 columns: pixels of the input, as count_include_pad=False',
  );
  assert.equal(rule({ divisor_override: 5 }), 'divisor_override=5 for every window');
  const same = { ...corner, padding: 'same', row: 2 };
  assert.equal(
    windowOf({ ...same, framework: 'keras' }).divisor_rule,
    '2 rows × 3 columns: pixels of the input, as Keras never counts padding',
  );
  // ONNX counts what auto_pad adds, if it is told to.
  assert.equal(windowOf({ ...same, framework: 'onnx', count_include_pad: true }).divisor, 9);
});

test('a window without a pixel says what its value is', () => {
  const onnx = {
    framework: 'onnx',
    operator: 'max',
    kernel_size: 2,
    dilation: [4, 2],
    padding: [0, 1, 0, 1],
    stride: [1, 2],
  };
  const { columns, pixels_read, value_without_pixels } = windowOf({ ...onnx, input_shape: [12, 1], row: 0, column: 0 });
  assert.deepEqual([columns.read, pixels_read], [null, 0]);
  assert.equal(Math.fround(Number(value_without_pixels)), -3.4028234663852886e38);
});

test('frameworks are compared: the same, different and why, refused, nothing alike', () => {
  const { pytorch, keras, onnx } = compared({
    input_shape: [3, 224, 224],
    operator: 'max',
    kernel_size: 3,
    stride: 2,
    padding: 1,
  });
  assert.deepEqual(pytorch, { call: 'MaxPool2d(3, stride=2, padding=1)', output_shape: [1, 3, 112, 112] });
  assert.deepEqual(keras, {
    call: 'MaxPooling2D(3, strides=2, padding="same")',
    output_shape: [1, 3, 112, 112],
    output_shape_nhwc: [1, 112, 112, 3],
    result: 'different',
    differences: ['pads 0 before and 1 after; here 1 and 1'],
  });
  assert.deepEqual([onnx.result, onnx.differences], ['same windows and divisors', undefined]);

  const ceil = compared({ input_shape: [7, 8], operator: 'average', kernel_size: 2, ceil_mode: true });
  assert.deepEqual(ceil.keras.differences, [
    'gives 3 × 4 instead of 4 × 4',
    'has no ceil_mode: the last window is dropped',
  ]);
  assert.equal(
    compared({ input_shape: [9, 9], operator: 'max', kernel_size: 7, padding: 1 }).keras.result,
    'nothing looks the same there',
  );
  const adaptive = compared({ input_shape: [9, 9], operator: 'adaptive_max', output_size: 2 });
  assert.equal(adaptive.keras.result, 'same windows and divisors');
  assert.deepEqual(adaptive.onnx, { result: 'refused', refused: 'ONNX has no such layer: Adaptive max pooling' });
  assert.equal(
    compared({ input_shape: [9, 9], operator: 'max_blur', kernel_size: 2 }).keras.call,
    'MaxPooling2D(2, strides=1) → blur(strides=2)',
  );
  assert.equal(compared({ input_shape: [9, 9], operator: 'lp', kernel_size: 2 }).onnx.result, 'values may differ');
  const pads = compared({
    framework: 'onnx',
    input_shape: [9, 9],
    operator: 'max',
    kernel_size: 2,
    padding: [1, 1, 1, 1],
  });
  assert.equal(pads.pytorch.result, 'same windows and divisors');
});

test('what a framework refuses is answered in its words', () => {
  const pooling = { input_shape: [8, 8], operator: 'max', kernel_size: 3 };
  const words = (change: object) =>
    compared({ ...pooling, ...change })[(change as { framework?: string }).framework ?? 'pytorch'].refused;
  assert.equal(
    words({ padding: 2 }),
    'pad should be at most half of effective kernel size, but got pad=2, kernel_size=3 and dilation=1',
  );
  assert.equal(
    words({ padding: 'same' }),
    "max_pool2d(): argument 'padding' (position 4) must be tuple of ints, not str",
  );
  assert.equal(
    words({ framework: 'keras', ceil_mode: true }),
    "Unrecognized keyword arguments passed to MaxPooling2D: {'ceil_mode': True}",
  );
  assert.equal(words({ framework: 'onnx', padding: 3 }), 'Pad should be smaller than kernel.');
  assert.equal(
    windowOf({ ...pooling, kernel_size: 9, row: 0, column: 0 }).refused,
    'Given input size: (1x8x8). Calculated output size: (1x0x0). Output size is too small',
  );
});

test('malformed input is refused by the name of the field, with what is legal', () => {
  const refused = (name: keyof typeof tools, input: unknown, message: string) =>
    assert.throws(() => tools[name].answer(input), new Error(message));
  const layer = (fields: unknown, message: string, framework = 'pytorch') =>
    refused(
      'pooling_output_shape',
      { framework, input_shape: [3, 8, 8], layers: [{ operator: 'global_max' }, fields] },
      message,
    );
  layer(
    { operator: 'max', kernel_size: '3x3' },
    'layers.1.kernel_size must be an integer or [height, width], but got "3x3"',
  );
  layer({ operator: 'max' }, 'layers.1.kernel_size must be given, as max needs it');
  layer({ operator: 'adaptive_max' }, 'layers.1.output_size must be given, as adaptive_max needs it');
  layer(
    { operator: 'lp', kernel_size: 2, padding: 1 },
    'layers.1.padding is not taken by lp in PyTorch, which takes kernel_size, stride, ceil_mode, norm_type',
  );
  layer(
    { operator: 'average', kernel_size: 2, count_include_pad: true },
    'layers.1.count_include_pad is not taken by average in Keras, which takes kernel_size, stride, padding',
    'keras',
  );
  layer(
    { operator: 'global_max', kernel_size: 2 },
    'layers.1.kernel_size is not taken by global_max in PyTorch, which takes nothing',
  );
  layer(
    { operator: 'max', kernel_size: 2, padding: [0, 0, 1, 1] },
    'layers.1.padding must be an integer or [height, width] in PyTorch',
  );
  layer(
    { operator: 'max', kernel_size: 2, pool: 1 },
    'layers.1.pool is not a field: there are operator, kernel_size, stride, padding, dilation, ceil_mode, count_include_pad, divisor_override, norm_type, output_size',
  );
  layer({ operator: 'conv', kernel_size: 2 }, 'layers.1.out_channels must be a number, but got undefined');
  layer(7, 'layers.1 must be an object, but got 7');
  layer(
    { operator: 'max_pool' },
    'layers.1.operator must be one of max, average, min, lp, adaptive_max, adaptive_average, global_max, global_average, max_blur, conv, but got "max_pool"',
  );
  refused('pooling_output_shape', { input_shape: [3, 8, 8], layers: [] }, 'layers must not be empty, but got []');
  refused('pooling_window', undefined, 'the input must be an object, but got undefined');
  const window = { input_shape: [8, 8], operator: 'max', kernel_size: 2, row: 4, column: 0 };
  refused('pooling_window', window, "row must be below 4, the number of the output's rows, but got 4");
  refused('pooling_window', { ...window, row: -1 }, 'row must be an integer from 0, but got -1');
  refused(
    'pooling_compare_frameworks',
    { ...window, framework: 'jax' },
    'framework must be one of pytorch, keras, onnx, but got "jax"',
  );
  const { row, column, ...pooling } = window;
  refused(
    'pooling_compare_frameworks',
    { ...pooling, input_shape: [0, 8] },
    'input_shape must be [N, C, H, W], [C, H, W] or [H, W], of positive integers, but got [0,8]',
  );
});

test('what is at its default does no harm where it is not taken', () => {
  const filled = { operator: 'average', kernel_size: 2, dilation: 1, divisor_override: null, norm_type: null };
  assert.deepEqual(shapeOf({ input_shape: [8, 8], layers: [filled] }).output_shape, [1, 1, 4, 4]);
});

interface ObjectSchema {
  readonly properties: Readonly<Record<string, { readonly enum?: readonly string[]; readonly items?: ObjectSchema }>>;
  readonly required: readonly string[];
}

/** A legal value for every field that a tool needs, and for a pooling that needs most of the others. */
const legal: Readonly<Record<string, unknown>> = {
  input_shape: [4, 4],
  layers: [{ operator: 'max', kernel_size: 2 }],
  operator: 'max',
  kernel_size: 2,
  row: 0,
  column: 0,
};

test('package.json describes the tools and the fields that there are', () => {
  const described: readonly { name: keyof typeof tools; inputSchema: ObjectSchema }[] = contributes.languageModelTools;
  assert.deepEqual(
    described.map(({ name }) => name),
    Object.keys(tools),
  );
  for (const { name, inputSchema } of described) {
    const message = (input: unknown) => {
      try {
        tools[name].answer(input);
      } catch (error) {
        return (error as Error).message;
      }
      return '';
    };
    const { properties, required } = inputSchema;
    const names = Object.keys(properties);
    const sample = Object.fromEntries(Object.entries(legal).filter(([field]) => names.includes(field)));
    assert.equal(message(sample), '');
    assert.equal(message({ ...sample, none: 1 }), `none is not a field: there are ${names.join(', ')}`);
    for (const field of required)
      assert.match(message({ ...sample, [field]: undefined }), new RegExp(`^${field} must `));
    for (const [field, { enum: values }] of Object.entries(properties)) {
      if (values)
        assert.equal(message({ ...sample, [field]: 1 }), `${field} must be one of ${values.join(', ')}, but got 1`);
    }

    const layer = properties['layers']?.items;
    if (!layer) continue;
    const ofLayer = (fields: object) => message({ ...sample, layers: [{ kernel_size: 2, ...fields }] });
    const fields = ['max', 'conv'].flatMap(operator => {
      const [, list = ''] = ofLayer({ operator, out_channels: operator === 'conv' ? 1 : undefined, none: 1 }).split(
        'there are ',
      );
      return list.split(', ');
    });
    assert.deepEqual(Object.keys(layer.properties).sort(), [...new Set(fields)].sort());
    const { enum: operators = [] } = layer.properties['operator']!;
    assert.equal(ofLayer({ operator: 1 }), `layers.0.operator must be one of ${operators.join(', ')}, but got 1`);
  }
});
