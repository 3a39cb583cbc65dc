/** The Noise view: its pictures, numbers and sentences are the core's, and all of it follows the knobs. */
import type { FrameLocator } from '@playwright/test';
import { float32Text } from '../../src/core/float32';
import type { OperatorName } from '../../src/core/operators';
import { pool } from '../../src/core/pool';
import { rowsOf, type Tensor, toBytes, toTensor } from '../../src/core/tensor';
import { addNoise, type Noise } from '../../src/lab/noise';
import { type Score, scoreOf } from '../../src/lab/score';
import { decibels } from '../../src/webview/lab/noiseVerdict';
import { expect, test } from './fixtures';
import {
  asRgb,
  canvas,
  expectNoOverflow,
  noise,
  opened,
  pane,
  pixelsOf,
  placeIn,
  png,
  square,
  windowTitle,
} from './preview';
import type { VSCode } from './vscode';

const picture = noise(64, 48, 3, 5);
const input = toTensor(picture);

const pooled = (name: OperatorName, from: Tensor, kernel = 2) =>
  pool(from, { operator: name, ...square(kernel) }).output;

/** What the page has to say of a pooling. */
function core(name: OperatorName, applied: Noise, kernel = 2): Score {
  const clean = pooled(name, input, kernel);
  return scoreOf(rowsOf(clean), rowsOf(pooled(name, addNoise(input, applied), kernel)), clean.shape, 255);
}

const salt: Noise = { kind: 'salt', level: 0.05, seed: 1 };

const psnr = (webview: FrameLocator, name: OperatorName) => pane(webview, name).locator('[data-psnr]');
const sentence = (webview: FrameLocator, which: 'verdict' | 'counterpart') =>
  webview.locator(`[data-sentence=${which}]`);
const kind = (webview: FrameLocator, name: string) => webview.getByRole('radio', { name, exact: true });
const level = (webview: FrameLocator) => webview.getByRole('spinbutton', { name: 'Level' });
const rows = (webview: FrameLocator) => webview.locator('.chart tbody tr');

async function openedNoise(vscode: VSCode): Promise<FrameLocator> {
  const webview = await opened(vscode, 'noise.png');
  await webview.getByRole('tab', { name: 'Noise' }).click();
  await expect(psnr(webview, 'average')).toBeVisible();
  return webview;
}

/** The page says the core's numbers of these poolings. */
async function expectScores(webview: FrameLocator, names: readonly OperatorName[], applied: Noise, kernel = 2) {
  for (const name of names) {
    const score = core(name, applied, kernel);
    const shown = async () => Number(await psnr(webview, name).getAttribute('data-psnr'));
    // The last bit of a logarithm depends on the JavaScript engine.
    await expect.poll(shown, { message: name }).toBeCloseTo(score.psnr, 10);
    await expect(psnr(webview, name)).toContainText(`${decibels(score.psnr)} dB`);
    const details = pane(webview, name).locator('.score');
    await expect(details).toContainText(Math.abs(score.bias).toFixed(1));
    await expect(details).toContainText(score.spread.toFixed(1));
    await expect(details).toContainText(`SSIM ${score.ssim!.toFixed(3)}`);
  }
}

test.beforeEach(async ({ shared }) => shared.addFile('noise.png', png(picture)));

