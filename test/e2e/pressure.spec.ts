import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FrameLocator } from '@playwright/test';
import { maxPool2d } from '../../src/core/pool';
import { toBytes, toTensor } from '../../src/core/tensor';
import { decodeImage } from '../../src/decode/decode';
import { expect, test } from './fixtures';
import {
  asRgb,
  call,
  canvas,
  expectNoOverflow,
  kernelHeight,
  noise,
  opened,
  pixelsOf,
  png,
  shape,
  square,
} from './preview';

test('60 quick steps of the kernel end on the picture of the last', async ({ shared }) => {
  const webview = await opened(shared, 'mountain.jpg');
  await expect(canvas(webview, 'average')).toBeVisible();
  await kernelHeight(webview).focus();
  const steps = 60;
  for (let i = 0; i < steps; i++) await shared.page.keyboard.press('ArrowUp');
  const last = 2 + steps;
  await expect(call(webview, 'max')).toHaveText(`MaxPool2d(${last})`);
  const image = toTensor(await decodeImage(new Uint8Array(readFileSync(join(shared.folder, 'mountain.jpg')))));
  const { output } = maxPool2d(image, square(last));
  const [, , rows, columns] = output.shape;
  const shown = () =>
    pixelsOf(canvas(webview, 'max'), { width: 1024, height: 700 }, { columns, rows, origin: 0, step: last });
  await expect.poll(shown).toEqual(asRgb(toBytes(output), 3));
});

test('a split editor: two previews of one file with knobs of their own', async ({ shared }) => {
  const picture = noise(40, 30, 3);
  await shared.addFile('noise.png', png(picture));
  await opened(shared, 'noise.png');
  await shared.runCommand('View: Split Editor Right');
  const both = shared.page.locator('iframe.webview.ready');
  await expect(both).toHaveCount(2);
  const [left, right] = [0, 1].map(i =>
    shared.page.frameLocator('iframe.webview.ready').nth(i).frameLocator('iframe#active-frame'),
  ) as [FrameLocator, FrameLocator];
  await kernelHeight(left).fill('3');
  await kernelHeight(right).fill('5');
  for (const [webview, kernel] of [
    [left, 3],
    [right, 5],
  ] as const) {
    const { output } = maxPool2d(toTensor(picture), square(kernel));
    const [, , rows, columns] = output.shape;
    await expect(call(webview, 'max')).toHaveText(`MaxPool2d(${kernel})`);
    await expect
      .poll(() => pixelsOf(canvas(webview, 'max'), picture, { columns, rows, origin: 0, step: kernel }))
      .toEqual(asRgb(toBytes(output), 3));
    await expectNoOverflow(webview);
  }
  rmSync(join(shared.folder, 'noise.png'));
  for (const webview of [left, right]) await expect(webview.getByRole('alert')).toContainText('was deleted');
});

test('twelve previews at once all end in their picture', async ({ shared }) => {
  const names = Array.from({ length: 12 }, (_, i) => `many-${String(i).padStart(2, '0')}.png`);
  await shared.addFiles(Object.fromEntries(names.map((name, i) => [name, png(noise(100 + 2 * i, 60, 3))])));
  await shared.explorerRow(names[0]!).click();
  // The explorer selects what opens, and what opens late would undo the selection.
  await expect(shared.page.locator('iframe.webview.ready')).toBeVisible();
  await shared.explorerRow(names.at(-1)!).click({ modifiers: ['Shift'] });
  await shared.explorerRow(names[5]!).click({ button: 'right' });
  const entry = shared.page.getByRole('menuitem', { name: 'Preview Pooling', exact: true });
  await entry.hover();
  await entry.click({ delay: 50 });
  // And VS Code's own preview of the first, which was clicked.
  await expect(shared.tab(/many-/)).toHaveCount(1 + names.length);
  for (const i of [11, 0, 6, 3]) {
    await shared.tab(names[i]!).last().click();
    await expect(shape(shared.webview(), 'max')).toContainText(`[1, 3, 30, ${50 + i}]`);
  }
});

test('a picture that takes seconds: cancel while it decodes, try again, and reload in the middle', async ({ held }) => {
  const { vscode, decodes } = held;
  decodes.hold();
  await vscode.addFile('slow.png', png(noise(60, 40, 3)));
  await vscode.previewPooling('slow.png');
  const webview = vscode.webview();
  await decodes.isWaiting();
  await webview.getByRole('button', { name: 'Cancel' }).click();
  await expect(webview.getByRole('alert')).toContainText('Opening the picture was cancelled.');
  await webview.getByRole('button', { name: 'Try Again' }).click();
  await expect(webview.getByRole('status').first()).toContainText('slow.png…');
  decodes.release();
  await expect(shape(webview, 'max')).toContainText('[1, 3, 20, 30]');

  await vscode.putAway('slow.png');
  decodes.hold();
  writeFileSync(join(vscode.folder, 'slow.png'), png(noise(60, 50, 3)));
  await decodes.isWaiting();
  await vscode.page.reload();
  await expect(vscode.webview().getByRole('status').first()).toContainText('slow.png…', { timeout: 45_000 });
  decodes.release();
  await expect(shape(vscode.webview(), 'max')).toContainText('[1, 3, 25, 30]');
});

test('narrow, wide, and another theme while it is open: crisp, and nothing sticks out', async ({ shared }) => {
  const webview = await opened(shared, 'mountain.jpg');
  await webview.getByLabel('Preset').selectOption('resnet');
  await canvas(webview, 'max').click();
  const crisp = () =>
    webview
      .locator('.pane canvas')
      .evaluateAll(canvases =>
        (canvases as HTMLCanvasElement[]).map(({ width, height, clientWidth, clientHeight }) => [
          width - Math.round(clientWidth * devicePixelRatio),
          height - Math.round(clientHeight * devicePixelRatio),
        ]),
      );
  const filled = () =>
    canvas(webview, 'average').evaluate(element => {
      const canvas = element as HTMLCanvasElement;
      const { data } = canvas.getContext('2d')!.getImageData(canvas.width >> 1, canvas.height >> 1, 1, 1);
      return data[3];
    });
  // With the side bar beside it, the page is some 210 px wide at 500.
  for (const width of [500, 800, 2200, 1360]) {
    await shared.page.setViewportSize({ width, height: 860 });
    await expect
      .poll(async () => (await crisp()).flat().every(off => off === 0), { message: `${width} px` })
      .toBe(true);
    await expectNoOverflow(webview);
    await expect.poll(filled).toBe(255);
  }
  const background = () => webview.locator('body').evaluate(body => getComputedStyle(body).backgroundColor);
  const before = await background();
  await shared.setColorTheme('Dark High Contrast');
  await expect.poll(background).not.toBe(before);
  await expect(call(webview, 'max')).toContainText('stride=2');
  await shared.setColorTheme('Light Modern');
});
