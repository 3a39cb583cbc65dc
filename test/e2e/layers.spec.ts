import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FrameLocator, Page } from '@playwright/test';
import type { PoolingLayer } from '../../src/core/layer';
import { pool } from '../../src/core/pool';
import { type Tensor, toBytes, toTensor } from '../../src/core/tensor';
import { expect, test } from './fixtures';
import { asRgb, call, canvas, exportAs, noise, opened, pane, pixelsOf, png, shape, square } from './preview';
import type { VSCode } from './vscode';

const picture = noise(64, 48, 3);
const input = toTensor(picture);

const row = (webview: FrameLocator, layer: number | string) => webview.locator(`tr[data-layer="${layer}"]`);
const network = (webview: FrameLocator) => webview.locator('select[name=stack]');
const sentence = (webview: FrameLocator, which: 'field' | 'unseen') => webview.locator(`[data-sentence=${which}]`);
const inFeatures = (webview: FrameLocator) => webview.locator('[data-value=inFeatures]');

async function openedLayers(vscode: VSCode, name: string): Promise<FrameLocator> {
  const webview = await opened(vscode, name);
  await webview.getByRole('tab', { name: 'Layers' }).click();
  await expect(webview.getByRole('table', { name: 'Layers' })).toBeVisible();
  return webview;
}

/** The outputs of the layers, one after the other. */
function outputsOf(layers: readonly PoolingLayer[]): Tensor[] {
  const outputs: Tensor[] = [];
  for (const layer of layers) outputs.push(pool(outputs.at(-1) ?? input, layer).output);
  return outputs;
}

const halving = (operator: 'max' | 'average'): PoolingLayer => ({ operator, ...square(2) });

test.beforeEach(async ({ shared }) => shared.addFile('noise.png', png(picture)));

test('each stage shows the core’s pixels and shape, and each row what is known behind it', async ({ shared }) => {
  const webview = await openedLayers(shared, 'noise.png');
  await row(webview, 2).getByLabel('Layer 2', { exact: true }).first().selectOption('average');
  await expect(call(webview, 'stage2')).toHaveText('AvgPool2d(2)');
  const layers = ['max', 'average', 'max', 'max', 'max'].map(operator => halving(operator as 'max'));
  for (const [i, output] of outputsOf(layers).entries()) {
    const stage = `stage${i + 1}` as const;
    const [, , rows, columns] = output.shape;
    await expect(shape(webview, stage)).toHaveText(`[1, 3, ${rows}, ${columns}]`);
    const cells = { columns, rows, origin: 0, step: 2 ** (i + 1) };
    await expect
      .poll(() => pixelsOf(canvas(webview, stage), picture, cells), { message: stage })
      .toEqual(asRgb(toBytes(output), 3));
  }
  await expect(row(webview, 5).locator('td code')).toHaveText([
    '[1, 3, 1, 2]',
    '32 × 32',
    '32',
    '15.5',
    '0.065 %',
    '0',
  ]);
  await expect(row(webview, 1).locator('td.number').first()).toHaveText('25 %');
  await expect(inFeatures(webview)).toHaveText('6');
});

