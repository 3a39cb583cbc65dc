import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { avgPool2d, maxPool2d } from '../../src/core/pool';
import { decodeImage } from '../../src/decode/decode';
import { expect, test } from './fixtures';
import {
  call,
  canvas as canvasOf,
  expectPixels,
  kernelHeight,
  opened,
  placeIn,
  release,
  shape,
  square,
  tensorOf,
  windowTitle,
} from './preview';

test('right-click shows the three pictures and their shapes', async ({ shared: vscode }) => {
  const webview = await opened(vscode);
  await expect(vscode.tab(/mountain\.jpg/)).toBeVisible();
  const captions = [
    ['input', '(700, 1024, 3)', '[1, 3, 700, 1024]'],
    ['max', 'MaxPool2d(2)', '[1, 3, 350, 512]'],
    ['average', 'AvgPool2d(2)', '[1, 3, 350, 512]'],
  ] as const;
  for (const [kind, code, tensor] of captions) {
    await expect(call(webview, kind)).toHaveText(code);
    await expect(shape(webview, kind)).toHaveText(tensor);
  }
  await expect(webview.locator('.facts')).toContainText('⌊(700 + 2·0 − 2)/2⌋ + 1 = 350');
  await expect(webview.locator('.facts')).toContainText('keeps 25 % of the values');
  await expect(webview.locator('.facts')).toContainText('0 parameters');

  await webview.getByRole('radio', { name: 'Grey' }).check({ force: true });
  const step = (name: string) => webview.locator(`[data-step=${name}] code`);
  await expect(step('picture')).toHaveText('(700, 1024)');
  await expect(step('tensor')).toHaveText('[1, 1, 700, 1024]');
  await expect(step('pooled')).toHaveText('[1, 1, 350, 512]');
  await expect(step('image')).toHaveText('(350, 512)');
});

test('a kernel of 3 gives new shapes, and on the canvas the very pixels of the core', async ({ shared: vscode }) => {
  const webview = await opened(vscode);
  await kernelHeight(webview).fill('3');
  await expect(webview.getByLabel('Kernel width')).toHaveValue('3');
  await expect(call(webview, 'max')).toHaveText('MaxPool2d(3)');
  await expect(shape(webview, 'max')).toHaveText('[1, 3, 233, 341]');

  const input = await tensorOf(join(vscode.folder, 'mountain.jpg'));
  await expectPixels(webview, {
    input,
    max: maxPool2d(input, square(3)).output,
    average: avgPool2d(input, square(3)).output,
  });
});

test('knobs, view and pin survive hiding the tab and reloading the window', async ({ shared: vscode }) => {
  const webview = await opened(vscode);
  await webview.getByLabel('Preset').selectOption('alexnet');
  await webview.getByRole('button', { name: 'One screen pixel for each input pixel' }).click();
  await canvasOf(webview, 'max').click();
  await expect(windowTitle(webview)).toContainText('Window of output');
  const title = await windowTitle(webview).textContent();

  const unchanged = async () => {
    const again = vscode.webview();
    await expect(call(again, 'max')).toHaveText('MaxPool2d(3, stride=2)', { timeout: 20_000 });
    await expect(shape(again, 'max')).toHaveText('[1, 3, 349, 511]');
    await expect(again.locator('.zoom output')).toHaveText('100%');
    await expect(windowTitle(again)).toHaveText(title!);
  };
  await vscode.explorerRow('text.png').dblclick();
  await expect(vscode.tab(/text\.png/)).toBeVisible();
  await vscode.tab(/mountain\.jpg/).click();
  await unchanged();
  await vscode.putAway('mountain.jpg', 'text.png');
  await vscode.reload();
  await unchanged();
});

test('an illegal choice shows the framework’s words and keeps the pictures', async ({ shared: vscode }) => {
  const webview = await opened(vscode);
  await webview.getByLabel('Padding', { exact: true }).fill('2');
  await expect(webview.getByRole('alert')).toHaveText(
    'pad should be at most half of effective kernel size, but got pad=2, kernel_size=2 and dilation=1',
  );
  await expect(shape(webview, 'max')).toContainText('[1, 3, 350, 512]');
  await webview.getByLabel('Padding', { exact: true }).fill('1');
  await expect(webview.getByRole('alert')).toHaveCount(0);
  await expect(shape(webview, 'max')).toContainText('[1, 3, 351, 513]');
});

test('an emptied field stays the one that is typed in', async ({ shared: vscode }) => {
  const webview = await opened(vscode);
  await webview.getByLabel('Kernel height').fill('24');
  const padding = webview.getByLabel('Padding', { exact: true });
  await padding.focus();
  await padding.press('Backspace');
  await expect(webview.getByRole('alert')).toHaveText('A number is missing.');
  await vscode.page.keyboard.type('12');
  await expect(padding).toHaveValue('12');
  await expect(call(webview, 'max')).toHaveText('MaxPool2d(24, padding=12)');
});

test('a pin that the output no longer reaches gives way to the pointer, and is back when it does', async ({
  shared: vscode,
}) => {
  const webview = await opened(vscode);
  const canvas = canvasOf(webview, 'max');
  const title = windowTitle(webview);
  await canvas.click();
  const pinned = await title.textContent();
  await webview.getByLabel('Kernel height').fill('16');
  await expect(shape(webview, 'max')).toContainText('[1, 3, 43, 64]');
  await expect(release(webview)).toBeDisabled();
  await canvas.hover({ position: { x: 20, y: 20 } });
  await expect(title).toContainText('Window of output');
  await webview.getByLabel('Kernel height').fill('2');
  await expect(title).toHaveText(pinned!);
});

test('pointing at an output pixel spells out its window', async ({ shared: vscode }) => {
  const webview = await opened(vscode);
  const canvas = canvasOf(webview, 'average');
  await canvas.click();
  const inspector = webview.locator('.inspector');
  const cells = inspector.locator('table.window tbody td');
  await expect(cells).toHaveCount(4);
  const [row, column] = placeIn(await windowTitle(webview).textContent());
  const image = await decodeImage(new Uint8Array(readFileSync(join(vscode.folder, 'mountain.jpg'))));
  const red = (x: number, y: number) => image.data[(y * image.width + x) * 3]!;
  const [x, y] = [column * 2, row * 2];
  const values = [red(x, y), red(x + 1, y), red(x, y + 1), red(x + 1, y + 1)];
  const sum = values.reduce((a, b) => a + b);
  await expect(cells).toHaveText(values.map(String));
  await expect(inspector.locator('[data-part=average]')).toContainText(`(${values.join(' + ')}) ÷ 4 = ${sum / 4}`);
  await expect(inspector.locator('[data-part=max]')).toContainText(
    `max(${values.join(', ')}) = ${Math.max(...values)}`,
  );

  await canvas.press('ArrowRight');
  await expect(windowTitle(webview)).toContainText(`row ${row}, column ${column + 1}`);
  await canvas.press('Escape');
  await expect(release(webview)).toBeDisabled();
});
