/**
 * `npm run bench:open`: from the click to the picture, with the extension in each host, in turn with VS Code's own image
 * preview.
 */
import type { Locator } from '@playwright/test';
import { hosts, test } from './fixtures';
import { largePicture } from './pictures';
import type { VSCode } from './vscode';

const runs = 9;

for (const name of ['mountain.jpg', 'large.jpg']) {
  test(name, async ({ context, openIn }, info) => {
    test.setTimeout(600_000);
    const windows: { readonly kind: string; readonly vscode: VSCode; readonly isOurs: boolean }[] = [];
    for (const host of hosts) {
      const vscode = await openIn(host, await context.newPage(), info.outputPath(host));
      await vscode.page.addInitScript(watchForPictures);
      await vscode.open();
      if (name === 'large.jpg') await vscode.addFile(name, largePicture());
      windows.push({ kind: host, vscode, isOurs: true });
    }
    const { vscode } = windows[0]!;
    const all = [{ kind: 'VS Code’s image preview', vscode, isOurs: false }, ...windows];
    const times = all.map(() => [] as number[]);
    for (let i = 0; i <= runs; i++) {
      for (const [at, { vscode, isOurs }] of all.entries()) {
        times[at]!.push(await (isOurs ? timeOfOurs(vscode, name) : timeOfTheirs(vscode, name)));
      }
    }
    for (const [at, { kind }] of all.entries()) {
      // The first run warms up: the extension host loads the extension, the browser its caches.
      const [first, ...rest] = times[at]!;
      const middle = [...rest].sort((a, b) => a - b)[runs >> 1];
      console.log(`${name}, ${kind}: median ${middle} ms of ${rest}; the first time in a window ${first}`);
    }
  });
}

/** How long VS Code's own image preview takes. */
async function timeOfTheirs(vscode: VSCode, name: string): Promise<number> {
  await comeToRest(vscode);
  return timed(vscode, vscode.explorerRow(name), 'vscode.media-preview');
}

async function timeOfOurs(vscode: VSCode, name: string): Promise<number> {
  await comeToRest(vscode);
  await vscode.explorerRow(name).click({ button: 'right' });
  const entry = vscode.page.getByRole('menuitem', { name: 'Preview Pooling', exact: true });
  await entry.hover();
  await vscode.page.waitForTimeout(300);
  return timed(vscode, entry, 'pooling-preview');
}

async function comeToRest(vscode: VSCode): Promise<void> {
  await vscode.page.bringToFront();
  await vscode.closeEditors();
  await vscode.page.waitForTimeout(1_000);
}

/** Milliseconds from a click to the frame after which a picture is on the screen, both by the page's clock. */
async function timed(vscode: VSCode, target: Locator, extension: string): Promise<number> {
  const { page } = vscode;
  await page.evaluate(() => {
    addEventListener('mouseup', () => Object.assign(window, { clickedAt: Date.now() }), { capture: true, once: true });
  });
  await target.click();
  const shown = vscode.webview(extension).locator('html[data-shown]');
  await shown.waitFor({ state: 'attached', timeout: 60_000 });
  const at = Number(await shown.getAttribute('data-shown'));
  return at - (await page.evaluate(() => (window as unknown as { clickedAt: number }).clickedAt));
}

/** In every frame: notes on the root element when VS Code's picture, or all of ours, is first seen to be there. */
function watchForPictures(): void {
  const isPainted = (canvas: HTMLCanvasElement | null) => {
    const { width = 0, height = 0 } = canvas ?? {};
    return width > 1 && canvas?.getContext('2d')?.getImageData(width >> 1, height >> 1, 1, 1).data[3] === 255;
  };
  const isShown = () => {
    const image = document.querySelector<HTMLImageElement>('body > img, .container > img');
    if (image) return image.complete && image.naturalWidth > 1;
    return ['input', 'max', 'average'].every(kind =>
      isPainted(document.querySelector(`[data-pane=${kind}] canvas[data-kind]`)),
    );
  };
  // Not by animation frames: those of a document end when another is written into it, as VS Code does.
  const timer = setInterval(() => {
    if (!isShown()) return;
    document.documentElement.dataset['shown'] = String(Date.now());
    clearInterval(timer);
  }, 4);
}
