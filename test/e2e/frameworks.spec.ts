import { differingPixels } from '../../src/core/compare';
import type { PaneKind } from '../../src/core/panes';
import { avgPool2d, maxPool2d, pool } from '../../src/core/pool';
import { toBytes, toTensor } from '../../src/core/tensor';
import { expect, test } from './fixtures';
import {
  asRgb,
  call,
  canvas,
  exportAs,
  kernelHeight,
  noise,
  opened,
  pane,
  pixelsOf,
  placeIn,
  png,
  shape,
  show,
  square,
  windowTitle,
} from './preview';

const picture = noise(40, 30, 3);
const input = toTensor(picture);

test.beforeEach(async ({ shared }) => shared.addFile('noise.png', png(picture)));

test('Keras and ONNX have their own shapes, knobs and defaults', async ({ shared }) => {
  const webview = await opened(shared, 'noise.png');
  const choose = (name: string) => webview.getByRole('radio', { name }).check({ force: true });
  const padding = webview.locator('select[name=padding]');

  await choose('Keras');
  await expect(shape(webview, 'input')).toHaveText('(1, 30, 40, 3)');
  await expect(call(webview, 'max')).toHaveText('MaxPooling2D(2)');
  await expect(call(webview, 'average')).toHaveText('AveragePooling2D(2)');
  for (const kind of ['max', 'average'] as const) await expect(shape(webview, kind)).toHaveText('(1, 15, 20, 3)');
  await expect(padding.locator('option')).toHaveText(['valid', 'same']);
  for (const name of ['Dilation', 'ceil_mode', 'count_include_pad'])
    await expect(webview.getByLabel(name)).toHaveCount(0);
  await kernelHeight(webview).fill('7');
  await padding.selectOption('same');
  await expect(shape(webview, 'max')).toContainText('(1, 5, 6, 3)');

  await choose('ONNX');
  await padding.selectOption('pads');
  await expect(kernelHeight(webview)).toHaveValue('7');
  await expect(webview.getByLabel('Stride height')).toHaveValue('1');
  await expect(shape(webview, 'max')).toContainText('[1, 3, 24, 34]');
  await webview.getByRole('button', { name: 'Change height and width together' }).click();
  const sides = ['top', 'left', 'bottom', 'right'].map(side => webview.getByLabel(`Padding ${side}`));
  for (const [i, side] of sides.entries()) await side.fill(String(i));
  await expect(shape(webview, 'max')).toContainText('[1, 3, 26, 38]');
  await expect(webview.getByLabel('count_include_pad')).not.toBeChecked();

  // PyTorch has no four sides: back to none.
  await choose('PyTorch');
  await expect(call(webview, 'max')).toHaveText('MaxPool2d(7)');
  await expect(shape(webview, 'max')).toHaveText('[1, 3, 4, 5]');
});

test('the ResNet stem: where Keras would give other pixels', async ({ shared }) => {
  const webview = await opened(shared, 'noise.png');
  await webview.getByLabel('Preset').selectOption('resnet');
  const keras = webview.locator('.hint-line .difference', { hasText: 'Keras' });
  await expect(keras).toContainText('Max: pads 0 before and 1 after; here 1 and 1');
  const link = keras.getByRole('button', { name: 'Show where: Keras, Max' });
  const before = await link.boundingBox();
  await link.click();
  await expect(pane(webview, 'mask').getByRole('heading')).toHaveText('Where they differ');

  const ours = maxPool2d(input, square(3, 2, 1)).output;
  const theirs = maxPool2d(input, { ...square(3, 2), padding: 'same', framework: 'keras' }).output;
  const { mask, count } = differingPixels(ours, theirs);
  expect(count).toBeGreaterThan(0);
  const [, , rows, columns] = ours.shape;
  const cells = { columns, rows, origin: (3 - 2) / 2 - 1, step: 2 };
  const white = Array.from(mask, differs => 255 * differs);
  await expect.poll(() => pixelsOf(canvas(webview, 'mask'), picture, cells)).toEqual(asRgb(white, 1));
  // The link is still under the pointer.
  const hide = keras.getByRole('button', { name: 'Hide: Keras, Max' });
  const after = await hide.boundingBox();
  expect([after!.x, after!.y]).toEqual([before!.x, before!.y]);
  await hide.click();
  await expect(pane(webview, 'mask')).toHaveCount(0);

  // The average's difference is another one, with a picture of its own.
  await keras.getByRole('button', { name: 'Show where: Keras, Average' }).click();
  await expect(pane(webview, 'mask').locator('.remark')).toHaveText('Keras · Average');
  await keras.getByRole('button', { name: 'Hide: Keras, Average' }).click();
});