test('the pixel pointed at lights up its field, says it, and where its value comes from', async ({ shared }) => {
  const webview = await openedLayers(shared, 'noise.png');
  await expect(sentence(webview, 'unseen')).toHaveText('Not seen by any pixel of stage 5: 16 rows of the input.');
  await row(webview, 5).getByRole('button', { name: 'Remove layer 5' }).click();
  await expect(pane(webview, 'stage5')).toHaveCount(0);
  await expect(sentence(webview, 'unseen')).toHaveText('');

  const outputs = outputsOf(Array.from({ length: 4 }, () => halving('max')));
  const value = outputs[3]!.data[0]!;
  await canvas(webview, 'stage4').focus();
  await shared.page.keyboard.press('Enter');
  const [, place] = /row (\d+), column (\d+) of stage 4/.exec((await sentence(webview, 'field').textContent())!)!;
  expect(place).toBeDefined();
  for (let i = 0; i < 4; i++) await shared.page.keyboard.press('ArrowUp');
  for (let i = 0; i < 4; i++) await shared.page.keyboard.press('ArrowLeft');
  await expect(sentence(webview, 'field')).toContainText(
    'The pixel of row 0, column 0 of stage 4 is the largest of 16 × 16 = 256 input pixels: rows 0 to 15, columns 0 to 15.',
  );
  await expect(pane(webview, 'stage4').locator('.probe')).toContainText(`R ${value}`);
  const origin = /In R it is the input pixel of row (\d+), column (\d+)\./;
  await expect(sentence(webview, 'field')).toHaveText(origin);
  const [, y, x] = origin.exec((await sentence(webview, 'field').textContent())!)!;
  expect(picture.data[(Number(y) * 64 + Number(x)) * 3]).toBe(value);
  // The row of the stage is marked, and every picture shows what the pixel sees.
  await expect(row(webview, 4)).toHaveClass(/pointed/);
  for (const stage of ['input', 'stage1', 'stage2', 'stage3', 'stage4'] as const) {
    expect(await isMarked(webview, stage), stage).toBe(true);
  }
  await shared.page.keyboard.press('Escape');
  await expect(sentence(webview, 'field')).toContainText('Point at a pixel');
  expect(await isMarked(webview, 'stage2')).toBe(false);
});

/** Whether a pane's overlay has an outline in the colour of marks. */
async function isMarked(webview: FrameLocator, kind: 'input' | `stage${number}`): Promise<boolean> {
  return pane(webview, kind)
    .locator('canvas.overlay')
    .evaluate(element => {
      const { width, height } = element as HTMLCanvasElement;
      const { data } = (element as HTMLCanvasElement).getContext('2d')!.getImageData(0, 0, width, height);
      for (let i = 0; i < data.length; i += 4)
        if (data[i] === 255 && data[i + 1] === 199 && data[i + 2] === 44) return true;
      return false;
    });
}

test('a beginner finds in_features of VGG-16 for a 224×224 picture, and copies it', async ({ shared }) => {
  const webview = await openedLayers(shared, 'mountain.jpg');
  await network(webview).selectOption({ label: 'VGG-16' });
  await expect(inFeatures(webview)).toHaveText('25088');
  await expect(inFeatures(webview)).toBeInViewport();
  const where = webview.locator('.shapes-only');
  await expect(where).toContainText('[1, 3, 224, 224] Shapes only: the input is 3 × 224 × 224, not this picture.');
  await expect(row(webview, 'flatten')).toContainText('512 · 7 · 7 = [1, 25088]');
  await expect(row(webview, 18).locator('td code').first()).toHaveText('[1, 512, 7, 7]');
  await expect(row(webview, 'linear').locator('td.number')).toHaveText('102,764,544');
  await webview.getByRole('button', { name: /^Copy nn\.Linear/ }).click();
  await expect.poll(() => shared.clipboard()).toBe('nn.Linear(in_features=25088, out_features=4096)');
  // On the picture itself: a convolution is first, so that there is no picture behind it.
  await webview.getByLabel('This picture').check({ force: true });
  await expect(where).toContainText('No picture from layer 1 on');
  await webview.getByRole('radio', { name: 'Keras' }).check({ force: true });
  await expect(row(webview, 1).locator('td code').first()).toHaveText('(1, 700, 1024, 64)');
  // From the network to its poolings, and back.
  await webview.getByRole('button', { name: 'Only its poolings, on this picture' }).click();
  await expect(shape(webview, 'stage5')).toHaveText('(1, 21, 32, 3)');
  await webview.getByRole('button', { name: 'VGG-16 with its convolutions' }).click();
  await expect(inFeatures(webview)).toHaveText('25088');
  await webview.getByRole('button', { name: 'More of layer 2: settings and formulas' }).click();
  await expect(webview.locator('.formulas code')).toHaveText([
    'H ⌈224/1⌉ = 224',
    'W ⌈224/1⌉ = 224',
    '64·64·3·3 + 64 = 36,928',
  ]);
});