test('pictures, scores, the chart’s table and the sentence are the core’s', async ({ shared }) => {
  const webview = await openedNoise(shared);
  const noisy = addNoise(input, salt);
  const cells = (columns: number, rows: number, step: number) => ({ columns, rows, origin: 0, step });
  await expect.poll(() => pixelsOf(canvas(webview, 'input'), picture, cells(64, 48, 1))).toEqual(asRgb(noisy.data, 3));
  for (const name of ['max', 'average'] as const) {
    await expect
      .poll(() => pixelsOf(canvas(webview, name), picture, cells(32, 24, 2)), { message: name })
      .toEqual(asRgb(toBytes(pooled(name, noisy)), 3));
  }
  await expectScores(webview, ['max', 'average'], salt);
  const [max, average] = (['max', 'average'] as const).map(name => core(name, salt).psnr);
  await expect(sentence(webview, 'verdict')).toContainText(max! > average! ? /^True/ : /^Not/);
  for (const value of [max!, average!]) await expect(sentence(webview, 'verdict')).toContainText(decibels(value));
  const pepper = core('max', { ...salt, kind: 'pepper' }).psnr;
  await expect(sentence(webview, 'counterpart')).toContainText(`${decibels(pepper)} dB`);

  await webview.getByLabel('Min', { exact: true }).check();
  await webview.getByLabel('Median', { exact: true }).check();
  const names = ['max', 'average', 'min', 'median'] as const;
  await expectScores(webview, names, salt);
  const byScore = [...names].sort((a, b) => core(b, salt).psnr - core(a, salt).psnr);
  await expect(webview.locator('.psnr.best')).toHaveCount(1);
  await expect(psnr(webview, byScore[0]!)).toContainClass('best');
  await expect(psnr(webview, byScore[3]!)).toContainClass('worst');

  const levels = [0.01, 0.02, 0.05, 0.1, 0.2, 0.3, 0.5];
  const table = levels.map(each => names.map(name => decibels(core(name, { ...salt, level: each }).psnr)));
  const shown = () =>
    rows(webview).evaluateAll(rows => rows.map(row => [...row.querySelectorAll('td')].map(cell => cell.textContent)));
  await expect.poll(shown).toEqual(table);
  await webview.getByRole('button', { name: 'Copy as Table' }).click();
  await expect.poll(() => shared.clipboard()).toContain('\tMax\tAverage\tMin\tMedian\n0.01\t');
  const numbers = (await shared.clipboard()).trimEnd().split('\n').slice(1);
  for (const [i, level] of levels.entries()) {
    const [of, ...scores] = numbers[i]!.split('\t').map(Number);
    expect(of).toBe(level);
    for (const [j, name] of names.entries()) expect(scores[j]).toBeCloseTo(core(name, { ...salt, level }).psnr, 10);
  }
});

