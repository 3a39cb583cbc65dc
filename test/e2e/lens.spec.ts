import type { FrameLocator, Locator } from '@playwright/test';
import { expect, test } from './fixtures';
import { kernelHeight, noise, opened, png, shape } from './preview';
import type { VSCode } from './vscode';

const model = `import torch.nn as nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 6, 5)
        self.pool = nn.MaxPool2d(
            kernel_size=3,  # overlapping
            stride=2,
        )
`;

const notebook = JSON.stringify({
  cells: ['import torch.nn as nn', 'pool = nn.AvgPool2d(4)'].map(source => ({
    cell_type: 'code',
    metadata: {},
    source,
    outputs: [],
    execution_count: null,
  })),
  metadata: { language_info: { name: 'python' } },
  nbformat: 4,
  nbformat_minor: 2,
});

const lens = ({ page }: VSCode, title: string) => page.locator('.codelens-decoration a').filter({ hasText: title });
const line = (webview: FrameLocator) => webview.getByRole('group', { name: 'Code', exact: true });
const button = (within: Locator, name: string) => within.getByRole('button', { name });
/** The lines of the code's editor; VS Code writes its spaces as others. */
const codeLine = ({ page }: VSCode, text: string) =>
  page.locator('.editor-instance .view-line').filter({ hasText: new RegExp(text.replaceAll(' ', '\\s')) });

test.beforeEach(async ({ shared }) =>
  shared.addFiles({ 'noise.png': png(noise(60, 40, 3)), 'model.py': model, 'net.py': model, 'model.ipynb': notebook }),
);

test('over a pooling in code: one click shows it beside, and what is changed there is written back', async ({
  shared,
}) => {
  const { page } = shared;
  await opened(shared, 'noise.png');
  await shared.closeEditors();
  await shared.explorerRow('model.py').dblclick();
  await lens(shared, 'Preview pooling · 3×3 / 2').click();
  const webview = shared.webview();
  await expect(shape(webview, 'max')).toHaveText('[1, 3, 19, 29]');
  await expect(line(webview)).toContainText('From model.py:8 nn.MaxPool2d');
  // The code keeps the focus.
  await page.keyboard.type('#');
  await expect(codeLine(shared, '#import torch.nn as nn')).toBeVisible();
  await expect(button(line(webview), 'Write to Code')).toHaveCount(0);

  await kernelHeight(webview).fill('5');
  await button(line(webview), 'Write to Code').click();
  await expect(codeLine(shared, 'kernel_size=5,  # overlapping')).toBeVisible();
  await expect(button(line(webview), 'Write to Code')).toHaveCount(0);
  await button(line(webview), 'Go to Code').click();
  await expect(page.getByText(/\(\d+ selected\)/)).toBeVisible();
  await page.keyboard.press('ControlOrMeta+Z');
  await expect(codeLine(shared, 'kernel_size=3,  # overlapping')).toBeVisible();
  await button(line(webview), 'Forget the code').click();
  await expect(line(webview)).toHaveCount(0);

  await lens(shared, 'Preview layers · 2').click();
  await expect(line(webview)).toContainText('From model.py:7 Net');
  const layers = webview.getByRole('table', { name: 'Layers' }).locator('tr[data-layer]');
  await expect(layers.locator('select').first()).toHaveValue('conv');
  await expect(layers.locator('td code').filter({ hasText: '[1, 6, 17, 27]' })).toBeVisible();
});

test('at the cursor, by menu, in a preview that is open; one click puts back what it showed', async ({ shared }) => {
  const webview = await opened(shared, 'noise.png');
  await kernelHeight(webview).fill('4');
  await expect(shape(webview, 'max')).toHaveText('[1, 3, 10, 15]');
  // Not the file of the test before: VS Code may still hold what was typed there.
  await shared.explorerRow('net.py').click();
  await shared.runCommand('View: Split Editor Right');
  await shared.contextMenu(codeLine(shared, 'self.pool = nn.MaxPool2d').last(), 'Preview Pooling at Cursor');
  await expect(shape(webview, 'max')).toHaveText('[1, 3, 19, 29]');
  await button(line(webview), 'Put Back').click();
  await expect(shape(webview, 'max')).toHaveText('[1, 3, 10, 15]');
  await expect(button(line(webview), 'Put Back')).toHaveCount(0);
});

test('in a notebook: in the status bar of the cell', async ({ shared }) => {
  await opened(shared, 'noise.png');
  await shared.closeEditors();
  await shared.explorerRow('model.ipynb').dblclick();
  await shared.page.locator('.cell-status-item').filter({ hasText: 'Preview pooling · 4×4' }).click();
  const webview = shared.webview();
  await expect(shape(webview, 'average')).toHaveText('[1, 3, 10, 15]');
  await expect(line(webview)).toContainText('From model.ipynb, cell 2:1 nn.AvgPool2d');
});
