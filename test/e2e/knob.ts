/**
 * `npm run bench:knob`: from a turn of the kernel knob to both pictures on the canvas, in the embedded VS Code, with the
 * extension in each host in turn.
 */
import { expect, type Host, hosts, test } from './fixtures';
import { largePicture } from './pictures';
import type { VSCode } from './vscode';

const turns = 40;

interface Turned {
  readonly total: number;
  readonly engine: number;
  readonly bytes: number;
}

for (const name of ['mountain.jpg', 'large.jpg']) {
  test(name, async ({ context, openIn }, info) => {
    test.setTimeout(300_000);
    const each: { readonly host: Host; readonly vscode: VSCode; readonly all: Turned[] }[] = [];
    for (const host of hosts) {
      const vscode = await openIn(host, await context.newPage(), info.outputPath(host));
      if (name === 'large.jpg') await vscode.addFile(name, largePicture());
      await vscode.previewPooling(name);
      await expect(vscode.webview().locator('[data-pane=average] canvas[data-kind]')).toBeVisible({ timeout: 60_000 });
      await vscode.page.waitForTimeout(3_000);
      each.push({ host, vscode, all: [] });
    }
    for (let i = 0; i < turns; i++) {
      for (const { vscode, all } of each) {
        await vscode.page.bringToFront();
        await vscode.page.waitForTimeout(60);
        all.push(await turn(vscode, 3 + (i % 5))); // never the one it stands at
      }
    }
    for (const { host, all } of each) console.log(`${name} in ${host}: ${summary(all)}`);
  });
}

/** Turns the kernel knob, and waits for the frame with both pictures. */
function turn(vscode: VSCode, kernel: number): Promise<Turned> {
  return vscode
    .webview()
    .getByLabel('Kernel height')
    .evaluate(
      (element, value) =>
        new Promise<Turned>(resolve => {
          const input = element as HTMLInputElement;
          const started = performance.now();
          const listen = ({ data }: MessageEvent) => {
            const rendered = data?.outcome?.ok;
            if (!rendered?.tiles) return;
            window.removeEventListener('message', listen);
            const bytes = rendered.tiles.reduce((sum: number, tile: { data: Uint8Array }) => sum + tile.data.length, 0);
            requestAnimationFrame(() =>
              resolve({ total: performance.now() - started, engine: rendered.milliseconds, bytes }),
            );
          };
          window.addEventListener('message', listen);
          input.value = String(value);
          input.dispatchEvent(new Event('input', { bubbles: true }));
        }),
      kernel,
    );
}

function summary(all: readonly Turned[]): string {
  const part = (pick: (turned: Turned) => number, share: number) =>
    all.map(pick).sort((a, b) => a - b)[Math.floor(share * (all.length - 1))]!;
  const total = (share: number) => part(({ total }) => total, share).toFixed(0);
  return (
    `knob to canvas median ${total(0.5)} ms (90 % within ${total(0.9)}, worst ${total(1)}); ` +
    `engine median ${part(({ engine }) => engine, 0.5).toFixed(1)} ms; at most ${part(({ bytes }) => bytes, 1)} bytes a repaint`
  );
}
