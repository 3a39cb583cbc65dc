import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { FrameLocator } from '@playwright/test';
import type axe from 'axe-core';
import { expect, test } from './fixtures';
import { canvas, kernelHeight, opened, shape } from './preview';

const axeSource = readFileSync(createRequire(__filename).resolve('axe-core/axe.min.js'), 'utf8');

/** Where the focus is in the page, as its accessible name says or, of canvases, their kind. */
const focused = (webview: FrameLocator) =>
  webview.locator('body').evaluate(() => {
    const element = document.activeElement as HTMLElement | null;
    const label = element?.closest('label')?.textContent;
    return element?.dataset['kind'] ?? element?.getAttribute('aria-label') ?? label ?? element?.tagName ?? '';
  });

test('everything by keyboard alone: open, turn a knob, pin, walk, release, zoom', async ({ shared }) => {
  const { keyboard } = shared.page;
  // A picture in front, opened from quick open: the command takes it.
  await shared.typeInto('Control+P', 'text.png');
  await keyboard.press('Enter');
  await expect(shared.tab(/^text\.png/)).toBeVisible();
  await shared.typeInto('F1', 'Preview Pooling');
  await keyboard.press('Enter');
  const webview = shared.webview();
  await expect(shape(webview, 'max')).toBeVisible({ timeout: 20_000 });

  // Tab walks into the page, past each control, to the canvases.
  const seen: string[] = [];
  for (let i = 0; i < 60 && !seen.includes('average'); i++) {
    await keyboard.press('Tab');
    const name = await focused(webview);
    if (name !== seen.at(-1)) seen.push(name);
    if (name === 'Kernel height' && !seen.includes('turned')) {
      await keyboard.press('ArrowUp');
      seen.push('turned', name);
      await expect(kernelHeight(webview)).toHaveValue('3');
    }
  }
  for (const name of [
    'Preset',
    'Kernel height',
    'Kernel width',
    'Stride height',
    'What is shown',
    'input',
    'max',
    'average',
  ]) {
    expect(seen, 'what Tab reaches').toContain(name);
  }
  await expect(shape(webview, 'max')).toContainText('MaxPool2d(3)');

  const title = webview.locator('.inspector h3').first();
  await keyboard.press('Enter');
  await expect(title).toContainText('Window of output');
  const at = async () =>
    /\((\d+), (\d+)\)/
      .exec((await title.textContent()) ?? '')!
      .slice(1)
      .map(Number);
  const [x, y] = (await at()) as [number, number];
  for (const [key, to] of [
    ['ArrowRight', [x + 1, y]],
    ['ArrowDown', [x + 1, y + 1]],
    ['ArrowLeft', [x, y + 1]],
    ['ArrowUp', [x, y]],
  ] as const) {
    await keyboard.press(key);
    await expect.poll(at).toEqual(to);
  }
  await expect(webview.locator('.inspector [role=status]')).toContainText(`Output x ${x}, y ${y}: `);
  await keyboard.press('Escape');
  await expect(webview.getByRole('button', { name: /Release/ })).toHaveCount(0);
  expect(await focused(webview)).toBe('average');

  const zoom = webview.locator('.zoom output');
  await keyboard.press('1');
  await expect(zoom).toHaveText('100%');
  await keyboard.press('+');
  await expect(zoom).toHaveText('125%');
  await keyboard.press('-');
  await expect(zoom).toHaveText('100%');
  await keyboard.press('0');
  await expect(webview.getByRole('button', { name: 'Whole picture' })).toHaveAttribute('aria-pressed', 'true');
});

test('the focus shows on every control', async ({ shared }) => {
  const webview = await opened(shared, 'text.png');
  const body = webview.locator('body');
  // Of radio buttons Tab reaches the chosen one.
  const unseen = () =>
    body.evaluate(body =>
      [...body.querySelectorAll<HTMLElement>('button, input, select, a[href], [tabindex="0"]')]
        .filter(element => element.checkVisibility() && !element.matches(':disabled, [type=radio]:not(:checked)'))
        .filter(element => !('seen' in element.dataset))
        .map(element => element.outerHTML.slice(0, 120)),
    );
  expect((await unseen()).length, 'controls on the page').toBeGreaterThan(20);
  const invisible: string[] = [];
  await body.press('Tab');
  for (let i = 0; i < 60; i++) {
    const unmarked = await body.evaluate(body => {
      const element = document.activeElement as HTMLElement;
      element.dataset['seen'] = '';
      // Radio buttons are drawn by their label.
      const drawn = element.matches('.segments input') ? element.closest('label')! : element;
      const { outlineStyle, outlineWidth } = getComputedStyle(drawn);
      const shows = outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 1;
      return element === body || shows ? undefined : element.outerHTML.slice(0, 120);
    });
    if (unmarked) invisible.push(unmarked);
    if ((await unseen()).length === 0) break;
    await shared.page.keyboard.press('Tab');
  }
  expect(await unseen(), 'what Tab does not reach').toEqual([]);
  expect(invisible).toEqual([]);
});

test('axe finds nothing wrong with the page, whatever it shows', async ({ shared }) => {
  const webview = await opened(shared, 'mountain.jpg');
  const violations = async () => {
    const frame = (await (await webview.locator('body').elementHandle())!.ownerFrame())!;
    await frame.evaluate(axeSource);
    const results = await frame.evaluate(async () => {
      const { axe } = globalThis as unknown as { axe: typeof import('axe-core') };
      return (await axe.run({ resultTypes: ['violations'] })) as axe.AxeResults;
    });
    return results.violations.map(
      ({ id, impact, nodes }) => `${impact} ${id}: ${nodes.map(({ html }) => html.slice(0, 150)).join(' | ')}`,
    );
  };
  expect(await violations(), 'first view').toEqual([]);
  await webview.getByLabel('Preset').selectOption('resnet');
  await canvas(webview, 'max').click();
  await webview.getByRole('button', { name: 'Show where' }).first().click();
  await webview.getByRole('button', { name: 'What is shown' }).click();
  await webview.getByLabel('Histograms').check();
  expect(await violations(), 'everything unfolded').toEqual([]);
  await shared.page.keyboard.press('Escape');
  await webview.getByRole('radio', { name: 'ONNX' }).check({ force: true });
  await webview.getByLabel('Padding top').fill('77');
  await expect(webview.getByRole('alert')).toBeVisible();
  expect(await violations(), 'ONNX, refused').toEqual([]);
});
