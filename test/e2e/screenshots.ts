/** Takes the README's picture, and a set in four themes, five widths and both languages to look at, from the running product. */
import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Locator } from '@playwright/test';
import { expect, test } from './fixtures';
import { canvas, shape } from './preview';
import type { Theme } from './vscode';

const root = resolve(__dirname, '../..');

const themes: readonly (readonly [Theme, string])[] = [
  ['Dark Modern', 'dark'],
  ['Light Modern', 'light'],
  ['Dark High Contrast', 'hc-dark'],
  ['Light High Contrast', 'hc-light'],
];

/** CSS pixels of the page, which is beside the activity bar. */
const widths = [420, 760, 1000, 1900];
const activityBar = 56;

/** What ships has to be small: the best JPEG of at most 70 kB. */
async function smallPicture(part: Locator): Promise<Buffer> {
  for (let quality = 90; ; quality -= 5) {
    const picture = await part.screenshot({ type: 'jpeg', quality });
    if (picture.length <= 70_000) return picture;
  }
}

for (const [theme, name] of themes) {
  test(name, async ({ vscode, displayLanguage }) => {
    test.setTimeout(180_000);
    const { page } = vscode;
    const isEnglish = displayLanguage === 'en';
    const menu = JSON.parse(readFileSync(resolve(root, `package.nls${isEnglish ? '' : '.ko'}.json`), 'utf8'));
    // The picker lists themes by English names in both languages, but Korean titles its command otherwise.
    if (isEnglish) await vscode.setColorTheme(theme);
    await vscode.previewPooling('mountain.jpg', menu['command.open.title']);
    const webview = vscode.webview();
    await expect(shape(webview, 'average')).toBeVisible({ timeout: 20_000 });
    await page.keyboard.press('Control+B'); // the pictures are of the product, not of the explorer
    const shot = async (which: string) => {
      await page.waitForTimeout(900); // pictures come after shapes
      await page.screenshot({ path: resolve(root, `test-results/screens/${displayLanguage}-${name}-${which}.png`) });
    };
    await shot('first');

    await canvas(webview, 'max').click({ position: { x: 300, y: 80 } });
    await page.mouse.move(5, 855);
    await shot('pinned');
    if (isEnglish && name === 'dark') {
      writeFileSync(resolve(root, 'media/screenshot.jpg'), await smallPicture(page.locator('.part.editor')));
    }
    const preset = webview.locator('select[name=preset]');
    await preset.selectOption('resnet');
    for (const width of widths) {
      await page.setViewportSize({ width: width + activityBar, height: 860 });
      await shot(String(width));
    }
    await page.setViewportSize({ width: 1360, height: 860 });

    const fields = webview.locator('.pooling input[type=number]');
    await fields.nth(5).fill('2'); // kernel, stride, padding, dilation
    await shot('dilation');
    await fields.nth(4).fill('9');
    await shot('refused');
    await webview.getByRole('radio', { name: 'ONNX' }).check({ force: true });
    await preset.selectOption('inception');
    await webview.locator('#show-menu-button').click();
    // Min, the difference, where the maxima are, histograms.
    for (const i of [2, 9, 12, 14]) await webview.locator('#show-menu input[type=checkbox]').nth(i).check();
    await shot('menu');
    await page.keyboard.press('Escape');
    await shot('onnx');
    await webview.locator('#export-menu-button').click();
    await shot('export');
    await page.keyboard.press('Escape');

    await webview.locator('[name=reset]').click();
    await canvas(webview, 'max').focus();
    for (let i = 0; i < 20; i++) await page.keyboard.press('+');
    await page.keyboard.press('Enter');
    await shot('pixels');

    await webview.locator('[name=reset]').click();
    await webview.locator('#show-menu-button').click();
    // Lᵖ, adaptive average, global average, max then blur.
    for (const i of [3, 5, 7, 8]) await webview.locator('#show-menu input[type=checkbox]').nth(i).check();
    await page.keyboard.press('Escape');
    await canvas(webview, 'adaptiveAverage').press('Enter');
    await shot('poolings');

    await webview.locator('[name=reset]').click();
    await webview.locator('#tab-layers').click();
    await expect(shape(webview, 'stage5')).toBeVisible();
    await canvas(webview, 'stage5').press('Enter');
    await shot('layers');
    await webview.locator('tr[data-layer="3"] input[name=padding]').fill('2');
    await webview.locator('tr[data-layer="2"] td.more button').click();
    await shot('layers-refused');
    await webview.locator('select[name=stack]').selectOption('vgg16 network');
    await shot('layers-network');
    await webview.locator('select[name=stack]').selectOption('alexnet poolings');
    await canvas(webview, 'stage3').press('Enter');
    await page.setViewportSize({ width: 420 + activityBar, height: 860 });
    await shot('layers-420');

    await webview.locator('#tab-noise').click();
    await shot('noise-420');
    await page.setViewportSize({ width: 1360, height: 860 });
    await shot('noise');
    for (const i of [1, 2]) await webview.locator('.own input[type=checkbox]').nth(i).check();
    await canvas(webview, 'max').press('Enter');
    await shot('noise-pinned');
    await webview.locator('#tab-shift').click();
    await shot('shift-pinned');
    await page.keyboard.press('Escape');
    await shot('shift');
    await page.setViewportSize({ width: 420 + activityBar, height: 860 });
    await shot('shift-420');
  });
}
