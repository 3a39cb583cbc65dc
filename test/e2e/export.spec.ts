import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PNG } from 'pngjs';
import { avgPool2d, maxPool2d } from '../../src/core/pool';
import { toBytes, toTensor } from '../../src/core/tensor';
import { expect, test } from './fixtures';
import { call, exportAs, kernelHeight, noise, opened, pane, png, square } from './preview';

const picture = noise(40, 30, 3);
const input = toTensor(picture);

test.beforeEach(async ({ shared }) => shared.addFile('noise.png', png(picture)));

test('Copy as Code puts a PyTorch script of these settings on the clipboard', async ({ shared }) => {
  const webview = await opened(shared, 'noise.png');
  await kernelHeight(webview).fill('3');
  await expect(call(webview, 'max')).toHaveText('MaxPool2d(3)');
  await exportAs(webview, 'Copy as Code…');
  await shared.quickPick('PyTorch');
  await expect.poll(() => shared.clipboard()).toContain('MaxPool2d(kernel_size=3)');
  const script = await shared.clipboard();
  expect(script).toContain('import torch');
  expect(script).toContain('AvgPool2d(kernel_size=3)');
  expect(script).toContain('noise.png');
});

test('Save Picture writes the very pixels, and asks before it replaces a file', async ({ shared }) => {
  const webview = await opened(shared, 'noise.png');
  await kernelHeight(webview).fill('3');
  await expect(call(webview, 'max')).toHaveText('MaxPool2d(3)');
  const save = async (name: string) => {
    await exportAs(webview, 'Save Picture…');
    await shared.quickPick('Average pooling');
    await expect(shared.quickPickInput).toHaveValue(/noise.*\.png$/);
    await shared.quickPickInput.fill(join(shared.folder, name));
    await shared.page.keyboard.press('Enter');
  };
  const file = join(shared.folder, 'saved.png');
  shared.adopt('saved.png');
  await save('saved.png');
  await expect.poll(() => tryRead(file)?.length ?? 0).toBeGreaterThan(0);
  const saved = PNG.sync.read(readFileSync(file));
  expect([saved.width, saved.height]).toEqual([13, 10]);
  const rgb = Array.from(saved.data).filter((_, i) => i % 4 !== 3);
  expect(rgb).toEqual(Array.from(toBytes(avgPool2d(input, square(3)).output)));

  writeFileSync(file, 'mine');
  await save('saved.png');
  await expect(shared.page.locator('.quick-input-widget')).toContainText('already exists');
  await shared.page.keyboard.press('Escape');
  await shared.page.keyboard.press('Escape');
  expect(readFileSync(file, 'utf8')).toBe('mine');
});

test('Copy Picture puts the very pixels on the clipboard, and says so', async ({ shared }) => {
  const webview = await opened(shared, 'noise.png');
  await exportAs(webview, 'Copy Picture');
  await shared.quickPick('Max pooling');
  await expect(shared.page.locator('.statusbar').getByText('Copied')).toBeVisible();
  const read = async () => {
    await shared.focusWindow();
    return shared.page.evaluate(async () => {
      const [item] = await navigator.clipboard.read();
      if (!item?.types.includes('image/png')) return { size: [], data: [] };
      const bitmap = await createImageBitmap(await item.getType('image/png'));
      const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d')!;
      context.drawImage(bitmap, 0, 0);
      const { data } = context.getImageData(0, 0, bitmap.width, bitmap.height);
      return { size: [bitmap.width, bitmap.height], data: Array.from(data) };
    });
  };
  // A test before this may have said 'Copied' as well.
  await expect.poll(async () => (await read()).size).toEqual([20, 15]);
  const copied = await read();
  const { output } = maxPool2d(input, square(2));
  expect(copied.data.filter((_, i) => i % 4 !== 3)).toEqual(Array.from(toBytes(output)));
});

test('right-click on a pane offers VS Code’s own menu, and knows which pooling', async ({ shared }) => {
  const webview = await opened(shared, 'noise.png');
  await pane(webview, 'max').locator('canvas[data-kind]').click({ button: 'right' });
  const menu = shared.page.getByRole('menuitem');
  await expect(menu.filter({ hasText: 'Copy as Code' })).toBeVisible();
  await expect(menu.filter({ hasText: 'Save Picture' })).toBeVisible();
  await menu.filter({ hasText: 'Copy as Code' }).click({ delay: 50 });
  await shared.quickPick('NumPy');
  // One pooling only, and not the script that another test has copied.
  await expect.poll(() => shared.clipboard()).toContain('noise-max.png');
  const script = await shared.clipboard();
  expect(script).not.toContain('torch');
  expect(script).not.toContain('average');
});

function tryRead(file: string): Buffer | undefined {
  try {
    return readFileSync(file);
  } catch {
    return undefined;
  }
}