test('each derived picture is what its name says, pixel by pixel', async ({ shared }) => {
  const webview = await opened(shared, 'noise.png');
  const kernel = 3;
  await kernelHeight(webview).fill(String(kernel));
  const titles = [
    'Max − average',
    '|Input − max|',
    '|Input − average|',
    'Where the maxima are',
    'Max unpooled',
    'Histograms',
  ];
  await show(webview, ...titles);
  await expect(webview.locator('.pane')).toHaveCount(8);
  await expect(webview.locator('canvas.histogram')).toHaveCount(3);

  const { output, indices } = maxPool2d(input, { ...square(kernel), returnIndices: true });
  const average = toBytes(avgPool2d(input, square(kernel)).output);
  const max = toBytes(output);
  const [, channels, rows, columns] = output.shape;
  const { width, height } = picture;
  const whole = { columns: width, rows: height, origin: 0, step: 1 };
  const pooled = { columns, rows, origin: 0, step: kernel };
  /** The pooled pixel over an input pixel; what the windows leave over belongs to the last. */
  const over = (at: number) => {
    const [x, y, c] = [Math.floor(at / channels) % width, Math.floor(at / channels / width), at % channels];
    return (
      (Math.min(rows - 1, Math.floor(y / kernel)) * columns + Math.min(columns - 1, Math.floor(x / kernel))) *
        channels +
      c
    );
  };
  // Drawn four times as bright.
  const bright = (value: number) => Math.min(255, 4 * value);
  const change = (pooled: Uint8Array) =>
    Array.from(picture.data, (value, at) => bright(Math.abs(value - pooled[over(at)]!)));
  const winners = new Uint8Array(picture.data.length);
  // Indices are flat within a channel, as PyTorch gives them.
  for (const [at, index] of Array.from(indices!).entries()) winners[index * channels + (at % channels)] = 255;
  const expected: Partial<Record<PaneKind, readonly [ArrayLike<number>, typeof whole]>> = {
    difference: [max.map((value, i) => bright(value - average[i]!)), pooled],
    maxChange: [change(max), whole],
    averageChange: [change(average), whole],
    argmax: [winners, whole],
    unpooled: [picture.data.map((value, i) => (winners[i] ? value : 0)), whole],
  };
  for (const [kind, shown] of Object.entries(expected)) {
    const [data, cells] = shown!;
    await expect
      .poll(() => pixelsOf(canvas(webview, kind as PaneKind), picture, cells), { message: kind })
      .toEqual(asRgb(data, channels));
  }
});

test('min pooling is switched on beside the others: its pixels, its shapes, its arithmetic, its code', async ({
  shared,
}) => {
  const webview = await opened(shared, 'noise.png');
  await kernelHeight(webview).fill('3');
  await show(webview, 'Min');
  await expect(webview.locator('.pane h2')).toHaveText(['Input', 'Max', 'Average', 'Min']);
  await expect(call(webview, 'min')).toHaveText('-MaxPool2d(3)(-x)');

  const { output } = pool(input, { ...square(3), operator: 'min' });
  const [, channels, rows, columns] = output.shape;
  const cells = { columns, rows, origin: 0, step: 3 };
  await expect.poll(() => pixelsOf(canvas(webview, 'min'), picture, cells)).toEqual(asRgb(output.data, channels));

  await canvas(webview, 'min').press('Enter');
  const part = webview.locator('.inspector [data-part=min]');
  await expect(part).toContainText('smallest of 9');
  const [y, x] = placeIn(await windowTitle(webview).textContent());
  await expect(part.locator('.value')).toHaveText(String(output.data[(y * columns + x) * channels]));

  await exportAs(webview, 'Copy as Code…');
  await shared.quickPick('PyTorch');
  await expect.poll(() => shared.clipboard()).toContain('min_pooled = -nn.MaxPool2d(kernel_size=3)(-x)');
});
