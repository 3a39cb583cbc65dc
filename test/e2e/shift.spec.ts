/** The Shift view: what a move changes of each pooling, in pictures, numbers and sentences. */
import type { FrameLocator } from '@playwright/test';
import type { OperatorName } from '../../src/core/operators';
import { pool } from '../../src/core/pool';
import { type Tensor, toBytes, toTensor } from '../../src/core/tensor';
import { shift } from '../../src/lab/shift';
import { percentText } from '../../src/webview/words';
import { expect, test } from './fixtures';
import { asRgb, canvas, noise, opened, pane, pixelsOf, placeIn, png, square, windowTitle } from './preview';
import type { VSCode } from './vscode';

const picture = noise(64, 48, 3, 6);
const input = toTensor(picture);

const options = {
  max: { operator: 'max', ...square(2) },
  average: { operator: 'average', ...square(2) },
  maxBlur: { operator: 'maxBlur', kernelSize: [2, 2], stride: [2, 2] },
} as const;
type Moved = keyof typeof options;
const names = Object.keys(options) as Moved[];

const pooled = (name: Moved, from: Tensor) => pool(from, options[name]).output;

/** Outputs of 2×2/2 that look at no repeated pixel, nor beyond the border when blurred: what of each is changed, and by how much. */
function core(name: Moved, dx: number) {
  const [before, after] = [pooled(name, input), pooled(name, shift(input, 0, dx))];
  const [, channels, rows, columns] = before.shape;
  const q = Math.floor(dx / 2);
  // The windows of max then blur are 4 wide and begin one pixel before.
  const [margin, size] = name === 'maxBlur' ? [1, 4] : [0, 2];
  const isCompared = (i: number, distance: number, length: number) =>
    2 * i - margin >= distance && 2 * i - margin + size <= length;
  const differences = Array.from({ length: rows * columns * channels }, (_, i) => {
    const [y, x] = [Math.floor(i / channels / columns), Math.floor(i / channels) % columns];
    if (!isCompared(y, 0, 48) || !isCompared(x, dx, 64)) return undefined;
    return Math.abs(after.data[i]! - before.data[i - q * channels]!);
  });
  const compared = differences.filter(difference => difference !== undefined);
  const sum = compared.reduce((total, difference) => total + difference, 0);
  const share = compared.filter(difference => difference > 0).length / compared.length;
  return { before, after, share, mean: sum / compared.length, differences };
}

const change = (webview: FrameLocator, name: OperatorName) => webview.locator(`[data-change=${name}]`);
const sentence = (webview: FrameLocator, which: 'heading' | 'period' | 'blur') =>
  webview.locator(`[data-sentence=${which}]`);
const right = (webview: FrameLocator) => webview.getByRole('spinbutton', { name: 'Move right by' });

async function openedShift(vscode: VSCode): Promise<FrameLocator> {
  const webview = await opened(vscode, 'noise.png');
  await webview.getByRole('tab', { name: 'Shift' }).click();
  await expect(change(webview, 'max')).not.toBeEmpty();
  return webview;
}

test.beforeEach(async ({ shared }) => shared.addFile('noise.png', png(picture)));