test('an illegal layer says so in its row in the framework’s words, and the stages before it stay', async ({
  shared,
}) => {
  const webview = await openedLayers(shared, 'noise.png');
  const padding = row(webview, 3).getByLabel('Padding of layer 3');
  const sizes = () => pane(webview, 'stage2').evaluate(element => element.getBoundingClientRect().toJSON());
  await expect(pane(webview, 'stage5')).toBeVisible();
  const before = await sizes();
  await padding.fill('2');
  const words = webview.locator('.words .refused');
  await expect(words).toHaveText(/pad should be at most half of effective kernel size, but got pad=2/);
  await expect(padding).toHaveAttribute('aria-invalid', 'true');
  await expect(padding).toHaveAccessibleDescription(/pad should be at most half/);
  await expect(pane(webview, 'stage2')).toBeVisible();
  await expect(pane(webview, 'stage3')).toHaveCount(0);
  expect(await sizes(), 'no picture jumps while a number is retyped').toEqual(before);
  await expect(row(webview, 4).locator('td.quiet')).toHaveText(['–', '–', '–', '–', '–', '–']);
  await webview.getByRole('button', { name: 'Export', exact: true }).click();
  await expect(webview.getByRole('menuitem', { name: /Copy as Code/ })).toBeDisabled();
  await expect(webview.getByRole('menuitem', { name: /Save Picture/ })).toBeEnabled();
  await webview.locator('body').press('Escape');
  await padding.fill('1');
  await expect(words).toHaveCount(0);
  await expect(shape(webview, 'stage3')).toHaveText('[1, 3, 7, 9]');
});

test('a pixel whose window misses the picture is said to see nothing, with PyTorch’s value', async ({ shared }) => {
  const webview = await openedLayers(shared, 'noise.png');
  await webview.getByRole('button', { name: 'More of layer 1: settings and formulas' }).click();
  await webview.getByLabel('dilation of layer 1').fill('60');
  await row(webview, 1).getByLabel('Padding of layer 1').fill('28');
  await expect(shape(webview, 'stage1')).toHaveText('[1, 3, 22, 30]');
  await canvas(webview, 'stage1').focus();
  await shared.page.keyboard.press('Enter');
  await expect(sentence(webview, 'field')).toContainText(/of stage 1 sees no pixel of the input\.$/);
  await expect(pane(webview, 'stage1').locator('.probe')).toContainText('R −∞ G −∞ B −∞');
  expect(await isMarked(webview, 'stage1')).toBe(true);
});

