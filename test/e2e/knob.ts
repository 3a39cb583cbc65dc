/** `npm run bench:knob`: from a turn of the kernel knob to both pictures on the canvas, in the embedded VS Code. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from './fixtures';
import { largePicture } from './pictures';

const turns = 40;

interface Turned {
  readonly total: number;
  readonly engine: number;
  readonly bytes: number;
}

for (const name of ['mountain.jpg', 'large.jpg']) {
  test(name, async ({ vscode }) => {
    test.setTimeout(120_000);
    if (name === 'large.jpg') writeFileSync(join(vscode.folder, name), largePicture());
    await vscode.previewPooling(name);
    const webview = vscode.webview();
    await expect(webview.locator('[data-pane=average] canvas[data-kind]')).toBeVisible({ timeout: 60_000 });
    await vscode.page.waitForTimeout(3_000);
    const knob = webview.getByLabel('Kernel height');
    const all: Turned[] = [];
    for (let i = 0; i < turns; i++) {
      const turned = await knob.evaluate(
        (element, value) =>
          new Promise<Turned>(resolve => {
            const input = element as HTMLInputElement;
            const started = performance.now();
            const listen = ({ data }: MessageEvent) => {
              const rendered = data?.outcome?.ok;
              if (!rendered?.tiles) return;
              window.removeEventListener('message', listen);
              const bytes = rendered.tiles.reduce(
                (sum: number, tile: { data: Uint8Array }) => sum + tile.data.length,
                0,
              );
              requestAnimationFrame(() =>
                resolve({ total: performance.now() - started, engine: rendered.milliseconds, bytes }),
              );
            };
            window.addEventListener('message', listen);
            input.value = String(value);
            input.dispatchEvent(new Event('input', { bubbles: true }));
          }),
        3 + (i % 5), // never the one it stands at
      );
      all.push(turned);
      await vscode.page.waitForTimeout(60);
    }
    const part = (pick: (turned: Turned) => number, share: number) =>
      all.map(pick).sort((a, b) => a - b)[Math.floor(share * (all.length - 1))]!;
    const total = (share: number) => part(({ total }) => total, share).toFixed(0);
    console.log(
      `${name}: knob to canvas median ${total(0.5)} ms (90 % within ${total(0.9)}, worst ${total(1)}); ` +
        `engine median ${part(({ engine }) => engine, 0.5).toFixed(1)} ms; at most ${part(({ bytes }) => bytes, 1)} bytes a repaint`,
    );
  });
}