test('pictures, differences, the chart’s table and the sentences are the core’s, and the row of pixels moves', async ({
  shared,
}) => {
  const webview = await openedShift(shared);
  const { page } = shared;
  await webview.getByRole('checkbox', { name: 'Average', exact: true }).check();
  const cells = { columns: 32, rows: 24, origin: 0, step: 2 };
  const pixels = (kind: Parameters<typeof canvas>[1]) => pixelsOf(canvas(webview, kind), picture, cells);
  for (const name of names) {
    const { before, after, share, mean, differences } = core(name, 1);
    await expect.poll(() => pixels(`before.${name}`), { message: name }).toEqual(asRgb(toBytes(before), 3));
    await expect.poll(() => pixels(name), { message: name }).toEqual(asRgb(toBytes(after), 3));
    const [stillBytes, movedBytes] = [toBytes(before), toBytes(after)];
    const drawn = differences.map((difference, i) =>
      difference === undefined ? 0 : Math.min(4 * Math.abs(movedBytes[i]! - stillBytes[i]!), 255),
    );
    await expect.poll(() => pixels(`change.${name}`), { message: name }).toEqual(asRgb(drawn, 3));
    await expect(change(webview, name)).toContainText(percentText(share));
    await expect(change(webview, name)).toContainText(mean.toFixed(2));
    // What the context menu hands to the commands.
    const context = { preventDefaultContextMenuItems: true, pane: `change.${name}` };
    await expect(pane(webview, `change.${name}`)).toHaveAttribute('data-vscode-context', JSON.stringify(context));
  }
  await expect(sentence(webview, 'heading')).toContainText(percentText(core('max', 1).share));
  await expect(sentence(webview, 'period')).toContainText(/2, 4, 6 … 16 .*stride 2/);
  for (const name of ['max', 'maxBlur'] as const) {
    await expect(sentence(webview, 'blur')).toContainText(core(name, 1).mean.toFixed(2));
  }
  const shown = () =>
    webview
      .locator('.chart tbody tr')
      .evaluateAll(rows => rows.map(row => [...row.querySelectorAll('td')].map(cell => cell.textContent)));
  const table = Array.from({ length: 17 }, (_, dx) => names.map(name => core(name, dx).mean.toFixed(2)));
  await expect.poll(shown).toEqual(table);
  expect(table.filter(cells => cells.every(cell => cell === '0.00'))).toHaveLength(9);

  // To the stride: the differences are black, exactly.
  await sentence(webview, 'period').getByRole('button').click();
  await expect(right(webview)).toHaveValue('2');
  await expect(sentence(webview, 'heading')).toContainText(/\b0 %/);
  for (const name of names) {
    await expect(change(webview, name)).toContainText(/\b0 %.*0\.00/);
    const black = asRgb(new Uint8Array(32 * 24 * 3), 3);
    await expect.poll(() => pixels(`change.${name}`), { message: name }).toEqual(black);
  }
  // A pixel of the moved picture was one output further left before.
  await canvas(webview, 'max').press('Enter');
  const [y, x] = placeIn(await windowTitle(webview).textContent());
  const at = (y * 32 + x) * 3;
  const { before, after } = core('max', 2);
  const part = webview.locator('.inspector [data-part=max]');
  await expect(part.locator('[data-before]')).toHaveAttribute('data-before', String(before.data[at - 3]));
  await expect(part.locator('.value')).toHaveText(String(after.data[at]));
  await page.keyboard.press('Escape');

  // The row of pixels moves by its buttons, and by itself only where things may.
  const diagram = webview.locator('.shift-diagram');
  const buttons = diagram.getByRole('toolbar').getByRole('button');
  const [back, play, on] = [buttons.first(), buttons.nth(1), buttons.last()];
  const words = diagram.locator('p');
  const atRest = (await words.textContent())!;
  await on.click();
  await expect(words).toContainText(/by 1\b/);
  await on.click();
  await expect(words).toContainText(/by 2 .*stride/);
  await on.click();
  await expect(words).toHaveText(atRest);
  await back.click();
  await expect(words).toContainText(/by 2\b/);
  const name = (await play.getAttribute('aria-label'))!;
  await play.click();
  await expect(words).toHaveText(atRest);
  await expect(play).toHaveAttribute('aria-label', 'Pause');
  await play.click();
  await expect(play).toHaveAttribute('aria-label', name);
  await page.emulateMedia({ reducedMotion: 'reduce' });
  try {
    await on.click();
    await expect(buttons).toHaveCount(2);
  } finally {
    await page.emulateMedia({ reducedMotion: null });
  }
});

test('noise and move stay over a hidden tab, each in its view', async ({ shared }) => {
  const webview = await openedShift(shared);
  await right(webview).fill('3');
  const down = (webview: FrameLocator) => webview.getByRole('slider', { name: 'down by' });
  await down(webview).focus();
  await shared.page.keyboard.press('ArrowRight');
  await webview.getByRole('checkbox', { name: 'Max then blur' }).uncheck();
  await expect(webview.locator('.pane')).toHaveCount(3);
  await expect(sentence(webview, 'heading')).toContainText(/3 .*1\b/);
  await webview.getByRole('tab', { name: 'Noise' }).click();
  await webview.getByRole('radio', { name: 'Salt and pepper', exact: true }).check({ force: true });
  await webview.getByRole('spinbutton', { name: 'Level' }).fill('12.5');
  await webview.getByRole('spinbutton', { name: 'Seed' }).fill('77');
  await shared.explorerRow('text.png').dblclick();
  await expect(shared.tab(/^text\.png/)).toBeVisible();
  await shared.tab(/noise\.png/).click();
  const again = shared.webview();
  await expect(pane(again, 'average').locator('[data-psnr]')).toBeVisible({ timeout: 20_000 });
  await expect(again.getByRole('spinbutton', { name: 'Level' })).toHaveValue('12.5');
  await expect(again.getByRole('spinbutton', { name: 'Seed' })).toHaveValue('77');
  await expect(again.getByRole('radio', { name: 'Salt and pepper', exact: true })).toBeChecked();
  await again.getByRole('tab', { name: 'Shift' }).click();
  await expect(right(again)).toHaveValue('3');
  await expect(down(again)).toHaveValue('1');
  await expect(again.locator('.pane')).toHaveCount(3);
  // Without any pooling the moved picture is left.
  await again.getByRole('checkbox', { name: 'Max', exact: true }).uncheck();
  await expect(again.locator('.pane')).toHaveCount(1);
  const cells = { columns: 64, rows: 48, origin: 0, step: 1 };
  const moved = asRgb(shift(input, 1, 3).data, 3);
  await expect.poll(() => pixelsOf(canvas(again, 'input'), picture, cells)).toEqual(moved);
});
