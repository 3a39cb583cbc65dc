/** `npm run bench:open`: from the click to the picture, in turn with VS Code's own image preview in the same window. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator } from '@playwright/test';
import { test } from './fixtures';
import { largePicture } from './pictures';
import type { VSCode } from './vscode';

const runs = 9;

for (const name of ['mountain.jpg', 'large.jpg']) {
  test(name, async ({ vscode }) => {
    test.setTimeout(300_000);
    await vscode.page.addInitScript(watchForPictures);
    await vscode.open();
    if (name === 'large.jpg') writeFileSync(join(vscode.folder, name), largePicture());
    const row = vscode.explorerRow(name);
    const entry = vscode.page.getByRole('menuitem', { name: 'Preview Pooling', exact: true });
    const times = { theirs: [] as number[], ours: [] as number[] };
    for (let i = 0; i <= runs; i++) {
      await comeToRest(vscode);
      const theirs = await timed(vscode, row);
      await comeToRest(vscode);
      await row.click({ button: 'right' });
      await entry.hover();
      await vscode.page.waitForTimeout(300);
      const ours = await timed(vscode, entry);
      // The first run warms up: the extension host loads the extension, the browser its caches.
      if (i === 0) continue;
      times.theirs.push(theirs);
      times.ours.push(ours);
    }
    const middle = (values: readonly number[]) => [...values].sort((a, b) => a - b)[values.length >> 1]!;
    const [theirs, ours] = [middle(times.theirs), middle(times.ours)];
    console.log(
      `${name}: VS Code's image preview ${theirs} ms (${times.theirs}), ours ${ours} ms (${times.ours}), ` +
        `medians of ${runs}, ratio ${(ours / theirs).toFixed(2)}`,
    );
  });
}

async function comeToRest(vscode: VSCode): Promise<void> {
  await vscode.closeEditors();
  await vscode.page.waitForTimeout(1_000);
}

/** Milliseconds from a click to the frame after which a picture is on the screen, both by the page's clock. */
async function timed(vscode: VSCode, target: Locator): Promise<number> {
  const { page } = vscode;
  await page.evaluate(() => {
    addEventListener('mouseup', () => Object.assign(window, { clickedAt: Date.now() }), { capture: true, once: true });
  });
  await target.click();
  const shown = vscode.webview().locator('html[data-shown]');
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
