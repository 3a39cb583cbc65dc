import { avgPool2d, maxPool2d } from '../../src/core/pool';
import { toBytes, toTensor } from '../../src/core/tensor';
import { expect, test } from './fixtures';
import {
  asRgb,
  call,
  canvas,
  expectNoOverflow,
  jpegOf,
  kernelHeight,
  noise,
  opened,
  pane,
  pixelsOf,
  png,
  shape,
  square,
} from './preview';

test('odd pictures: one pixel, very long, very tall, 16 bits, alpha, grey with alpha', async ({ shared }) => {
  const deep = new Uint16Array(noise(40, 30, 3).data.length).map((_, i) => (i * 7919) & 0xffff);
  const cases: readonly (readonly [string, Uint8Array, string])[] = [
    ['odd-1x1.png', png(noise(1, 1, 3)), '(1, 1, 3)'],
    ['odd-long.png', png(noise(5000, 1, 3)), '(1, 5000, 3)'],
    ['odd-tall.png', png(noise(1, 5000, 3)), '(5000, 1, 3)'],
    ['odd-16bit.png', png({ width: 40, height: 30, channels: 3, data: deep }), '(30, 40, 3)'],
    ['odd-alpha.png', png(noise(40, 30, 4)), '(30, 40, 3)'],
    ['odd-grey-alpha.png', png(noise(40, 30, 2)), '(30, 40)'],
    ['odd-turned.jpg', turned(jpegOf(noise(40, 30, 3))), '(40, 30, 3)'],
  ];
  await shared.addFiles(Object.fromEntries(cases));
  for (const [name, , imread] of cases) {
    await shared.previewPooling(name);
    const webview = shared.webview();
    await expect(call(webview, 'input'), name).toHaveText(imread);
    if (name === 'odd-1x1.png' || name.includes('long') || name.includes('tall')) {
      // Nothing to pool, but the picture is there.
      await expect(webview.getByRole('alert'), name).toContainText('Output size is too small');
      await expect(webview.locator('.pane')).toHaveCount(1);
      await expect(pane(webview, 'max')).toHaveCount(0);
      await kernelHeight(webview).fill('1');
      await expect(webview.getByRole('alert'), name).toHaveCount(0);
    }
    await expect(canvas(webview, 'average'), name).toBeVisible();
    // Above the picture and in VS Code's status bar stands one zoom.
    const zoom = (await webview.locator('.zoom output').textContent())!.replace(' ', '');
    await expect(shared.page.locator('.statusbar').getByText(zoom, { exact: true }), name).toBeVisible();
    await expectNoOverflow(webview);
  }
});

/** A JPEG with an EXIF segment that says orientation 6: turned by 90°. */
function turned(jpeg: Uint8Array): Uint8Array {
  const tiff = [0x4d, 0x4d, 0, 42, 0, 0, 0, 8, 0, 1, 1, 0x12, 0, 3, 0, 0, 0, 1, 0, 6, 0, 0, 0, 0, 0, 0];
  const body = [...Buffer.from('Exif\0\0'), ...tiff];
  return Uint8Array.from([0xff, 0xd8, 0xff, 0xe1, 0, body.length + 2, ...body, ...jpeg.subarray(2)]);
}

test("'same' with a kernel of 2 on 3 × 3", async ({ shared }) => {
  const picture = noise(3, 3, 3);
  await shared.addFile('three.png', png(picture));
  const webview = await opened(shared, 'three.png');
  await webview.getByLabel('same').check();
  await expect(call(webview, 'max')).toHaveText('F.pad(0, 1, 0, 1) → MaxPool2d(2)');
  await expect(shape(webview, 'max')).toHaveText('[1, 3, 2, 2]');
  const options = { ...square(2), padding: 'same', countIncludePad: false } as const;
  const cells = { columns: 2, rows: 2, origin: 0, step: 2 };
  // The last window hangs over; the middle of its cell still lies on the picture.
  const { output: max } = maxPool2d(toTensor(picture), options);
  const { output: average } = avgPool2d(toTensor(picture), options);
  await expect.poll(() => pixelsOf(canvas(webview, 'max'), picture, cells)).toEqual(asRgb(toBytes(max), 3));
  await expect.poll(() => pixelsOf(canvas(webview, 'average'), picture, cells)).toEqual(asRgb(toBytes(average), 3));
});

test('extreme knobs are refused in words, in every framework, and a legal one ends it', async ({ shared }) => {
  const picture = noise(40, 30, 3);
  await shared.addFile('noise.png', png(picture));
  const webview = await opened(shared, 'noise.png');
  const values = ['1000000000', '-3', '', '2.5', '1e300', '0', '50'];
  const fields = () => webview.locator('.knobs input[type=number]:enabled').all();
  for (const framework of ['PyTorch', 'Keras', 'ONNX']) {
    await webview.getByRole('radio', { name: framework }).check({ force: true });
    for (const field of await fields()) {
      const name = `${framework} ${await field.getAttribute('aria-label')}`;
      const before = await field.inputValue();
      for (const [value, text] of await field.evaluate(turnThrough, values)) {
        // Whatever it says, it says something or pools, and says it in words.
        expect(text, `${name} = ${value || 'empty'}`).not.toMatch(/undefined|NaN|Infinity|\[object/);
      }
      await expectNoOverflow(webview);
      await field.fill(before);
      await expect(webview.getByRole('alert'), name).toHaveCount(0);
    }
  }
  await webview.getByRole('radio', { name: 'PyTorch' }).check({ force: true });
  await kernelHeight(webview).fill('2');
  await webview
    .getByLabel('Stride follows the kernel size')
    .or(webview.getByRole('button', { name: '= kernel' }))
    .first()
    .click();
  await expect(call(webview, 'average')).toContainText('AvgPool2d');
});

/** In the page: puts values into a field as typing does, and tells what the page says to each once it has drawn. */
async function turnThrough(field: Element, values: readonly string[]): Promise<[value: string, text: string | null][]> {
  const input = field as HTMLInputElement;
  const drawn = () => new Promise(resolve => requestAnimationFrame(() => requestAnimationFrame(resolve)));
  const said: [string, string | null][] = [];
  for (const value of values) {
    input.value = value;
    input.dispatchEvent(new Event('input', { bubbles: true }));
    await drawn();
    said.push([value, document.querySelector('#app')!.textContent]);
  }
  return said;
}

test('zooming to the extremes and back shows the picture again', async ({ shared }) => {
  const webview = await opened(shared, 'mountain.jpg');
  const max = canvas(webview, 'max');
  const zoom = webview.locator('.zoom output');
  await max.focus();
  for (let i = 0; i < 40; i++) await shared.page.keyboard.press('+');
  await expect(zoom).toHaveText('9600%');
  for (let i = 0; i < 80; i++) await shared.page.keyboard.press('-');
  await expect(zoom).not.toHaveText('9600%');
  // Panned far beyond the edge, the picture is still there.
  await shared.page.keyboard.press('1');
  for (let i = 0; i < 60; i++) await shared.page.keyboard.press('ArrowRight');
  const opaque = () =>
    max.evaluate(element => {
      const { width, height } = element as HTMLCanvasElement;
      const { data } = (element as HTMLCanvasElement).getContext('2d')!.getImageData(0, height >> 1, width, 1);
      return data.filter((_, i) => i % 4 === 3).some(alpha => alpha === 255);
    });
  await expect.poll(opaque).toBe(true);
  await expect(pane(webview, 'max').locator('.probe')).toBeVisible();
  await shared.page.keyboard.press('0');
});
