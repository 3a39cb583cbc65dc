/** Takes the README's pictures, and a set in four themes and two widths to look at, from the running product. */
import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Locator } from '@playwright/test';
import { expect, test } from './fixtures';
import type { Theme } from './vscode';

const root = resolve(__dirname, '../..');

const themes: readonly (readonly [Theme, string])[] = [
  ['Dark Modern', 'dark'],
  ['Light Modern', 'light'],
  ['Dark High Contrast', 'hc-dark'],
  ['Light High Contrast', 'hc-light'],
];

/** What ships has to be small: the best JPEG of at most 130 kB. */
async function smallPicture(part: Locator): Promise<Buffer> {
  for (let quality = 90; ; quality -= 5) {
    const picture = await part.screenshot({ type: 'jpeg', quality });
    if (picture.length <= 130_000) return picture;
  }
}

for (const [theme, name] of themes) {
  test(name, async ({ vscode }) => {
    const { page } = vscode;
    await vscode.setColorTheme(theme);
    await vscode.previewPooling('mountain.jpg');
    const webview = vscode.webview();
    const average = webview.locator('[data-pane=average] canvas[data-kind]');
    await expect(average).toBeVisible({ timeout: 20_000 });
    await page.waitForTimeout(1_500); // pictures come after shapes
    if (name === 'dark') {
      await page.keyboard.press('Control+B'); // the README shows the product, not the explorer
      await page.waitForTimeout(700);
      await webview.locator('[data-pane=max] canvas[data-kind]').click({ position: { x: 300, y: 80 } });
      await page.mouse.move(5, 855);
      await page.waitForTimeout(700);
      writeFileSync(resolve(root, 'media/screenshot.jpg'), await smallPicture(page.locator('.part.editor')));
      await webview.locator('[data-pane=max] canvas[data-kind]').press('Escape');
      await page.keyboard.press('Control+B');
      await page.waitForTimeout(700);
    }
    const shot = (which: string) =>
      page.screenshot({ path: resolve(root, `test-results/screens/${name}-${which}.png`) });
    await shot('first');

    await webview.getByLabel('Preset').selectOption('resnet');
    await webview.getByRole('radio', { name: 'ONNX' }).check({ force: true });
    await webview.getByRole('button', { name: 'What is shown' }).click();
    await webview.getByLabel('Max − average').check();
    await webview.getByLabel('Where the maxima are').check();
    await webview.getByLabel('Histograms').check();
    await shot('menu');
    await page.keyboard.press('Escape');
    await page.waitForTimeout(1_200);
    await shot('onnx');

    await webview.getByRole('radio', { name: 'PyTorch' }).check({ force: true });
    await webview.getByLabel('Padding', { exact: true }).fill('9');
    await page.waitForTimeout(300);
    await shot('refused');
    await webview.getByLabel('Padding', { exact: true }).fill('1');

    await page.setViewportSize({ width: 760, height: 1100 });
    await page.keyboard.press('Control+B');
    await page.waitForTimeout(1_000);
    await shot('narrow');
    await page.setViewportSize({ width: 1360, height: 860 });
    await page.waitForTimeout(500);
    // Far in, on one pane alone.
    await webview.getByRole('button', { name: 'One screen pixel for each input pixel' }).click();
    for (let i = 0; i < 17; i++) await webview.getByRole('button', { name: 'Zoom in' }).click();
    await webview.locator('[data-pane=max] canvas[data-kind]').click();
    await page.waitForTimeout(1_000);
    await shot('pixels');
  });
}
