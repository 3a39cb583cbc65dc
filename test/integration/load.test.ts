import * as assert from 'node:assert/strict';
import { encode } from 'jpeg-js';
import * as vscode from 'vscode';
import { writePng } from '#platform';
import type { HostNotice } from '../../src/protocol';
import { base } from '../options';
import { integers } from '../random';
import {
  Conversation,
  cleanUp,
  extension,
  noise,
  sample,
  scratchFile,
  scratchFolder,
  talkTo,
  whole,
} from './conversation';
import { eventually } from './eventually';
import { isWeb, testInNode } from './host';
import { onlySpareThread, threads } from './threads';

/** A JPEG of smooth shades and a little noise, about as large as a photo of its size. */
function photo(width: number, height: number): Uint8Array {
  const data = new Uint8Array(width * height * 4);
  const below = integers(1);
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++, at += 4) {
      const grain = below(16);
      data[at] = ((x * 200) / width + grain) | 0;
      data[at + 1] = ((y * 200) / height + grain) | 0;
      data[at + 2] = (((x + y) * 100) / (width + height) + grain) | 0;
    }
  }
  return new Uint8Array(encode({ width, height, data }, 88).data);
}

/** `npm run soak`: more of everything. */
const soak = Boolean(process.env['SOAK']);

suite('Under load', () => {
  teardown(cleanUp);

  const blocked = 'the extension host is never blocked for 50 ms while a 12-megapixel JPEG opens';
  testInNode('a browser does not tell how long a thread has worked', blocked, async function () {
    // Node has this since 23.9; the embedded VS Codes run on 24, but some VS Code Desktop on an older one.
    const { threadCpuUsage } = process as { threadCpuUsage?(): { user: number; system: number } };
    if (!threadCpuUsage) this.skip();
    const milliseconds = () => {
      const { user, system } = threadCpuUsage.call(process);
      return (user + system) / 1000;
    };
    this.timeout(120_000);
    const file = scratchFile('large.jpg', photo(4000, 3000));
    const overview = { x: 0, y: 0, width: 4000, height: 3000, columns: 525, rows: 394 };
    const pooled = { x: 0, y: 0, width: 2000, height: 1500, columns: 525, rows: 394 };
    // What the thread of the host works in all is more than it can be blocked at once by our doing. Other processes may take
    // the processor from it for as long as they like: this clock stands still meanwhile, which a wall's would not.
    const times: number[] = [];
    for (let i = 0; i < 5; i++) {
      const before = milliseconds();
      const webview = talkTo(file);
      const { info } = await webview.hear('opened', 0, 30_000);
      assert.equal(info.width, 4000);
      await webview.render({ regions: { input: overview, max: pooled, average: pooled } });
      times.push(milliseconds() - before);
      webview.document.dispose();
    }
    console.log(`      the thread worked ${times.map(Math.round).join(', ')} ms`);
    // The middle one: VS Code has things of its own to do on this thread, now and then.
    assert.ok(times.sort((a, b) => a - b)[2]! < 50, `${times}`);
  });

  test('a knob on a 12-megapixel picture decodes nothing again', async function () {
    this.timeout(60_000);
    const [width, height] = [4000, 3000];
    const data = new Uint8Array(width * height).fill(99);
    const webview = talkTo(scratchFile('large.png', await writePng({ width, height, channels: 1, data })));
    await webview.hear('opened', 0, 30_000);
    const since = webview.heard.length;
    for (let k = 2; k < 8; k++) {
      const options = { ...base, kernelSize: [k, k] as const };
      assert.equal((await webview.render({ options, regions: { max: whole(300, 200) } })).length, 1);
    }
    assert.equal(webview.heard.length, since);
  });

  const crowd = soak ? 20 : 6;
  test(`${crowd} previews at once all open`, async function () {
    this.timeout(60_000);
    const { panels } = await extension.activate();
    const folder = scratchFolder();
    const files = Array.from({ length: crowd }, (_, i) => scratchFile(`${i}.png`, noise(600, 400 + i, i).file, folder));
    await vscode.commands.executeCommand('poolingPreview.open', files[0], files);
    await eventually('the panels', () => panels.sessions.length === crowd);
    const documents = panels.sessions.map(session => session.document);
    await eventually('the pictures', () => documents.every(({ state }) => state.type === 'opened'));
    const heights = documents.map(({ state }) => state.type === 'opened' && state.info.height);
    assert.deepEqual(new Set(heights), new Set(files.map((_, i) => 400 + i)));
    for (const document of documents) {
      const webview = new Conversation(document).say({ type: 'ready' });
      assert.equal((await webview.render({ regions: { max: whole(9, 9) } })).length, 1);
    }
  });

  // A long soak shows what leaks by small amounts, a short one the rest.
  const rounds = soak ? 200 : 12;
  test(`opening and closing ${rounds} previews leaves no thread, no panel and no memory behind`, async function () {
    this.timeout(60_000 + rounds * 3_000);
    const { panels } = await extension.activate();
    const memory: number[] = [];
    for (let i = 0; i < rounds; i++) {
      await vscode.commands.executeCommand('poolingPreview.open', sample);
      const session = await eventually('a panel', () => panels.sessions[0]);
      await eventually('a picture', () => session.document.state.type === 'opened');
      assert.ok(threads() > 0, 'a thread can be seen at all');
      await vscode.commands.executeCommand('workbench.action.closeAllEditors');
      await eventually('the panel is gone', () => panels.sessions.length === 0);
      if (!isWeb) memory.push(Math.round(process.memoryUsage().rss / 1e6));
      if ((i + 1) % 50 === 0) console.log(`      ${i + 1} opened and closed`); // else we might be thought to hang
    }
    await onlySpareThread();
    // A browser does not tell how much memory it takes.
    if (isWeb) return;
    const third = Math.ceil(rounds / 3);
    const average = (part: number[]) => part.reduce((sum, each) => sum + each, 0) / part.length;
    const growth = average(memory.slice(-third)) - average(memory.slice(0, third));
    console.log(`      resident: ${memory[0]} MB at first, ${memory.at(-1)} MB at last`);
    // One sample picture takes some 15 MB while it is open: a few of them kept would show.
    assert.ok(growth < 60, `grew by ${growth} MB: ${memory}`);
  });

  test('a document closed in the middle of opening leaves nothing running', async () => {
    const opening = (stage: string) => (message: HostNotice) => message.type === 'opening' && message.stage === stage;
    const stages = [opening('reading'), opening('decoding'), (message: HostNotice) => message.type === 'opened'];
    // Each twice: two threads that stayed could not be taken for the spare one.
    for (const isReached of [undefined, ...stages, undefined, ...stages]) {
      const webview = talkTo(sample);
      if (isReached) await eventually('that stage', () => webview.heard.some(isReached));
      webview.document.dispose();
    }
    await onlySpareThread();
  });
});