test('layers are added, moved, duplicated and removed by keyboard alone', async ({ shared }) => {
  const webview = await openedLayers(shared, 'noise.png');
  const { page } = shared;
  const kernels = () =>
    webview
      .locator('input[name=kernelSize]')
      .evaluateAll(fields => fields.map(field => (field as HTMLInputElement).value));
  await network(webview).focus();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect(row(webview, 6)).toBeVisible();
  const kernel = row(webview, 2).getByLabel('Kernel of layer 2');
  await kernel.fill('3, 2');
  await expect(call(webview, 'stage2')).toHaveText('MaxPool2d((3, 2), stride=2)');
  await page.keyboard.press('Alt+ArrowUp');
  await expect.poll(kernels).toEqual(['3, 2', '2', '2', '2', '2', '2']);
  // The focus has moved with the layer.
  await expect(row(webview, 1).getByLabel('Kernel of layer 1')).toBeFocused();
  await page.keyboard.press('Alt+ArrowDown');
  await page.keyboard.press('Alt+ArrowDown');
  await expect.poll(kernels).toEqual(['2', '2', '3, 2', '2', '2', '2']);
  await row(webview, 3).getByRole('button', { name: 'Duplicate layer 3' }).focus();
  await page.keyboard.press('Enter');
  await expect.poll(kernels).toEqual(['2', '2', '3, 2', '3, 2', '2', '2', '2']);
  await page.keyboard.press('ArrowRight');
  await expect(row(webview, 3).getByRole('button', { name: 'Remove layer 3' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect.poll(kernels).toEqual(['2', '2', '3, 2', '2', '2', '2']);
  await expect(row(webview, 3).getByRole('button', { name: 'Remove layer 3' })).toBeFocused();
});

test('a stack stays over a hidden tab, and its zoom is that of all stages', async ({ shared }) => {
  const webview = await openedLayers(shared, 'noise.png');
  await row(webview, 1).getByLabel('Kernel of layer 1').fill('4');
  await row(webview, 1).getByLabel('Stride of layer 1').fill('');
  await expect(shape(webview, 'stage1')).toHaveText('[1, 3, 12, 16]');
  await webview.getByRole('tab', { name: 'Pool' }).click();
  await expect(shape(webview, 'average')).toHaveText('[1, 3, 24, 32]');
  await webview.getByRole('tab', { name: 'Layers' }).click();
  await expect(shape(webview, 'stage1')).toHaveText('[1, 3, 12, 16]');
  await shared.page.keyboard.press('Control+P');
  await shared.page.keyboard.type('sunset.png');
  await shared.page.keyboard.press('Escape');
  await shared.runCommand('Reload Webviews');
  await expect(shape(shared.webview(), 'stage1')).toHaveText('[1, 3, 12, 16]', { timeout: 20_000 });
  await expect(shared.webview().getByRole('tab', { name: 'Layers' })).toHaveAttribute('aria-selected', 'true');
});

test('the stack is taken along as code, and a stage as an array', async ({ shared }) => {
  const webview = await openedLayers(shared, 'noise.png');
  await exportAs(webview, 'Copy as Code…');
  await shared.quickPick('PyTorch');
  await expect.poll(() => shared.clipboard()).toContain('nn.Sequential(');
  expect((await shared.clipboard()).match(/nn\.MaxPool2d\(kernel_size=2\)/g)).toHaveLength(5);

  shared.adopt('stage.npy');
  await exportAs(webview, 'Save Array…');
  await shared.quickPick('2 · Max');
  await shared.quickPick('uint8');
  await expect(shared.quickPickInput).toHaveValue(/noise-stage2\.npy$/);
  await shared.quickPickInput.fill(join(shared.folder, 'stage.npy'));
  await shared.page.keyboard.press('Enter');
  const saved = () => {
    try {
      return readFileSync(join(shared.folder, 'stage.npy'));
    } catch {
      return undefined;
    }
  };
  await expect.poll(() => saved()?.length ?? 0).toBeGreaterThan(128);
  const [, second] = outputsOf([halving('max'), halving('max')]);
  const [, channels, rows, columns] = second!.shape;
  const planes = Array.from({ length: channels }, (_, c) =>
    Array.from({ length: rows * columns }, (_, i) => second!.data[i * channels + c]!),
  );
  expect(Array.from(saved()!.subarray(-rows * columns * channels))).toEqual(planes.flat());
});

test('the strip and the table scroll each by itself, down to 420 pixels', async ({ shared }) => {
  const webview = await openedLayers(shared, 'mountain.jpg');
  await withWidth(shared.page, 420 + 56, async () => {
    await expect(pane(webview, 'stage5')).toBeAttached();
    const sizes = () =>
      webview.locator('body').evaluate(() => {
        const part = (name: string) => document.querySelector(name)!;
        return {
          page: document.documentElement.scrollWidth - document.documentElement.clientWidth,
          strip: part('.strip').scrollWidth > part('.strip').clientWidth,
          table: part('.layers').scrollWidth > part('.layers').clientWidth,
          stage: part('.stage').scrollWidth - part('.stage').clientWidth,
        };
      });
    await expect.poll(sizes).toEqual({ page: 0, strip: true, table: true, stage: 0 });
  });
});

async function withWidth(page: Page, width: number, act: () => Promise<void>): Promise<void> {
  const before = page.viewportSize()!;
  await page.setViewportSize({ width, height: before.height });
  try {
    await act();
  } finally {
    await page.setViewportSize(before);
  }
}
