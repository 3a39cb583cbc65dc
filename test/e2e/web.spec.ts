/** In a window as on vscode.dev: no server, the folder a virtual one, the extension from the web. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { avgPool2d, maxPool2d } from '../../src/core/pool';
import { expect, test } from './fixtures';
import {
  call,
  canvas,
  expectPixels,
  exportAs,
  kernelHeight,
  opened,
  pane,
  placeIn,
  shape,
  square,
  tensorOf,
  windowTitle,
} from './preview';

test('from the right-click to the very pixels, and no request leaves the machine', async ({
  context,
  page,
  openIn,
}, info) => {
  const elsewhere = new Set<string>();
  context.on('request', request => {
    const { protocol, hostname } = new URL(request.url());
    if (protocol.startsWith('http') && !/^(.+\.)?localhost$/.test(hostname)) elsewhere.add(request.url());
  });
  const vscode = await openIn('serverless', page, info.outputPath('samples'));
  const webview = await opened(vscode);
  await kernelHeight(webview).fill('3');
  await expect(call(webview, 'max')).toHaveText('MaxPool2d(3)');
  await expect(shape(webview, 'max')).toHaveText('[1, 3, 233, 341]');
  const input = await tensorOf(join(vscode.folder, 'mountain.jpg'));
  const max = maxPool2d(input, square(3)).output;
  await expectPixels(webview, { input, max, average: avgPool2d(input, square(3)).output });

  await canvas(webview, 'max').click();
  const [row, column] = placeIn(await windowTitle(webview).textContent());
  const red = max.data[(row * max.shape[3] + column) * 3];
  await expect(webview.locator('.inspector [data-part=max]')).toContainText(`= ${red}`);

  await webview.getByRole('tab', { name: 'Layers' }).click();
  await expect(webview.getByRole('table', { name: 'Layers' })).toBeVisible();
  await webview.getByRole('tab', { name: 'Noise' }).click();
  await expect(pane(webview, 'average').locator('.score')).toContainText('SSIM');
  await webview.getByRole('tab', { name: 'Shift' }).click();
  await expect(canvas(webview, 'change.max')).toBeVisible();

  await webview.getByRole('tab', { name: 'Pool' }).click();
  await expect(shape(webview, 'input')).toHaveText('[1, 3, 700, 1024]');
  // Nobody says that the picture has changed: it is looked at when the user comes back.
  vscode.write({ 'mountain.jpg': readFileSync(join(vscode.folder, 'text.png')) });
  await vscode.leaveAndReturn();
  await expect(shape(webview, 'input')).toHaveText('[1, 1, 288, 384]');

  expect([...elsewhere]).toEqual([]);
  expect(vscode.takeComplaints(), 'errors in the console of the webview').toEqual([]);
});

test('pictures are saved into the window’s folder, and code is copied and written back', async ({
  context,
  page,
  openIn,
}, info) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const vscode = await openIn('serverless', page, info.outputPath('samples'));
  const webview = await opened(vscode, 'text.png');
  await exportAs(webview, 'Save Picture…');
  await vscode.quickPick('Max pooling');
  await expect(vscode.quickPickInput).toHaveValue('/folder/text-max.png');
  await page.keyboard.press('Enter');
  await expect(vscode.explorerRow('text-max.png')).toBeVisible();
  await exportAs(webview, 'Copy as Code…');
  await vscode.quickPick('PyTorch');
  await expect.poll(() => vscode.clipboard()).toContain('text.png');
  await vscode.closeEditors();

  await vscode.addFile('model.py', 'import torch.nn as nn\n\npool = nn.MaxPool2d(3, stride=2)\n');
  await vscode.explorerRow('model.py').dblclick();
  await page.locator('.codelens-decoration a').filter({ hasText: 'Preview pooling · 3×3 / 2' }).click();
  await expect(call(webview, 'max')).toHaveText('MaxPool2d(3, stride=2)');
  await kernelHeight(webview).fill('5');
  await webview.getByRole('button', { name: 'Write to Code' }).click();
  const line = page.locator('.editor-instance .view-line').filter({ hasText: /nn\.MaxPool2d\(5,\sstride=2\)/ });
  await expect(line).toBeVisible();
  expect(vscode.takeComplaints(), 'errors in the console of the webview').toEqual([]);
});

test('without a connection the extension says that it cannot be loaded, and with one it opens pictures', async ({
  context,
  page,
  openIn,
}, info) => {
  const vscode = await openIn('serverless', page, info.outputPath('samples'));
  await context.setOffline(true);
  await vscode.contextMenu(vscode.explorerRow('mountain.jpg'), 'Preview Pooling');
  await vscode.runCommand('Notifications: Show Notifications');
  await expect(page.locator('.notifications-center')).toContainText(
    /Pooling Preview could not be loaded: .*Failed to fetch/,
  );
  await context.setOffline(false);
  const webview = await opened(vscode, 'text.png');
  await expect(shape(webview, 'max')).toHaveText('[1, 1, 144, 192]');
});
