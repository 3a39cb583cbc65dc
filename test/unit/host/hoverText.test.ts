import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type HoverPicture, hoverText } from '../../../src/host/lens/hoverText';
import { findPoolingCalls } from '../../../src/python/find';

const english = {
  t: (message: string, ...values: (string | number)[]) =>
    message.replace(/\{(\d)\}/g, (_, place: string) => String(values[Number(place)])),
};

const mountain: HoverPicture = { name: 'mountain.jpg', shape: [1, 3, 700, 1024] };

function hover(source: string, picture?: HoverPicture): string {
  const [call] = findPoolingCalls(source);
  assert.ok(call, source);
  return hoverText(english, call, picture);
}

/** The lines of the hover below the call itself. */
function lines(source: string, picture?: HoverPicture): string[] {
  const [call, ...others] = hover(source, picture).split('\n\n');
  assert.match(call!, /^```python\n.*\n```$/);
  return others.flatMap(part => part.split('\n')).map(line => line.trim());
}

const channels = '- No parameters; the number of channels stays the same.';

test('a plain call: its defaults, the rule of its size, the shapes of the picture', () => {
  assert.equal(
    hover('nn.MaxPool2d(2)', mountain),
    [
      '```python',
      'nn.MaxPool2d(kernel_size=2, stride=2, padding=0, dilation=1, ceil_mode=False)',
      '```',
      '',
      '`H → ⌊(H + 2·0 − 2)/2⌋ + 1`, W likewise  ',
      '`[1, 3, 700, 1024] → [1, 3, 350, 512]` · mountain.jpg',
      '',
      channels,
    ].join('\n'),
  );
});

test('without a picture there is an example; sides with rules of their own have a line each', () => {
  assert.deepEqual(lines('nn.MaxPool2d((3, 2), 2, (1, 0), dilation=(2, 1))').slice(0, 3), [
    '`H → ⌊(H + 2·1 − 2·(3 − 1) − 1)/2⌋ + 1`',
    '`W → ⌊(W + 2·0 − 2)/2⌋ + 1`',
    'For example `[1, 3, 224, 224] → [1, 3, 111, 112]`',
  ]);
  assert.deepEqual(lines('keras.layers.MaxPooling2D(3, 2, "same")').slice(0, 2), [
    '`H → ⌈H/2⌉`, W likewise',
    'For example `(1, 224, 224, 3) → (1, 112, 112, 3)`',
  ]);
});

test('what ceil_mode does at this size is said for rows and columns', () => {
  const remark = (source: string, height: number, width: number) =>
    lines(source, { ...mountain, shape: [1, 1, height, width] }).find(line => line.startsWith('- `ceil_mode`'));
  const two = 'nn.MaxPool2d(2, ceil_mode=True)';
  assert.equal(remark(two, 5, 7), '- `ceil_mode`: the last window reaches over the edge, and is kept.');
  assert.equal(remark(two, 4, 6), '- `ceil_mode`: changes nothing at this size.');
  assert.equal(
    remark(two, 4, 7),
    '- `ceil_mode`: rows: changes nothing at this size. columns: the last window reaches over the edge, and is kept.',
  );
  assert.equal(
    remark('nn.MaxPool2d(2, 4, padding=1, ceil_mode=True)', 7, 7),
    '- `ceil_mode`: the last window would start beyond the picture and its padding, and is dropped.',
  );
  assert.equal(remark('nn.MaxPool2d(2)', 5, 7), undefined);
});

test('what counts in the divisor is said where there is padding', () => {
  const remark = (source: string) => lines(source, mountain).find(line => /divi/.test(line));
  assert.equal(
    remark('nn.AvgPool2d(3, 2, 1)'),
    '- With `count_include_pad=True` the zeros of the padding count in the divisor.',
  );
  assert.equal(
    remark('nn.AvgPool2d(3, 2, 1, count_include_pad=False)'),
    '- With `count_include_pad=False` only pixels of the picture count in the divisor.',
  );
  assert.equal(
    remark('keras.layers.AveragePooling2D(3, 2, "same")'),
    "- With `padding='same'` only pixels of the picture count in the divisor.",
  );
  assert.equal(remark('nn.AvgPool2d(3, 2, 1, divisor_override=5)'), '- The sum of every window is divided by 5.');
  assert.equal(remark('nn.AvgPool2d(2)'), undefined);
  assert.equal(remark('nn.MaxPool2d(3, 2, 1)'), undefined);
});

