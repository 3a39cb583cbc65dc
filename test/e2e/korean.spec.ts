import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from './fixtures';
import { canvas, expectNoOverflow, shape } from './preview';

test.use({ displayLanguage: 'ko' });

const read = (path: string) => JSON.parse(readFileSync(resolve(__dirname, '../..', path), 'utf8'));
const strings = read('l10n/bundle.l10n.ko.json');
const menu = read('package.nls.ko.json');

/** Names of frameworks, networks, layers, and words of code: they are the same in every language. */
const names =
  /\b(PyTorch|Keras|ONNX|VGG|AlexNet|ResNet|Inception|NumPy|EXIF|p1|imread|tensor|pool|image|float32|uint8|[Mm]ax|[Mm]in|MaxPool2d|AvgPool2d|MaxPooling2D|AveragePooling2D|MaxPool|AveragePool|LPPool2d|LpPool|AdaptiveMaxPool2d|AdaptiveAvgPool2d|AdaptiveMaxPooling2D|AdaptiveAveragePooling2D|GlobalMaxPooling2D|GlobalAveragePooling2D|GlobalMaxPool|GlobalAveragePool|keepdims|True|blur|nn|Linear|Flatten|Dense|Gemm|layers|in_features|Alt|kernel|out_features|out_channels|groups|bias|dilation|LeNet|MobileNetV1|jump|p|DenseNet|SqueezeNet|NiN|None|divisor_override|output_size|kernel_shape|strides|pads|stride|padding|ceil_mode|count_include_pad|same|valid|SAME_UPPER|SAME_LOWER|mountain|jpg|Esc|RGB|cv2|IMREAD_GRAYSCALE|auto_pad|PSNR|dB|SSIM|np|median|MaxBlurPool|Zhang|[HWRGBxyk]|F)\b/g;

test('in Korean no English is left on the page', async ({ shared }) => {
  const menu = JSON.parse(readFileSync(resolve(__dirname, '../../package.nls.ko.json'), 'utf8'));
  await shared.previewPooling('mountain.jpg', menu['command.open.title']);
  const webview = shared.webview();
  await expect(shape(webview, 'max')).toBeVisible({ timeout: 20_000 });
  await expect(webview.locator('html')).toHaveAttribute('lang', 'ko');
  for (const key of ['Kernel', 'Stride', 'Padding', 'Grey', 'Colour', 'Input']) {
    await expect(webview.getByText(strings[key], { exact: true }).first(), key).toBeVisible();
  }

  const english = () =>
    webview
      .locator('body')
      .evaluate(body => {
        const texts: string[] = [];
        const walker = document.createTreeWalker(body, NodeFilter.SHOW_TEXT);
        while (walker.nextNode()) texts.push(walker.currentNode.nodeValue ?? '');
        for (const element of body.querySelectorAll('*')) {
          for (const name of ['title', 'aria-label', 'placeholder', 'alt'])
            texts.push(element.getAttribute(name) ?? '');
        }
        return texts.map(text => text.trim()).filter(Boolean);
      })
      .then(texts => texts.filter(text => /[A-Za-z]{2,}/.test(text.replace(names, ''))));
  expect(await english(), 'first view').toEqual([]);

  await webview.locator('select[name=preset]').selectOption('resnet');
  await canvas(webview, 'max').click();
  await webview.locator('#show-menu-button').click();
  for (const box of await webview.locator('#show-menu input[type=checkbox]').all()) await box.check();
  await shared.page.keyboard.press('Escape');
  await expect(webview.locator('.pane')).toHaveCount(15);
  expect(await english(), 'everything unfolded').toEqual([]);
  const headings = await webview.locator('.pane .title').evaluateAll(titles => titles.map(title => title.clientHeight));
  expect(new Set(headings).size, 'heights of headings, one of which has no Korean letter').toBe(1);
  await expectNoOverflow(webview);
  for (const framework of ['Keras', 'ONNX']) {
    await webview.getByRole('radio', { name: framework }).check({ force: true });
    expect(await english(), framework).toEqual([]);
  }
  await webview.getByRole('tab', { name: strings['Layers'] }).click();
  await canvas(webview, 'stage3').press('Enter');
  await expect(webview.locator('tr.pointed')).toBeVisible();
  expect(await english(), 'layers').toEqual([]);
  await webview.locator('select[name=stack]').selectOption('mobilenet network');
  await webview.locator('tr[data-layer="2"] td.more button').click();
  await expect(webview.locator('.settings')).toBeVisible();
  expect(await english(), 'a network').toEqual([]);

  await webview.getByRole('tab', { name: strings['Noise'] }).click();
  for (const box of await webview.locator('.row.own input[type=checkbox]').all()) await box.check();
  for (const kind of ['Pepper', 'Salt and pepper', 'Gaussian', 'Salt']) {
    await webview.getByRole('radio', { name: strings[kind], exact: true }).check({ force: true });
    await expect(webview.locator('[data-sentence=verdict]')).toContainText(kind === 'Gaussian' ? 'σ' : strings[kind]);
    expect(await english(), kind).toEqual([]);
  }
  await canvas(webview, 'max').press('Enter');
  await expect(webview.locator('.inspector [data-before]').first()).toBeAttached();
  await webview.locator('.chart .plot').hover();
  await expect(webview.locator('.chart .tooltip')).toBeVisible();
  expect(await english(), 'noise, a pixel and a point').toEqual([]);
  await webview.getByRole('tab', { name: strings['Shift'] }).click();
  await expect(webview.locator('[data-sentence=blur]')).not.toBeEmpty();
  await expect(webview.locator('.shift-diagram')).toBeAttached();
  expect(await english(), 'shift').toEqual([]);
  await expectNoOverflow(webview);
});

test('in Korean a bad file says so in Korean', async ({ shared }) => {
  await shared.addFile('a-text.png', 'Dear diary,\n');
  await shared.previewPooling('a-text.png', menu['command.open.title']);
  const alert = shared.webview().getByRole('alert');
  await expect(alert.locator('p')).toHaveText(strings['This is a text file, not a picture.']);
  await expect(alert.getByRole('button')).toHaveText(strings['Open as Text']);
});
