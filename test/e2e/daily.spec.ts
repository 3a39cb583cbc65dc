/** What a person does every day, and in the first minute. */
import { expect, test } from './fixtures';
import { call, canvas, exportAs, kernelHeight, opened, shape, windowTitle } from './preview';

test('the first minute without a picture at hand: a sample, a knob, a pixel', async ({ shared }) => {
  await shared.runCommand('Pooling Preview: Open Sample Picture...');
  await shared.quickPick('checkerboard.png');
  const webview = shared.webview();
  await expect(shape(webview, 'max')).toBeVisible({ timeout: 20_000 });
  await kernelHeight(webview).fill('3');
  await expect(call(webview, 'max')).toHaveText('MaxPool2d(3)');
  await canvas(webview, 'average').click();
  await expect(webview.locator('.inspector [data-part=average]')).toContainText('÷ 9');
});

test('the next picture of the folder comes by a key, with the same knobs, and Reset takes them back', async ({
  shared,
}) => {
  const webview = await opened(shared, 'mountain.jpg');
  await kernelHeight(webview).fill('5');
  await expect(call(webview, 'max')).toHaveText('MaxPool2d(5)');
  await canvas(webview, 'max').press('Alt+PageDown');
  await expect(shared.tab(/salt-and-pepper\.png/)).toBeVisible();
  await expect(shared.tab(/mountain\.jpg/)).toHaveCount(0);
  const next = shared.webview();
  await expect(call(next, 'max')).toHaveText('MaxPool2d(5)', { timeout: 20_000 });
  const reset = next.getByRole('button', { name: 'Reset' });
  await reset.click();
  await expect(call(next, 'max')).toHaveText('MaxPool2d(2)');
  await expect(reset).toBeDisabled();
});

test('Describe as Text writes out what is on screen', async ({ shared }) => {
  const webview = await opened(shared, 'mountain.jpg');
  await canvas(webview, 'max').press('Enter');
  await expect(windowTitle(webview)).toContainText('row 175, column 256');
  await exportAs(webview, 'Describe as Text');
  const text = shared.page.locator('.view-lines');
  await expect(text).toContainText('Max: MaxPool2d(2), [1, 3, 350, 512]');
  await expect(text).toContainText('Max: window of output row 175, column 256');
  // It is a new document, which VS Code would ask about.
  await shared.runCommand('View: Revert and Close Editor');
  await expect(text).toHaveCount(0);
});