test('other frameworks are named only where they differ', () => {
  const overlap = '- Windows overlap: the stride is smaller than the window.';
  assert.deepEqual(lines('nn.AvgPool2d(3, 2, 1, count_include_pad=False)', mountain).slice(3), [
    overlap,
    channels,
    'The same setting elsewhere:',
    '- Keras: pads 0 before and 1 after; here 1 and 1',
  ]);
  assert.deepEqual(lines('nn.MaxPool2d(3, 2)', mountain).slice(2), [overlap, channels]);
  assert.equal(
    lines("tf.nn.max_pool2d(x, 2, 2, 'SAME')", mountain).at(-1),
    '- PyTorch: gives 351 × 513 instead of 350 × 512, pads 1 before and 1 after; here 0 and 0',
  );
});

test('adaptive windows have their rule, and sides that are kept none', () => {
  assert.deepEqual(lines('nn.AdaptiveAvgPool2d((7, None))', mountain), [
    'window i: `⌊i·H/7⌋ … ⌈(i + 1)·H/7⌉`, its end not included',
    '`[1, 3, 700, 1024] → [1, 3, 7, 1024]` · mountain.jpg',
    channels,
  ]);
  assert.deepEqual(lines('nn.AdaptiveMaxPool2d(3)', mountain).slice(0, 2), [
    'window i: `⌊i·H/3⌋ … ⌈(i + 1)·H/3⌉`, its end not included',
    'window i: `⌊i·W/3⌋ … ⌈(i + 1)·W/3⌉`, its end not included',
  ]);
});

test('global and Lᵖ pooling say what they do', () => {
  assert.deepEqual(lines('keras.layers.GlobalAveragePooling2D()', mountain), [
    'One window over the whole picture.',
    '`(1, 700, 1024, 3) → (1, 1, 1, 3)` · mountain.jpg',
    '- Without `keepdims=True` the output is `(1, 3)`.',
    channels,
  ]);
  assert.deepEqual(lines('nn.LPPool2d(3, 2)', mountain).slice(2), ['- `(Σ xᵖ)^(1/p), p = 3`', channels]);
  assert.equal(
    lines('nn.LPPool2d(2, 3, ceil_mode=True)', mountain)[3],
    '- `(Σ xᵖ)^(1/p), p = 2`; a window over the edge counts as if it were full.',
  );
});

test('what the source does not say is named first, with what stands in for it', () => {
  assert.deepEqual(lines('F.max_pool2d(x, k, padding=p)').slice(2), [
    '- `kernel_size` is not known here: `2` stands in for it.',
    '- `padding` is not known here: `0` stands in for it.',
    channels,
  ]);
});

test('what the framework refuses is said in its words, as text', () => {
  assert.deepEqual(lines('nn.MaxPool2d(3, padding=2)'), [
    'PyTorch refuses this: pad should be at most half of effective kernel size, but got pad=2, kernel\\_size=3 and dilation=1',
  ]);
  assert.deepEqual(lines('nn.MaxPool2d(k, padding=2)').slice(1), [
    '- `kernel_size` is not known here: `2` stands in for it.',
  ]);
  assert.match(lines('keras.layers.MaxPooling2D(0)')[0]!, /^Keras refuses this: The \\`pool\\_size\\` argument/);
  assert.deepEqual(lines("tf.nn.max_pool2d(x, 0, 1, 'VALID')"), ['TensorFlow refuses this.']);
});

test('a pooling at random is not previewed', () => {
  assert.equal(
    hover('nn.FractionalMaxPool2d(3, output_size=4)'),
    '`nn.FractionalMaxPool2d` draws its windows at random, and so is not previewed.',
  );
});

test('the name of a file is text, whatever it is', () => {
  const name = '![a](http://b)_`c`\n*.png';
  const [, shapes] = lines('nn.MaxPool2d(2)', { ...mountain, name });
  assert.equal(shapes, '`[1, 3, 700, 1024] → [1, 3, 350, 512]` · \\!\\[a\\]\\(http://b\\)\\_\\`c\\` \\*.png');
});
