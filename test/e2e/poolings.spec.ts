/** The poolings beside max and average: chosen in the Show menu, with their knobs, and the core's own numbers. */
import { float32Text } from '../../src/core/float32';
import type { PoolingLayer } from '../../src/core/layer';
import type { OperatorName } from '../../src/core/operators';
import { pool } from '../../src/core/pool';
import { toBytes, toTensor } from '../../src/core/tensor';
import { expect, test } from './fixtures';
import {
  asRgb,
  call,
  canvas,
  expectNoOverflow,
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

const picture = noise(20, 15, 3);
const input = toTensor(picture);

/** What the page has to show with the knobs of the test. */
const layers = {
  lp: { operator: 'lp', ...square(3, 2), ceilMode: true, norm: 3 },
  adaptiveMax: { operator: 'adaptiveMax', outputSize: [6, 8] },
  adaptiveAverage: { operator: 'adaptiveAverage', outputSize: [6, 8] },
  globalMax: { operator: 'globalMax' },
  globalAverage: { operator: 'globalAverage' },
  maxBlur: { operator: 'maxBlur', kernelSize: [3, 3], stride: [2, 2] },
} as const satisfies Partial<Record<OperatorName, PoolingLayer>>;

const titles = ['Lᵖ', 'Adaptive max', 'Adaptive average', 'Global max', 'Global average', 'Max then blur'];

test.beforeEach(async ({ shared }) => shared.addFile('noise.png', png(picture)));

test('adaptive, Lᵖ, global and blurred poolings: the page’s numbers are the core’s', async ({ shared }) => {
  const webview = await opened(shared, 'noise.png');
  await show(webview, ...titles);
  await kernelHeight(webview).fill('3');
  await webview.getByLabel('Stride height').fill('2');
  await webview.getByLabel('ceil_mode').check();
  await webview.getByLabel('Norm p').fill('3');
  await webview.getByRole('button', { name: 'Change height and width together' }).click();
  await webview.getByLabel('Output size height').fill('6');
  await webview.getByLabel('Output size width').fill('8');

  await expect(call(webview, 'lp')).toHaveText('LPPool2d(3, 3, stride=2, ceil_mode=True)');
  await expect(call(webview, 'adaptiveAverage')).toHaveText('AdaptiveAvgPool2d((6, 8))');
  for (const [name, layer] of Object.entries(layers) as [keyof typeof layers, PoolingLayer][]) {
    const { output } = pool(input, layer);
    const [, channels, rows, columns] = output.shape;
    await expect(shape(webview, name)).toHaveText(`[1, ${channels}, ${rows}, ${columns}]`);
    await canvas(webview, name).press('Enter');
    await expect(windowTitle(webview)).toContainText(/: window of output/);
    const [y, x] = placeIn(await windowTitle(webview).textContent());
    const at = (y * columns + x) * channels;
    const values = Array.from(output.data.subarray(at, at + channels), float32Text);
    await expect(pane(webview, name).locator('.probe')).toHaveAttribute(
      'title',
      `row ${y}, column ${x} · ${['R', 'G', 'B'].map((letter, c) => `${letter} ${values[c]}`).join('  ')}`,
    );
    await expect(webview.locator(`.inspector [data-part=${name}] .value`)).toHaveText(values[0]!);
    await shared.page.keyboard.press('Escape');
  }

  // Windows of 3 rows and 3 or 4 columns, 2.5 pixels apart.
  const cells = { columns: 8, rows: 6, origin: 0, step: 2.5 };
  for (const name of ['adaptiveMax', 'adaptiveAverage'] as const) {
    const bytes = toBytes(pool(input, layers[name]).output);
    await expect
      .poll(() => pixelsOf(canvas(webview, name), picture, cells), { message: name })
      .toEqual(asRgb(bytes, 3));
  }
  await expectNoOverflow(webview);
});

test('each pooling explains itself: the adaptive rule, the sum in powers, the reflected maxima, all values', async ({
  shared,
}) => {
  const webview = await opened(shared, 'noise.png');
  await show(webview, ...titles);
  const part = (name: string) => webview.locator(`.inspector [data-part=${name}]`);

  await canvas(webview, 'adaptiveAverage').press('Enter');
  await expect(windowTitle(webview)).toHaveText('Adaptive average: window of output row 3, column 3');
  await expect(part('input').locator('.rule')).toHaveText([
    'rows ⌊3·15/7⌋ … ⌈4·15/7⌉ = 6 … 9 (9 not included: 3 rows)',
    'columns ⌊3·20/7⌋ … ⌈4·20/7⌉ = 8 … 12 (12 not included: 4 columns)',
  ]);
  await expect(part('input').locator('table.window tbody tr')).toHaveCount(3);
  await expect(part('adaptiveAverage')).toContainText(/\d+ ÷ 3 ÷ 4 = /);
  await expect(part('globalMax')).toContainText('It has no output at this place.');
  // That of its row and column lies elsewhere.
  await expect(part('lp')).toContainText('It has no output at this place.');
  await shared.page.keyboard.press('Escape');

  await canvas(webview, 'lp').press('Enter');
  await expect(part('lp')).toContainText(/\(\d+² \+ \d+² \+ \d+² \+ \d+²\)\^\(1\/2\) = /);
  await shared.page.keyboard.press('Escape');

  await canvas(webview, 'globalMax').press('Enter');
  await expect(part('input')).toContainText('all 300 values');
  const maxima = part('maxBlur').locator('table.maxima td');
  await expect(maxima).toHaveCount(9);
  await expect(part('maxBlur').locator('td.reflected')).toHaveCount(5);
  const numbers = (await maxima.allTextContents()).map(text => /^(\d+)×(\d)/.exec(text)!.slice(1).map(Number));
  const sum = numbers.reduce((total, [value, weight]) => total + value! * weight!, 0);
  await expect(part('maxBlur').locator('.value').last()).toHaveText(float32Text(Math.fround(sum / 16)));
});

test('the Show menu by keyboard: a pooling more, one less, and one that Keras lacks says so', async ({ shared }) => {
  const webview = await opened(shared, 'noise.png');
  const { keyboard } = shared.page;
  const headings = webview.locator('.pane h2');
  const box = (name: string) => webview.locator('#show-menu').getByRole('checkbox', { name, exact: true });
  const openMenu = async () => {
    await webview.getByRole('button', { name: 'Show', exact: true }).press('Enter');
    await expect(box('Max')).toBeFocused();
  };
  await openMenu();
  await keyboard.press('Space');
  await expect(headings).toHaveText(['Input', 'Average']);
  for (const name of ['Average', 'Min', 'Lᵖ']) {
    await keyboard.press('Tab');
    await expect(box(name)).toBeFocused();
  }
  await keyboard.press('Space');
  await expect(headings).toHaveText(['Input', 'Average', 'Lᵖ']);
  await expect(webview.getByRole('group', { name: 'Poolings' }).getByRole('checkbox')).toHaveCount(9);
  // What is made of max alone cannot be shown now.
  await expect(box('Max unpooled')).toHaveAccessibleDescription('Made from a pooling that is not shown: Max');
  await keyboard.press('Escape');

  await webview.getByRole('radio', { name: 'Keras' }).check({ force: true });
  await expect(headings).toHaveText(['Input', 'Average']);
  await openMenu();
  for (let i = 0; i < 3; i++) await keyboard.press('Tab');
  await expect(box('Lᵖ')).toBeFocused();
  await expect(box('Lᵖ')).toBeDisabled();
  await expect(box('Lᵖ')).toHaveAccessibleDescription('Not in Keras: Lᵖ pooling');
  await keyboard.press('Space');
  await expect(box('Lᵖ')).toBeChecked();
  await keyboard.press('Escape');
  await webview.getByRole('radio', { name: 'PyTorch' }).check({ force: true });
  await expect(headings).toHaveText(['Input', 'Average', 'Lᵖ']);
});

test('without any pooling the input stays, and says where to choose', async ({ shared }) => {
  const webview = await opened(shared, 'noise.png');
  await webview.getByRole('button', { name: 'Show', exact: true }).click();
  for (const name of ['Max', 'Average']) await webview.getByLabel(name, { exact: true }).uncheck();
  await shared.page.keyboard.press('Escape');
  await expect(webview.locator('.pane h2')).toHaveText(['Input']);
  await expect(kernelHeight(webview)).toHaveCount(0);
  await expect(webview.locator('.dock')).toContainText('No pooling is chosen.');
  await webview.getByRole('button', { name: 'Choose poolings…' }).press('Enter');
  await webview.getByLabel('Global max', { exact: true }).check();
  await expect(shape(webview, 'globalMax')).toHaveText('[1, 3, 1, 1]');
});

test('an output size of 0 is an empty tensor, an empty field is None, and what is refused is marked', async ({
  shared,
}) => {
  const webview = await opened(shared, 'noise.png');
  await show(webview, 'Adaptive max', 'Histograms');
  const size = webview.getByLabel('Output size height');
  await size.fill('0');
  await expect(shape(webview, 'adaptiveMax')).toHaveText('[1, 3, 0, 0]');
  await expect(pane(webview, 'adaptiveMax').locator('.view')).toContainText('there is no picture of it');
  await expect(webview.getByRole('alert')).toHaveCount(0);
  await canvas(webview, 'max').press('Enter');
  await expect(windowTitle(webview)).toContainText('Max: window of output');
  await size.fill('-1');
  await expect(webview.getByRole('alert')).toContainText('negative dimension -1');
  await expect(webview.locator('[aria-invalid=true]')).toHaveCount(2);
  await size.fill('');
  await expect(shape(webview, 'adaptiveMax')).toHaveText('[1, 3, 15, 20]');
  await expect(call(webview, 'adaptiveMax')).toHaveText('AdaptiveMaxPool2d((None, None))');
  await expect(size).toHaveAttribute('placeholder', 'None');

  const divisor = webview.getByLabel('divisor_override');
  await divisor.fill('0');
  await expect(webview.getByRole('alert')).toHaveText('divisor must be not zero');
  await expect(divisor).toHaveAttribute('aria-invalid', 'true');
  await divisor.fill('-3');
  await expect(call(webview, 'average')).toHaveText('AvgPool2d(2, divisor_override=-3)');
  await expect(webview.locator('.inspector [data-part=average]')).toContainText('shown as uint8 0 (clipped)');
  await webview.getByRole('button', { name: 'Reset' }).click();
  await expect(divisor).toHaveValue('');
  await expect(call(webview, 'average')).toHaveText('AvgPool2d(2)');
});

test('a preset shows the pooling that it is about, and stays the one that was chosen', async ({ shared }) => {
  const webview = await opened(shared, 'noise.png');
  const preset = webview.getByLabel('Preset');
  await preset.selectOption('densenet');
  await expect(preset).toHaveValue('densenet');
  await preset.selectOption('vggHead');
  await expect(call(webview, 'adaptiveAverage')).toHaveText('AdaptiveAvgPool2d(7)');
  await expect(preset).toHaveValue('vggHead');
  await preset.selectOption('squeezenet');
  await expect(shape(webview, 'globalAverage')).toHaveText('[1, 3, 1, 1]');
  await expect(preset).toHaveValue('squeezenet');
  await webview.getByRole('radio', { name: 'ONNX' }).check({ force: true });
  await expect(call(webview, 'globalAverage')).toHaveText('GlobalAveragePool()');
  await expect(preset.locator('option[value=vggHead]')).toBeDisabled();
});

test('all poolings at once fit a page of 420 pixels', async ({ shared }) => {
  const webview = await opened(shared, 'noise.png');
  await show(webview, 'Min', ...titles);
  await expect(webview.locator('.pane')).toHaveCount(10);
  await shared.page.keyboard.press('Control+B');
  const width = () => webview.locator('body').evaluate(body => body.clientWidth);
  const frame = 1360 - (await width());
  await shared.page.setViewportSize({ width: 420 + frame, height: 860 });
  await expect.poll(width).toBe(420);
  await expectNoOverflow(webview);
  await canvas(webview, 'maxBlur').press('Enter');
  await webview.getByRole('button', { name: 'More' }).click();
  await expect(webview.getByLabel('Norm p')).toBeVisible();
  await expectNoOverflow(webview);
  await webview.getByRole('button', { name: 'Less' }).click();
  await shared.page.setViewportSize({ width: 1360, height: 860 });
  await shared.page.keyboard.press('Control+B');
});
