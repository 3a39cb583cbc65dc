import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { FrameLocator } from '@playwright/test';
import type axe from 'axe-core';
import { expect, test } from './fixtures';
import {
  call,
  canvas,
  exportAs,
  kernelHeight,
  noise,
  opened,
  placeIn,
  png,
  release,
  shape,
  windowTitle,
} from './preview';

const axeSource = readFileSync(createRequire(__filename).resolve('axe-core/axe.min.js'), 'utf8');

/** Where the focus is in the page, as its accessible name says or, of canvases, their kind. */
const focused = (webview: FrameLocator) =>
  webview.locator('body').evaluate(() => {
    const element = document.activeElement as HTMLElement | null;
    const label = element?.closest('label')?.textContent ?? element?.textContent;
    const name = element?.dataset['kind'] ?? element?.getAttribute('aria-label') ?? label ?? '';
    return name.trim() || (element?.tagName ?? '');
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

  // The first picture has the focus from the start; Tab goes on to the next ones, Shift+Tab back to the knobs.
  await expect.poll(() => focused(webview)).toBe('input');
  const before: string[] = [];
  for (let i = 0; i < 20 && !before.includes('Zoom out'); i++) {
    await keyboard.press('Shift+Tab');
    before.push(await focused(webview));
  }
  for (const name of ['Kernel height', 'Kernel width', 'Stride height', 'Preset', 'Zoom out']) {
    expect(before, 'what Shift+Tab reaches').toContain(name);
  }
  await kernelHeight(webview).focus();
  await keyboard.press('ArrowUp');
  await expect(kernelHeight(webview)).toHaveValue('3');
  await expect(call(webview, 'max')).toHaveText('MaxPool2d(3)');
  await canvas(webview, 'input').focus();
  for (const kind of ['max', 'average']) {
    await keyboard.press('Tab');
    expect(await focused(webview)).toBe(kind);
  }

  const title = windowTitle(webview);
  await keyboard.press('Enter');
  await expect(title).toContainText('Window of output');
  const at = async () => placeIn(await title.textContent());
  const [row, column] = await at();
  // The picture that has the focus does not cover its own marks.
  const onTop = await canvas(webview, 'average').evaluate(element => {
    const level = (each: Element) => Number(getComputedStyle(each).zIndex) || 0;
    return level(element.nextElementSibling!) > level(element);
  });
  expect(onTop).toBe(true);
  for (const [key, to] of [
    ['ArrowRight', [row, column + 1]],
    ['ArrowDown', [row + 1, column + 1]],
    ['ArrowLeft', [row + 1, column]],
    ['ArrowUp', [row, column]],
  ] as const) {
    await keyboard.press(key);
    await expect.poll(at).toEqual(to);
  }
  await expect(webview.locator('.inspector [role=status]')).toContainText(`Output, row ${row}, column ${column}, Max `);
  await keyboard.press('Escape');
  await expect(release(webview)).toBeDisabled();
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

test('a toolbar is one stop: arrow keys move in it, and Tab comes back to the control that was left', async ({
  shared,
}) => {
  const webview = await opened(shared, 'text.png');
  const { keyboard } = shared.page;
  await webview.getByRole('button', { name: 'Zoom in' }).focus();
  const names: string[] = [];
  for (let i = 0; i < 4; i++) {
    await keyboard.press('ArrowRight');
    names.push(await focused(webview));
  }
  expect(names).toEqual(['Fit: Whole picture', '1:1: One screen pixel for each input pixel', 'Show', 'Export']);
  await keyboard.press('ArrowRight');
  expect(await focused(webview), 'round the end').toBe('Zoom out');
  await keyboard.press('End');
  await keyboard.press('Tab');
  await keyboard.press('Shift+Tab');
  expect(await focused(webview)).toBe('Export');

  // The menu has the focus while it is open, and gives it back.
  await keyboard.press('Enter');
  await expect.poll(() => focused(webview)).toBe('Copy as Code…');
  await keyboard.press('ArrowDown');
  expect(await focused(webview)).toBe('Copy Picture');
  await keyboard.press('Escape');
  expect(await focused(webview)).toBe('Export');
});

test('the focus is back after a list of VS Code, and after an export', async ({ shared }) => {
  const webview = await opened(shared, 'text.png');
  const { keyboard } = shared.page;
  const hasFocus = () => webview.locator('body').evaluate(() => document.hasFocus());
  await canvas(webview, 'max').focus();
  await keyboard.press('F1');
  await expect(shared.quickPickInput).toBeFocused();
  await keyboard.press('Escape');
  await expect.poll(hasFocus).toBe(true);
  expect(await focused(webview)).toBe('max');

  await exportAs(webview, 'Copy as Code…');
  await shared.quickPick('PyTorch');
  await expect.poll(hasFocus).toBe(true);
  expect(await focused(webview)).toBe('Export');
});

test('a menu closes when the focus leaves it, and Escape acts wherever the focus is', async ({ shared }) => {
  const webview = await opened(shared, 'text.png');
  const { keyboard } = shared.page;
  await canvas(webview, 'max').press('Enter');
  await expect(release(webview)).toBeEnabled();
  await webview.getByRole('button', { name: 'Export', exact: true }).click();
  await expect(webview.locator('#export-menu')).toBeVisible();
  await keyboard.press('Tab');
  await expect(webview.locator('#export-menu')).toBeHidden();
  await expect(release(webview)).toBeEnabled();
  // A click on text leaves the focus on nothing.
  await webview.locator('.facts li').first().click();
  await keyboard.press('Escape');
  await expect(release(webview)).toBeDisabled();
});

test('a button that has nothing left to do keeps the focus, and a failure gets it', async ({ shared }) => {
  await shared.addFile('going.png', png(noise(40, 30, 3)));
  const webview = await opened(shared, 'going.png');
  const { keyboard } = shared.page;
  await canvas(webview, 'average').press('Enter');
  await release(webview).focus();
  await keyboard.press('Enter');
  await expect(release(webview)).toBeDisabled();
  expect(await focused(webview)).toBe('Release (Esc)');
  await kernelHeight(webview).fill('3');
  await webview.getByRole('button', { name: 'Reset' }).focus();
  await keyboard.press('Enter');
  await expect(kernelHeight(webview)).toHaveValue('2');
  expect(await focused(webview)).toBe('Reset');

  await canvas(webview, 'max').focus();
  rmSync(join(shared.folder, 'going.png'));
  await expect(webview.getByRole('alert')).toContainText('was deleted');
  expect(await focused(webview)).toBe('Try Again');
  writeFileSync(join(shared.folder, 'going.png'), png(noise(40, 30, 3)));
  await expect(shape(webview, 'max')).toBeVisible();
  await expect.poll(() => focused(webview)).toBe('max');
});

test('the focus shows on every control', async ({ shared }) => {
  const webview = await opened(shared, 'text.png');
  const body = webview.locator('body');
  // Of radio buttons Tab reaches the chosen one, of a toolbar one control.
  const unseen = () =>
    body.evaluate(body =>
      [...body.querySelectorAll<HTMLElement>('button, input, select, a[href], [tabindex="0"]')]
        .filter(element => element.checkVisibility() && element.tabIndex === 0)
        .filter(element => !element.matches(':disabled, [type=radio]:not(:checked)'))
        .filter(element => !('seen' in element.dataset))
        .map(element => element.outerHTML.slice(0, 120)),
    );
  expect((await unseen()).length, 'controls on the page').toBeGreaterThan(15);
  const invisible: string[] = [];
  for (let i = 0; i < 60; i++) {
    await shared.page.keyboard.press('Shift+Tab');
    const unmarked = await body.evaluate(body => {
      const element = document.activeElement as HTMLElement;
      element.dataset['seen'] = '';
      // Radio buttons are drawn by their label, the splitter by its middle.
      const drawn = element.matches('.segments input') ? element.closest('label')! : element;
      const { outlineStyle, outlineWidth } = getComputedStyle(drawn);
      const shows = outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 2;
      return element === body || shows ? undefined : element.outerHTML.slice(0, 120);
    });
    if (unmarked) invisible.push(unmarked);
    if ((await unseen()).length === 0) break;
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
  await webview.getByRole('button', { name: 'Show', exact: true }).click();
  await webview.getByLabel('Histograms').check();
  expect(await violations(), 'everything unfolded').toEqual([]);
  for (const title of ['Lᵖ', 'Adaptive average', 'Global max', 'Max then blur']) {
    await webview.getByLabel(title, { exact: true }).check();
  }
  await shared.page.keyboard.press('Escape');
  await canvas(webview, 'maxBlur').press('Enter');
  await expect(webview.locator('table.maxima')).toBeAttached();
  expect(await violations(), 'other poolings').toEqual([]);
  await webview.getByLabel('Output size height').fill('0');
  await webview.getByRole('button', { name: 'Show', exact: true }).click();
  await webview.getByLabel('Max', { exact: true }).uncheck();
  expect(await violations(), 'an empty output, and choices that are impossible for now').toEqual([]);
  await webview.getByLabel('Max', { exact: true }).check();
  await shared.page.keyboard.press('Escape');
  await webview.getByRole('radio', { name: 'ONNX' }).check({ force: true });
  await webview.getByLabel('Padding top').fill('77');
  await expect(webview.getByRole('alert')).toBeVisible();
  expect(await violations(), 'ONNX, refused').toEqual([]);
  await webview.getByRole('tab', { name: 'Layers' }).click();
  await webview.getByRole('radio', { name: 'PyTorch' }).check({ force: true });
  await canvas(webview, 'stage5').press('Enter');
  await expect(webview.locator('tr.pointed')).toBeVisible();
  expect(await violations(), 'layers').toEqual([]);
  await webview.getByRole('button', { name: 'More of layer 2: settings and formulas' }).click();
  await webview.getByLabel('Padding of layer 3').fill('9');
  await expect(webview.locator('.words .refused')).toBeVisible();
  expect(await violations(), 'an illegal layer').toEqual([]);
  await webview.locator('select[name=stack]').selectOption('mobilenet network');
  await expect(webview.locator('tr[data-layer="28"]')).toBeAttached();
  expect(await violations(), 'a network').toEqual([]);

  await webview.getByRole('tab', { name: 'Noise' }).click();
  await webview.getByRole('button', { name: 'Reset' }).click();
  await webview.getByRole('checkbox', { name: 'Min' }).check();
  await canvas(webview, 'max').press('Enter');
  await expect(webview.locator('.inspector [data-before]').first()).toBeAttached();
  expect(await violations(), 'noise, a pixel').toEqual([]);
  await shared.page.keyboard.press('Escape');
  await webview.getByRole('tab', { name: 'Shift' }).click();
  await expect(webview.locator('[data-sentence=period]')).toContainText('stride');
  expect(await violations(), 'shift').toEqual([]);
});
