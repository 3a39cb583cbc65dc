/** How the page behaves under the pointer and at any size. */
import type { FrameLocator } from '@playwright/test';
import { expect, test } from './fixtures';
import {
  call,
  canvas,
  expectNoOverflow,
  kernelHeight,
  noise,
  opened,
  pane,
  png,
  release,
  shape,
  windowTitle,
} from './preview';

const zoom = (webview: FrameLocator) => webview.locator('.zoom output');
const dock = (webview: FrameLocator) => webview.locator('.dock');
const heightOf = async (webview: FrameLocator) => (await dock(webview).boundingBox())!.height;

test('a notch of the wheel over a picture zooms by 1.2, with Ctrl as well, and in the dock it scrolls', async ({
  shared,
}) => {
  const webview = await opened(shared);
  const { mouse, keyboard } = shared.page;
  await webview.getByRole('button', { name: '1:1' }).click();
  await canvas(webview, 'max').hover();
  await mouse.wheel(0, -100);
  await expect(zoom(webview)).toHaveText('120%');
  await mouse.wheel(0, 100);
  await expect(zoom(webview)).toHaveText('100%');
  await keyboard.down('Control');
  await mouse.wheel(0, -100);
  await keyboard.up('Control');
  await expect(zoom(webview)).toHaveText('120%');

  const splitter = webview.locator('.splitter');
  await splitter.focus();
  await keyboard.press('End');
  await dock(webview).hover();
  await mouse.wheel(0, 100);
  await expect.poll(() => dock(webview).evaluate(element => element.scrollTop)).toBeGreaterThan(0);
  await expect(zoom(webview)).toHaveText('120%');
  // The next preview would have the same height.
  await splitter.press('Enter');
});

test('the splitter shares the height by keyboard and pointer, and is remembered', async ({ shared }) => {
  const webview = await opened(shared);
  const { keyboard, mouse } = shared.page;
  const splitter = webview.locator('.splitter');
  await splitter.press('Enter');
  const usual = await heightOf(webview);
  await keyboard.press('ArrowUp');
  await expect.poll(() => heightOf(webview)).toBe(usual + 24);
  await expect(splitter).toHaveAttribute('aria-valuenow', String(usual + 24));
  const { x, y } = (await splitter.boundingBox())!;
  await mouse.move(x + 100, y);
  await mouse.down();
  await mouse.move(x + 100, y + 80, { steps: 4 });
  await mouse.up();
  await expect.poll(() => heightOf(webview)).toBeLessThan(usual);
  const chosen = await heightOf(webview);

  await shared.explorerRow('text.png').dblclick();
  await shared.tab(/mountain\.jpg/).click();
  await expect(shape(shared.webview(), 'max')).toBeVisible();
  await expect.poll(() => heightOf(shared.webview())).toBe(chosen);
  await shared.webview().locator('.splitter').dblclick();
  await expect.poll(() => heightOf(shared.webview())).toBe(usual);
});

test('neither the dock nor the walk controls move with what is pointed at', async ({ shared }) => {
  const webview = await opened(shared);
  const places = async () => ({
    dock: await dock(webview).boundingBox(),
    play: await webview.getByRole('button', { name: 'Walk the window over the picture' }).boundingBox(),
    canvas: await canvas(webview, 'average').boundingBox(),
  });
  const before = await places();
  await canvas(webview, 'max').hover();
  await expect(windowTitle(webview)).toContainText('Window of output');
  expect(await places()).toEqual(before);
  await canvas(webview, 'max').click();
  await expect(release(webview)).toBeEnabled();
  expect(await places()).toEqual(before);
  // Nor do the pictures with the settings.
  await webview.getByLabel('Preset').selectOption('resnet');
  await expect(call(webview, 'max')).toHaveText('MaxPool2d(3, stride=2, padding=1)');
  expect((await places()).canvas).toEqual(before.canvas);
  await webview.getByLabel('Padding', { exact: true }).fill('9');
  await expect(webview.getByRole('alert')).toBeVisible();
  expect((await places()).canvas).toEqual(before.canvas);
});

test('the arithmetic stands under the picture that it belongs to', async ({ shared }) => {
  const webview = await opened(shared);
  await kernelHeight(webview).fill('3');
  await canvas(webview, 'max').click();
  for (const kind of ['input', 'max', 'average'] as const) {
    const above = (await canvas(webview, kind).boundingBox())!;
    const part = webview.locator(`.inspector [data-part=${kind}]`);
    const heading = (await part.locator('h3').boundingBox())!;
    const box = (await part.boundingBox())!;
    expect(Math.abs(heading.x - above.x), kind).toBeLessThanOrEqual(1);
    expect(box.x + box.width, kind).toBeLessThanOrEqual(above.x + above.width + 13);
  }
});

