/** The extension as a person gets it: packed by the project's own script, put in place by VS Code's own installer. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { installPackage, makePackage } from '../host/package';
import { startServer } from '../host/server';
import { newest } from '../host/versions';
import { expect, test as withExtension } from './fixtures';
import { canvas, pane } from './preview';

interface Package {
  readonly vsix: string;
  /** Where VS Code keeps its extensions, and of those ours. */
  readonly extensionsDir: string;
  readonly folder: string;
}

const test = withExtension.extend<object, { installed: Package }>({
  installed: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the dependencies off this pattern
    async ({}, use) => {
      const folder = mkdtempSync(join(tmpdir(), 'pooling-preview-package-'));
      const vsix = await makePackage(folder);
      const extensionsDir = join(folder, 'extensions');
      await use({ vsix, extensionsDir, folder: await installPackage(newest, vsix, extensionsDir) });
      rmSync(folder, { recursive: true, force: true });
    },
    { scope: 'worker', timeout: 240_000 },
  ],

  server: [
    async ({ installed }, use) => {
      const server = await startServer({ version: newest, extensionsDir: installed.extensionsDir });
      await use(server);
      await server.stop();
    },
    { scope: 'worker', timeout: 240_000 },
  ],

  development: [undefined, { scope: 'worker' }],
});

test('the package has all that it needs, nothing else, and is small', ({ installed: { vsix, folder } }) => {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map(path => path.replaceAll('\\', '/'))
    .filter(path => statSync(join(folder, path)).isFile());
  expect(files.sort()).toEqual(
    [
      ...['.vsixmanifest', 'LICENSE.txt', 'THIRD_PARTY_NOTICES.txt', 'changelog.md', 'readme.md'],
      ...['package.json', 'package.nls.json', 'package.nls.ko.json', 'l10n/bundle.l10n.ko.json'],
      ...['codicon.ttf', 'webview.css', 'webview.js', 'worker.js'].map(name => `dist/${name}`),
      ...['extension.js', 'platform.js', 'python.js', 'web/extension.js', 'web/platform.js'].map(
        name => `dist/${name}`,
      ),
      ...['icon.png', 'screenshot.jpg'].map(name => `media/${name}`),
      ...['samples', 'walkthrough'].flatMap(part =>
        readdirSync(resolve(__dirname, '../../media', part)).map(name => `media/${part}/${name}`),
      ),
    ].sort(),
  );

  const size = (...paths: string[]) => paths.reduce((sum, path) => sum + statSync(join(folder, path)).size, 0);
  // What only browsers load takes 115,000 of them, the parser of Python 36,000.
  expect(statSync(vsix).size, 'the package').toBeLessThanOrEqual(920_000);
  expect(size(...files.filter(path => path.startsWith('media/samples/'))), 'samples').toBeLessThanOrEqual(300_000);
  expect(size('media/screenshot.jpg'), "the README's picture").toBeLessThanOrEqual(150_000);

  const readme = readFileSync(join(folder, 'readme.md'), 'utf8');
  const links = [...readme.matchAll(/\]\((?!https?:|#)([^)#]+)/g)].map(([, path]) => path!);
  expect(links).toContain('media/screenshot.jpg');
  expect(links.filter(path => !files.includes(path))).toEqual([]);
});

test('installed, it previews a picture', async ({ vscode }) => {
  await vscode.previewPooling('mountain.jpg');
  const webview = vscode.webview();
  await expect(pane(webview, 'max')).toContainText('[1, 3, 350, 512]', { timeout: 20_000 });
  for (const kind of ['input', 'max', 'average'] as const) {
    const alpha = () =>
      canvas(webview, kind).evaluate(element => {
        const { width, height } = element as HTMLCanvasElement;
        const context = (element as HTMLCanvasElement).getContext('2d')!;
        return context.getImageData(width >> 1, height >> 1, 1, 1).data[3];
      });
    await expect.poll(alpha, `${kind} is painted`).toBe(255);
  }

  const icons = await webview.locator('.codicon').evaluateAll(async elements => {
    await document.fonts.load('16px codicon');
    const drawn = (text: string) => {
      const context = document.createElement('canvas').getContext('2d')!;
      context.font = '16px codicon';
      context.fillText(text, 0, 16);
      return context.canvas.toDataURL();
    };
    const none = drawn('\u{10fffd}');
    return elements.map(element => {
      const { content } = getComputedStyle(element, '::before');
      return { icon: element.className, isDrawn: content !== 'none' && drawn(content.slice(1, -1)) !== none };
    });
  });
  expect(icons.length).toBeGreaterThan(5);
  expect(icons.filter(({ isDrawn }) => !isDrawn)).toEqual([]);
  expect(vscode.takeComplaints(), 'errors in the console of the webview').toEqual([]);
});
