/** What a preview's page shows, and what it has to show. */
import { readFileSync } from 'node:fs';
import type { FrameLocator, Locator } from '@playwright/test';
import * as jpeg from 'jpeg-js';
import type { PoolOptions } from '../../src/core/options';
import type { PaneKind } from '../../src/core/panes';
import { type Picture, type Tensor, toBytes, toTensor } from '../../src/core/tensor';
import { decodeImage } from '../../src/decode/decode';
import { writePng } from '../../src/platform/pngjs';
import { base } from '../options';
import { integers } from '../random';
import { expect } from './fixtures';
import type { VSCode } from './vscode';

export const pane = (webview: FrameLocator, kind: PaneKind) => webview.locator(`[data-pane="${kind}"]`);
export const shape = (webview: FrameLocator, kind: PaneKind) => pane(webview, kind).locator('.shape');
/** How a pane's picture comes about, as code. */
export const call = (webview: FrameLocator, kind: PaneKind) => pane(webview, kind).locator('.call');
/** What the inspector says above the window's values. */
export const windowTitle = (webview: FrameLocator) => webview.locator('.inspector [data-part=input] h3');
export const release = (webview: FrameLocator) => webview.getByRole('button', { name: /Release/ });
export const canvas = (webview: FrameLocator, kind: PaneKind) => pane(webview, kind).locator('canvas[data-kind]');
export const kernelHeight = (webview: FrameLocator) => webview.getByLabel('Kernel height');

/** PyTorch's options for a square window, padding counted. */
export function square(kernel: number, stride = kernel, pad = 0): PoolOptions {
  return {
    ...base,
    kernelSize: [kernel, kernel],
    stride: [stride, stride],
    padding: { top: pad, bottom: pad, left: pad, right: pad },
  };
}

/** Opens a file from the explorer and waits for its shapes. */
export async function opened(vscode: VSCode, name = 'mountain.jpg'): Promise<FrameLocator> {
  await vscode.previewPooling(name);
  const webview = vscode.webview();
  await expect(shape(webview, 'max')).toBeVisible({ timeout: 20_000 });
  return webview;
}

/** A file of the tests as the tensor that is pooled. */
export async function tensorOf(path: string): Promise<Tensor> {
  return toTensor(await decodeImage(new Uint8Array(readFileSync(path))));
}

/** Shows mountain.jpg at 1:1, and compares the middles of the canvases with tensors. */
export async function expectPixels(
  webview: FrameLocator,
  { input, ...outputs }: Readonly<Record<'input' | 'max' | 'average', Tensor>>,
): Promise<void> {
  await webview.getByRole('button', { name: 'One screen pixel for each input pixel' }).click();
  for (const [kind, output] of [['input', input] as const, ...Object.entries(outputs)]) {
    const stride = Math.round(input.shape[3] / output.shape[3]);
    // The workbench may still lay itself out: a change of the canvas' size moves what its middle shows.
    const differing = async () => {
      const { pixels, ...size } = await middleOf(canvas(webview, kind as PaneKind), 120);
      return expectedMiddle(size, output, stride, 120).filter((value, i) => value !== pixels[i]).length;
    };
    await expect.poll(differing, { message: `${kind} pane: values that differ` }).toBe(0);
  }
}

/** The canvas' size in device pixels, and the RGB bytes of its middle, `size × size` device pixels. */
async function middleOf(canvas: Locator, size: number) {
  return canvas.evaluate((element, size) => {
    const { width, height } = element as HTMLCanvasElement;
    const context = (element as HTMLCanvasElement).getContext('2d')!;
    const { data } = context.getImageData((width - size) >> 1, (height - size) >> 1, size, size);
    return { width, height, pixels: Array.from(data).filter((_, i) => i % 4 !== 3) };
  }, size);
}

/** What the middle of a pane has to show at 1:1: each output pixel covers one stride of screen pixels. */
function expectedMiddle(canvas: { width: number; height: number }, output: Tensor, stride: number, size: number) {
  const [, channels, , width] = output.shape;
  const bytes = toBytes(output);
  const left = Math.round(canvas.width / 2 - 512);
  const top = Math.round(canvas.height / 2 - 350);
  const pixels: number[] = [];
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      const column = Math.floor((((canvas.width - size) >> 1) + x + 0.5 - left) / stride);
      const row = Math.floor((((canvas.height - size) >> 1) + y + 0.5 - top) / stride);
      for (let c = 0; c < channels; c++) pixels.push(bytes[(row * width + column) * channels + c]!);
    }
  }
  return pixels;
}