test('Escape takes away all that pointing has shown', async ({ shared }) => {
  const webview = await opened(shared);
  await canvas(webview, 'max').click();
  await expect(windowTitle(webview)).toBeVisible();
  await shared.page.keyboard.press('Escape');
  await expect(windowTitle(webview)).toHaveCount(0);
  await expect(pane(webview, 'max').locator('.probe')).toHaveText('');
  await expect(release(webview)).toBeDisabled();
});

test('only the field at fault is marked, and the pictures say which setting they show', async ({ shared }) => {
  const webview = await opened(shared);
  const marked = () =>
    webview.locator('[aria-invalid=true]').evaluateAll(fields =>
      fields.map(field => [
        field.getAttribute('aria-label'),
        document
          .getElementById(field.getAttribute('aria-describedby') ?? '')
          ?.textContent?.trim()
          .slice(0, 13),
      ]),
    );
  await webview.getByLabel('Padding', { exact: true }).fill('2');
  await expect.poll(marked).toEqual([['Padding', 'pad should be']]);
  await expect(pane(webview, 'max').locator('.remark')).toHaveText('last valid: 2×2');
  await expect(pane(webview, 'average').locator('.view')).toHaveCSS('opacity', '0.45');
  await webview.getByLabel('Padding', { exact: true }).fill('0');
  await expect.poll(marked).toEqual([]);
  await expect(pane(webview, 'max').locator('.remark')).toHaveCount(0);
  await kernelHeight(webview).fill('0');
  await expect(webview.getByRole('alert')).toContainText('stride should not be zero');
  await expect(webview.getByRole('alert')).toContainText('The stride follows the kernel.');
});

test('a picture of one pixel offers a kernel of 1', async ({ shared }) => {
  await shared.addFile('dot.png', png(noise(1, 1, 3)));
  await shared.previewPooling('dot.png');
  const webview = shared.webview();
  await webview.getByRole('button', { name: 'Use a kernel of 1×1' }).click();
  await expect(webview.getByRole('alert')).toHaveCount(0);
  await expect(shape(webview, 'average')).toHaveText('[1, 3, 1, 1]');
});

test('with a dilation each pooling shows its own window, and the marks follow the pointer', async ({ shared }) => {
  await shared.addFile('noise.png', png(noise(40, 30, 3)));
  const webview = await opened(shared, 'noise.png');
  await webview.getByLabel('Preset').selectOption('resnet');
  await webview.getByLabel('Dilation').fill('2');
  await expect(shape(webview, 'max')).toHaveText('[1, 3, 14, 19]');
  await expect(shape(webview, 'average')).toHaveText('[1, 3, 15, 20]');
  const columns = (part: string) => webview.locator(`.inspector [data-part=${part}] thead th`).allTextContents();
  const steps = async (part: string) => {
    const at = (await columns(part)).map(Number);
    return at.slice(1).map((column, i) => column - at[i]!);
  };
  await canvas(webview, 'max').press('Enter');
  await expect(windowTitle(webview)).toContainText('Max: window of output');
  expect(await steps('input')).toEqual([2, 2]);
  expect(await steps('average')).toEqual([1, 1]);
  await shared.page.keyboard.press('Escape');
  await canvas(webview, 'average').press('Enter');
  await expect(windowTitle(webview)).toContainText('Average: window of output');
  expect(await steps('input')).toEqual([1, 1]);
  expect(await steps('max')).toEqual([2, 2]);
});

test('three pictures side by side at any width, and knobs on one line below 760', async ({ shared }) => {
  const webview = await opened(shared);
  await shared.page.keyboard.press('Control+B');
  const width = () => webview.locator('body').evaluate(body => body.clientWidth);
  const frame = 1360 - (await width());
  for (const wanted of [420, 759, 1000, 1360, 1900]) {
    await shared.page.setViewportSize({ width: wanted + frame, height: 860 });
    await expect.poll(width).toBe(wanted);
    const tops = async () => {
      const boxes = await Promise.all(
        (['input', 'max', 'average'] as const).map(kind => canvas(webview, kind).boundingBox()),
      );
      return new Set(boxes.map(box => box!.y)).size;
    };
    await expect.poll(tops, { message: `${wanted}` }).toBe(1);
    // As wide as the host reckons with that sends the next page's tiles before it asks.
    const spare = () =>
      pane(webview, 'max').evaluate(
        max => Math.floor(max.closest('.stage')!.clientWidth / 3) - max.getBoundingClientRect().width,
      );
    expect(await spare(), `${wanted}`).toBe(0);
    await expectNoOverflow(webview);
    const isFolded = wanted < 760;
    await expect(webview.getByLabel('Preset'), `${wanted}`).toBeVisible({ visible: !isFolded });
    if (isFolded) expect((await webview.locator('.knobs').boundingBox())!.height, `${wanted}`).toBeLessThan(45);
  }
  await shared.page.setViewportSize({ width: 420 + frame, height: 860 });
  await webview.getByRole('button', { name: 'More' }).click();
  await expect(webview.getByLabel('Preset')).toBeVisible();
  await expect(webview.getByLabel('count_include_pad')).toBeVisible();
  await expectNoOverflow(webview);
  await webview.getByRole('button', { name: 'Less' }).click();
  await shared.page.setViewportSize({ width: 1360, height: 860 });
  await shared.page.keyboard.press('Control+B');
});

