import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FrameLocator } from '@playwright/test';
import { avgPool2d, maxPool2d } from '../../src/core/pool';
import { toBytes, toTensor } from '../../src/core/tensor';
import { headerChunk, signature } from '../golden/pictures/png';
import { expect, test } from './fixtures';
import { asRgb, call, canvas, jpegOf, kernelHeight, noise, opened, pixelsOf, png, shape, square } from './preview';
import type { VSCode } from './vscode';

/** What a panel says instead of a picture. */
async function failure(vscode: VSCode, name: string, bytes: Uint8Array | string): Promise<FrameLocator> {
  await vscode.addFile(name, bytes);
  await vscode.previewPooling(name);
  return vscode.webview();
}

const message = (webview: FrameLocator) => webview.getByRole('alert').locator('p');
const buttons = (webview: FrameLocator) => webview.getByRole('alert').getByRole('button');

/** A PNG that claims a size, with nothing behind its header. */
function header(width: number, height: number): Uint8Array {
  return Buffer.concat([signature, headerChunk(width, height)]);
}

const lfsPointer = `version https://git-lfs.github.com/spec/v1
oid sha256:4d7a214614ab2935c943f9e0ff69d22eadbb8f32b1258daaa5e2ca24d17e2393
size 12345
`;

test('a changed file comes with its announcement, and its exact values behind it', async ({ shared }) => {
  await shared.addFile('changing.png', png(noise(20, 15, 3)));
  const webview = await opened(shared, 'changing.png');
  await expect(canvas(webview, 'average')).toBeVisible();
  await webview.locator('body').evaluate(body => {
    window.addEventListener('message', ({ data }) => {
      body.dataset['heard'] = `${body.dataset['heard'] ?? ''} ${data.type ?? Object.keys(data.outcome.ok)}`;
    });
  });
  writeFileSync(join(shared.folder, 'changing.png'), png(noise(20, 15, 3, 9)));
  await expect(webview.locator('body')).toHaveAttribute('data-heard', / prefetched data/);
});

test('a picture that is cut short is shown as far as it goes, and one named .jfif is offered like any other', async ({
  shared,
}) => {
  const photo = jpegOf(noise(300, 200, 3));
  await shared.addFile('cut.jfif', photo.subarray(0, photo.length / 2));
  const webview = await opened(shared, 'cut.jfif');
  await expect(webview.locator('.notes')).toHaveText(
    'The file ends too early: what is missing is shown as libjpeg leaves it.',
  );
  await expect(shape(webview, 'max')).toContainText('[1, 3, 100, 150]');
});

test('bad files say what they are, and leave other previews alone', async ({ shared }) => {
  await opened(shared, 'text.png');
  const photo = jpegOf(noise(300, 200, 3));
  const cases: readonly (readonly [string, Uint8Array | string, string, string[]])[] = [
    ['a-text.png', 'Dear diary,\n', 'This is a text file, not a picture.', ['Open as Text']],
    ['b-cut.jpg', photo.subarray(0, 300), 'The file ends too early: part of the picture is missing.', ['Try Again']],
    [
      'c-huge.png',
      header(60000, 60000),
      'The picture has 60000 × 60000 = 3600 megapixels, more than the limit of 100.',
      ['Change the Limit'],
    ],
    ['d-empty.png', '', 'The file is empty.', ['Try Again']],
    [
      'e-pointer.png',
      lfsPointer,
      'This is a Git LFS pointer: the picture itself has not been downloaded yet (git lfs pull).',
      ['Open as Text'],
    ],
    [
      'f-gif.png',
      'GIF89a\x01\x00\x01\x00\x00\x00\x00;',
      'The format of this file is GIF. Only PNG and JPEG pictures can be opened.',
      [],
    ],
  ];
  await shared.addFiles(Object.fromEntries(cases));
  for (const [name, , sentence, remedies] of cases) {
    await shared.previewPooling(name);
    const webview = shared.webview();
    await expect(message(webview), name).toHaveText(sentence);
    await expect(buttons(webview), name).toHaveText(remedies);
  }
  await shared.tab(/^text\.png/).click();
  await expect(shape(shared.webview(), 'max')).toBeVisible();
});

test('the remedies do what they say', async ({ shared }) => {
  let webview = await failure(shared, 'remedy.png', 'Dear diary,\n');
  await buttons(webview).click();
  await expect(shared.page.locator('.view-lines')).toContainText('Dear diary,');
  await shared.closeEditors();

  webview = await failure(shared, 'huge.png', header(20000, 10000));
  await buttons(webview).click();
  await expect(shared.page.locator('.settings-editor')).toContainText('Max Megapixels');
  await shared.closeEditors();

  // Trying again says the same until the file is repaired, which shows by itself.
  webview = await failure(shared, 'repaired.png', png(noise(40, 30, 3)).subarray(0, 200));
  await expect(message(webview)).toHaveText('The file ends too early: part of the picture is missing.');
  await buttons(webview).click();
  await expect(message(webview)).toHaveText('The file ends too early: part of the picture is missing.');
  writeFileSync(join(shared.folder, 'repaired.png'), png(noise(40, 30, 3)));
  await expect(shape(webview, 'max')).toContainText('[1, 3, 15, 20]');
});

test('a JPEG named .png opens, with a quiet note', async ({ shared }) => {
  await shared.addFile('really-a-jpeg.png', jpegOf(noise(40, 30, 3)));
  const webview = await opened(shared, 'really-a-jpeg.png');
  await expect(webview.locator('.notes')).toHaveText('The file is a JPEG, whatever its name says.');
});

test('a file that changes shows its new picture, one that goes says so and comes back; knobs stay', async ({
  shared,
}) => {
  const file = join(shared.folder, 'changing.png');
  await shared.addFile('changing.png', png(noise(40, 30, 3)));
  const webview = await opened(shared, 'changing.png');
  await kernelHeight(webview).fill('3');
  await expect(shape(webview, 'max')).toContainText('[1, 3, 10, 13]');

  const picture = noise(36, 24, 3, 7);
  writeFileSync(file, png(picture));
  await expect(call(webview, 'max')).toHaveText('MaxPool2d(3)');
  await expect(shape(webview, 'max')).toHaveText('[1, 3, 8, 12]');
  const shown = async () => {
    const cells = { columns: 12, rows: 8, origin: 0, step: 3 };
    const { output: max } = maxPool2d(toTensor(picture), square(3));
    const { output: average } = avgPool2d(toTensor(picture), square(3));
    await expect.poll(() => pixelsOf(canvas(webview, 'max'), picture, cells)).toEqual(asRgb(toBytes(max), 3));
    await expect.poll(() => pixelsOf(canvas(webview, 'average'), picture, cells)).toEqual(asRgb(toBytes(average), 3));
  };
  await shown();

  rmSync(file);
  await expect(message(webview)).toHaveText(
    'The file was deleted, renamed or moved. If it comes back, so does the preview.',
  );
  await expect(webview.locator('.pane')).toHaveCount(0);
  writeFileSync(file, png(picture));
  await expect(shape(webview, 'max')).toContainText('[1, 3, 8, 12]');
  await expect(kernelHeight(webview)).toHaveValue('3');
  await shown();

  // Another format under the same name, while it is open.
  writeFileSync(file, jpegOf(noise(60, 50, 1)));
  await expect(shape(webview, 'max')).toContainText('[1, 3, 16, 20]');
});