test('knobs, links and the held button are followed, by keyboard too, and a pixel says what it was', async ({
  shared,
}) => {
  const webview = await openedNoise(shared);
  const { keyboard, mouse } = shared.page;
  const slider = webview.getByRole('slider', { name: 'Level' });
  await slider.focus();
  await keyboard.press('ArrowRight');
  await expect(level(webview)).toHaveValue('5.5');
  await expect(slider).toBeFocused();
  await expectScores(webview, ['max'], { ...salt, level: 0.055 });
  await keyboard.press('Home');
  await expect(sentence(webview, 'verdict')).toContainText('no noise');
  await expect(psnr(webview, 'max')).toHaveAttribute('data-psnr', 'Infinity');
  await level(webview).fill('99');
  await expect(slider).toHaveValue('50');
  await expectScores(webview, ['average'], { ...salt, level: 0.5 });
  await level(webview).fill('20');

  await webview.getByRole('button', { name: 'Next seed' }).click();
  await expect(webview.getByRole('spinbutton', { name: 'Seed' })).toHaveValue('2');
  await expectScores(webview, ['average'], { ...salt, level: 0.2, seed: 2 });
  await webview.getByLabel('Per channel').check();
  await expectScores(webview, ['average'], { ...salt, level: 0.2, seed: 2, perChannel: true });
  await kind(webview, 'Salt and pepper').check({ force: true });
  await expectScores(webview, ['max'], { kind: 'saltAndPepper', level: 0.2, seed: 2, perChannel: true });
  await kind(webview, 'Gaussian').check({ force: true });
  await expect(webview.getByLabel('Per channel')).toHaveCount(0);
  await webview.getByRole('spinbutton', { name: 'σ' }).fill('40');
  await expectScores(webview, ['max', 'average'], { kind: 'gaussian', level: 40, seed: 2 });
  await webview.getByLabel('Kernel height').fill('4');
  await expectScores(webview, ['max', 'average'], { kind: 'gaussian', level: 40, seed: 2 }, 4);
  await webview.getByRole('button', { name: 'Reset' }).click();
  await expectScores(webview, ['max'], salt);

  // A link sets the knobs, a held button shows the clean picture, and a pixel says its value without noise.
  await sentence(webview, 'counterpart')
    .getByRole('button', { name: /Pepper/ })
    .click();
  await expect(kind(webview, 'Pepper')).toBeChecked();
  const pepper: Noise = { ...salt, kind: 'pepper' };
  await expectScores(webview, ['max', 'average'], pepper);
  await expect(sentence(webview, 'counterpart').getByRole('button', { name: /Salt/ })).toBeVisible();

  await level(webview).fill('50');
  const noisy = addNoise(input, { ...pepper, level: 0.5 });
  const cells = { columns: 64, rows: 48, origin: 0, step: 1 };
  // What a person sees: the upper canvas while it shows, else the lower one.
  const seen = async () => {
    const held = pane(webview, 'input').locator('canvas.held');
    return pixelsOf((await held.isVisible()) ? held : canvas(webview, 'input'), picture, cells);
  };
  await expect.poll(seen).toEqual(asRgb(noisy.data, 3));
  const clean = pane(webview, 'input').getByRole('button', { name: 'Clean' });
  await clean.hover();
  await mouse.down();
  await expect.poll(seen).toEqual(asRgb(picture.data, 3));
  await mouse.up();
  await expect.poll(seen).toEqual(asRgb(noisy.data, 3));
  await clean.focus();
  await keyboard.down('Space');
  await expect.poll(seen).toEqual(asRgb(picture.data, 3));
  await keyboard.up('Space');
  await expect.poll(seen).toEqual(asRgb(noisy.data, 3));

  await canvas(webview, 'average').press('Enter');
  await expect(windowTitle(webview)).toContainText('indow of output');
  const [y, x] = placeIn(await windowTitle(webview).textContent());
  const part = (name: string) => webview.locator(`.inspector [data-part=${name}]`);
  for (const name of ['max', 'average'] as const) {
    const at = (y * 32 + x) * 3;
    await expect(part(name).locator('[data-before]')).toHaveAttribute(
      'data-before',
      float32Text(pooled(name, input).data[at]!),
    );
    await expect(part(name).locator('.value')).toHaveText(float32Text(pooled(name, noisy).data[at]!));
  }
  await keyboard.press('Escape');
  await canvas(webview, 'input').press('Enter');
  const [row, column] = placeIn(await part('input').locator('h3').textContent());
  const before = part('input').locator('[data-before]');
  await expect(before).toHaveAttribute('data-before', String(picture.data[(row * 64 + column) * 3]));
  await keyboard.press('Escape');

  await webview.getByRole('button', { name: /Shift/ }).click();
  await expect(webview.getByRole('tab', { name: 'Shift' })).toHaveAttribute('aria-selected', 'true');
});

test('noise and move have room on a page of 420 pixels', async ({ shared }) => {
  const webview = await openedNoise(shared);
  for (const name of ['Min', 'Median']) await webview.getByLabel(name, { exact: true }).check();
  const { page } = shared;
  await page.keyboard.press('Control+B');
  const width = () => webview.locator('body').evaluate(body => body.clientWidth);
  const frame = 1360 - (await width());
  await page.setViewportSize({ width: 420 + frame, height: 860 });
  try {
    await expect.poll(width).toBe(420);
    await expectScores(webview, ['median'], salt);
    await expectNoOverflow(webview);
    await canvas(webview, 'median').press('Enter');
    await expect(windowTitle(webview)).toBeVisible();
    await expectNoOverflow(webview);
    await page.keyboard.press('Escape');
    await webview.getByRole('tab', { name: 'Shift' }).click();
    await expect(webview.locator('[data-sentence=period]')).toContainText('stride');
    await expect(webview.locator('.shift-diagram')).toBeAttached();
    await expectNoOverflow(webview);
  } finally {
    await page.setViewportSize({ width: 1360, height: 860 });
    await page.keyboard.press('Control+B');
  }
});
