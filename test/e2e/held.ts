import { cpSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect } from '@playwright/test';

const root = resolve(__dirname, '../..');

/** What ships, but the worker. */
const parts = [
  ...['package.json', 'package.nls.json', 'package.nls.ko.json', 'l10n', 'media'],
  ...['extension.js', 'platform.js', 'webview.js', 'webview.css', 'codicon.ttf'].map(name => `dist/${name}`),
];

/**
 * A copy of the extension in which no decode begins while it is held. What a person does in the middle of a decode can so be
 * done without a race: a picture that takes long takes no longer than some machine does to show the button.
 */
export class HeldExtension {
  readonly #hold: string;
  readonly #waiting: string;

  constructor(readonly folder: string) {
    this.#hold = join(folder, 'hold');
    this.#waiting = join(folder, 'waiting');
    mkdirSync(join(folder, 'dist'), { recursive: true });
    for (const part of parts) cpSync(join(root, part), join(folder, part), { recursive: true });
    // Its own listener comes first and does not return.
    writeFileSync(
      join(folder, 'dist/worker.js'),
      `const fs = require('node:fs');
       require('node:worker_threads').parentPort.on('message', () => {
         while (fs.existsSync(${JSON.stringify(this.#hold)})) {
           fs.writeFileSync(${JSON.stringify(this.#waiting)}, '');
           Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 10);
         }
       });
       require(${JSON.stringify(join(root, 'dist/worker.js'))});`,
    );
  }

  /** From now on decodes wait. */
  hold(): void {
    rmSync(this.#waiting, { force: true });
    writeFileSync(this.#hold, '');
  }

  /** Resolves when a decode waits. */
  async isWaiting(): Promise<void> {
    await expect.poll(() => existsSync(this.#waiting), 'a decode has begun').toBe(true);
  }

  release(): void {
    rmSync(this.#hold);
  }
}