test('the pin stays in sight, and a walk begins at what is visible', async ({ shared }) => {
  const webview = await opened(shared);
  const { keyboard } = shared.page;
  await canvas(webview, 'max').focus();
  for (let i = 0; i < 12; i++) await keyboard.press('+');
  // From the middle of the picture, where no pixel of the first row is in sight.
  await webview.getByRole('button', { name: 'One step', exact: true }).click();
  await expect(windowTitle(webview)).not.toContainText('row 0,');
  const before = await zoom(webview).textContent();
  const inSight = () =>
    webview.locator('[data-pane=max] canvas.overlay').evaluate(element => {
      const overlay = element as HTMLCanvasElement;
      const { data } = overlay.getContext('2d')!.getImageData(0, 0, overlay.width, overlay.height);
      const mark = getComputedStyle(overlay).getPropertyValue('--mark').trim();
      const probe = new OffscreenCanvas(1, 1).getContext('2d')!;
      probe.fillStyle = mark;
      probe.fillRect(0, 0, 1, 1);
      const [r, g, b] = probe.getImageData(0, 0, 1, 1).data;
      for (let i = 0; i < data.length; i += 4) if (data[i] === r && data[i + 1] === g && data[i + 2] === b) return true;
      return false;
    });
  await expect.poll(inSight).toBe(true);
  await canvas(webview, 'max').focus();
  for (let i = 0; i < 60; i++) await keyboard.press('ArrowRight');
  await expect.poll(inSight).toBe(true);
  await expect(zoom(webview)).toHaveText(before!);
});

test('averages on large pixels have their decimals, also where the page has no pixels of its own', async ({
  shared,
}) => {
  const picture = noise(2000, 1100, 3);
  await shared.addFile('large.png', png(picture));
  const webview = await opened(shared, 'large.png');
  const asked = await webview.locator('body').evaluateHandle(() => {
    const calls: unknown[] = [];
    window.addEventListener('message', ({ data }) => {
      if (data?.outcome?.ok?.data instanceof Float32Array) calls.push(Array.from(data.outcome.ok.data.slice(0, 3)));
    });
    return calls;
  });
  await canvas(webview, 'average').focus();
  for (let i = 0; i < 30; i++) await shared.page.keyboard.press('+');
  await expect.poll(() => asked.evaluate(calls => calls.flat().some(value => Number(value) % 1 !== 0))).toBe(true);
});

test('a table wider than its column scrolls there, and lies over nothing', async ({ shared }) => {
  const webview = await opened(shared);
  for (const kernel of ['8', '15', '31']) {
    await kernelHeight(webview).fill(kernel);
    await expect(call(webview, 'max')).toHaveText(`MaxPool2d(${kernel})`);
    await canvas(webview, 'max').click();
    if (kernel !== '8') await webview.getByLabel('Numbers', { exact: true }).check();
    const frame = (await webview.locator('.window-frame').boundingBox())!;
    const next = (await webview.locator('.inspector [data-part=max]').boundingBox())!;
    expect(frame.x + frame.width, kernel).toBeLessThanOrEqual(next.x);
    await expectNoOverflow(webview);
  }
});

test('typing is never interrupted: not by a shared field, nor by a zero after the point', async ({ shared }) => {
  const webview = await opened(shared);
  const { keyboard } = shared.page;
  const link = webview.getByRole('button', { name: 'Change height and width together' });
  await link.click();
  await webview.getByLabel('Dilation width').fill('3');
  await link.click();
  const dilation = webview.getByLabel('Dilation', { exact: true });
  await dilation.focus();
  await keyboard.press('End');
  await keyboard.press('Backspace');
  await keyboard.type('11');
  await expect(dilation).toHaveValue('11');
  await expect(dilation).toBeFocused();
  await kernelHeight(webview).focus();
  await keyboard.press('End');
  await keyboard.type('.05');
  await expect(kernelHeight(webview)).toHaveValue('2.05');
});

test('a swipe to the side is no zoom', async ({ shared }) => {
  const webview = await opened(shared);
  await canvas(webview, 'max').hover();
  await shared.page.mouse.wheel(80, 0);
  await shared.page.mouse.wheel(0, -100);
  await expect(zoom(webview)).not.toHaveText('');
  await shared.page.keyboard.press('0');
  await shared.page.mouse.wheel(80, 0);
  await expect(webview.getByRole('button', { name: 'Whole picture' })).toHaveAttribute('aria-pressed', 'true');
});