/** Opens the menu of what is shown and ticks these. */
export async function show(webview: FrameLocator, ...titles: string[]): Promise<void> {
  await webview.getByRole('button', { name: 'Show', exact: true }).click();
  for (const title of titles) await webview.getByLabel(title, { exact: true }).check();
  await webview.locator('body').press('Escape');
  await expect(webview.locator('#show-menu')).toBeHidden();
}

/** Chooses an entry of the page's menu of exports. */
export async function exportAs(webview: FrameLocator, title: string): Promise<void> {
  await webview.getByRole('button', { name: 'Export', exact: true }).click();
  await webview.getByRole('menuitem', { name: title }).click();
}

/** Row and column in a text such as `row 100, column 376`. */
export function placeIn(text: string | null): readonly [row: number, column: number] {
  const [, row, column] = /row (\d+), column (\d+)/.exec(text ?? '')!;
  return [Number(row), Number(column)];
}

/** A picture of noise: every pixel another value, so that no mix-up of pixels goes unseen. */
export function noise(width: number, height: number, channels: 1 | 2 | 3 | 4, seed = 1): Picture<Uint8Array> {
  const below = integers(seed);
  const data = Uint8Array.from({ length: width * height * channels }, () => below(256));
  return { width, height, channels, data };
}

export const png = writePng;

export function jpegOf({ width, height, channels, data }: Picture<Uint8Array>, quality = 90): Uint8Array {
  const rgba = new Uint8Array(width * height * 4).fill(255);
  for (let i = 0; i < width * height; i++) {
    for (let c = 0; c < 3; c++) rgba[4 * i + c] = data[i * channels + (channels < 3 ? 0 : c)]!;
  }
  return jpeg.encode({ width, height, data: rgba }, quality).data;
}

/**
 * The colours near the middle of each pixel (of one that hangs over, the middle may be the canvas' edge) of a pane that shows its whole picture, each of them several of the screen's, as
 * `data[(y * columns + x) * 3 + c]`. The pixels are `step` of the input's wide, the first begins at `origin`.
 */
export async function pixelsOf(
  canvas: Locator,
  input: { readonly width: number; readonly height: number },
  output: { readonly columns: number; readonly rows: number; readonly origin: number; readonly step: number },
): Promise<number[]> {
  return canvas.evaluate(
    (element, { input, output }) => {
      const canvas = element as HTMLCanvasElement;
      const fit = Math.min(canvas.width / input.width, canvas.height / input.height, 96);
      const scale = fit > 1 ? Math.floor(fit) : fit;
      const place = (available: number, size: number) => Math.round(available / 2 - (size / 2 - output.origin) * scale);
      const [left, top] = [place(canvas.width, input.width), place(canvas.height, input.height)];
      const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height);
      const pixels: number[] = [];
      for (let y = 0; y < output.rows; y++) {
        for (let x = 0; x < output.columns; x++) {
          const column = Math.floor(left + (x + 0.45) * output.step * scale);
          const row = Math.floor(top + (y + 0.45) * output.step * scale);
          const at = (row * canvas.width + column) * 4;
          pixels.push(data[at]!, data[at + 1]!, data[at + 2]!);
        }
      }
      return pixels;
    },
    { input, output },
  );
}

/** Bytes of 1, 3 or 4 channels as the three that a canvas shows. */
export function asRgb(data: ArrayLike<number>, channels: number): number[] {
  const pixels: number[] = [];
  for (let i = 0; i < data.length; i += channels) {
    for (let c = 0; c < 3; c++) pixels.push(data[i + (channels < 3 ? 0 : c)]!);
  }
  return pixels;
}

/** Nothing on the page is wider than the page. */
export async function expectNoOverflow(webview: FrameLocator): Promise<void> {
  const tooWide = await webview.locator('body').evaluate(body => {
    const limit = document.documentElement.clientWidth;
    const page = document.querySelector('#app')!;
    const sideways = ['.pictures', '.dock'].filter(name => {
      const part = document.querySelector(name);
      return part && part.scrollWidth > part.clientWidth;
    });
    return [
      ...sideways.map(name => `${name} scrolls sideways`),
      ...(page.scrollHeight > page.clientHeight ? ['the page scrolls'] : []),
      ...[...body.querySelectorAll<HTMLElement>('*')]
        .filter(element => element.checkVisibility() && element.getBoundingClientRect().right > limit + 1)
        // Lines that end in an ellipsis, and what scrolls in its column, are longer than what is seen of them.
        .filter(element => !element.parentElement?.closest('figcaption > div, .title > *, .window-frame'))
        .map(
          element =>
            `${element.tagName} ${element.className} ${Math.round(element.getBoundingClientRect().right)} > ${limit}`,
        ),
    ];
  });
  expect(tooWide, 'wider than the page').toEqual([]);
}
