import * as assert from 'node:assert/strict';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { encode } from 'jpeg-js';
import * as vscode from 'vscode';
import { newest } from '../host/versions';
import {
  Conversation,
  cleanUp,
  eventually,
  extension,
  noise,
  pause,
  renderRequest,
  sample,
  scratchFile,
  scratchFolder,
  talkTo,
  whole,
} from './conversation';

/** A worker thread shows up in its parent as two of these. */
const ports = () => process.getActiveResourcesInfo().filter(name => name === 'MessagePort').length;

/** Their number once no thread is ending any more. */
async function portsAtRest(): Promise<number> {
  for (let last = ports(), since = Date.now(); ; await pause(20)) {
    if (ports() !== last) {
      last = ports();
      since = Date.now();
    } else if (Date.now() - since > 500) return last;
  }
}

/** A JPEG of smooth shades and a little noise, about as large as a photo of its size. */
function photo(width: number, height: number): Uint8Array {
  const data = new Uint8Array(width * height * 4);
  for (let y = 0, at = 0, state = 1; y < height; y++) {
    for (let x = 0; x < width; x++, at += 4) {
      state = (Math.imul(state, 1103515245) + 12345) >>> 0;
      const grain = state >>> 28;
      data[at] = ((x * 200) / width + grain) | 0;
      data[at + 1] = ((y * 200) / height + grain) | 0;
      data[at + 2] = (((x + y) * 100) / (width + height) + grain) | 0;
    }
  }
  return new Uint8Array(encode({ width, height, data }, 88).data);
}

suite('Under load', () => {
  teardown(cleanUp);

  test('the extension host is never blocked for 50 ms while a 12-megapixel JPEG opens', async function () {
    this.timeout(120_000);
    const file = scratchFile('large.jpg', photo(4000, 3000));
    await pause(1000); // the garbage of making it
    // Another process can take the processor from us for longer than that; our own doing would show every time.
    const delays: number[] = [];
    for (let attempt = 0; attempt < 8; attempt++) {
      const delay = monitorEventLoopDelay({ resolution: 5 });
      delay.enable();
      const webview = talkTo(file);
      const { info } = await webview.hear('opened', 0, 30_000);
      assert.equal(info.width, 4000);
      const overview = { x: 0, y: 0, width: 4000, height: 3000, columns: 525, rows: 394 };
      const pooled = { x: 0, y: 0, width: 2000, height: 1500, columns: 525, rows: 394 };
      await webview.render(renderRequest(1, { regions: { input: overview, max: pooled, average: pooled } }));
      delay.disable();
      delays.push(Math.round(delay.max / 1e6));
      webview.document.dispose();
      if (delays.at(-1)! <= 50) break;
    }
    console.log(`      longest event-loop delay: ${delays.join(', ')} ms`);
    assert.ok(Math.min(...delays) <= 50, `the longest delays were ${delays.join(', ')} ms`);
  });

  test('a knob on a 12-megapixel picture decodes nothing again', async function () {
    this.timeout(60_000);
    const webview = talkTo(scratchFile('large.png', noise(4000, 3000).file));
    await webview.hear('opened', 0, 30_000);
    const since = webview.heard.length;
    for (let k = 2; k < 8; k++) {
      const options = { ...renderRequest(k).options, kernelSize: [k, k] as const };
      const answer = await webview.render(renderRequest(k, { options, regions: { max: whole(300, 200) } }));
      assert.equal(answer.type, 'rendered');
    }
    assert.deepEqual(new Set(webview.heard.slice(since).map(message => message.type)), new Set(['rendered']));
  });

  test('twenty previews at once all open', async function () {
    this.timeout(60_000);
    const { sessions } = await extension.activate();
    const folder = scratchFolder();
    const files = Array.from({ length: 20 }, (_, i) => scratchFile(`${i}.png`, noise(600, 400 + i, i).file, folder));
    await vscode.commands.executeCommand('poolingPreview.open', files[0], files);
    await eventually('twenty panels', () => sessions.size === 20, 30_000);
    const documents = [...sessions].map(session => session.document);
    await eventually('twenty pictures', () => documents.every(({ state }) => state.type === 'opened'), 30_000);
    const heights = documents.map(({ state }) => state.type === 'opened' && state.info.height);
    assert.deepEqual(new Set(heights), new Set(files.map((_, i) => 400 + i)));
    for (const document of documents) {
      const webview = new Conversation(document).say({ type: 'ready' });
      const answer = await webview.render(renderRequest(1, { regions: { max: whole(9, 9) } }));
      assert.equal(answer.type, 'rendered');
    }
  });

  // A long soak on one version shows what leaks by small amounts; on the others a short one does.
  const rounds = vscode.version === newest ? 200 : 15;
  test(`opening and closing ${rounds} previews leaves no thread, no panel and no memory behind`, async function () {
    this.timeout(30_000 + rounds * 3_000);
    const { sessions } = await extension.activate();
    let mostPorts = 0;
    const openAndClose = async () => {
      await vscode.commands.executeCommand('poolingPreview.open', sample);
      const session = await eventually('a panel', () => [...sessions][0]);
      await eventually('a picture', () => session.document.state.type === 'opened');
      mostPorts = Math.max(mostPorts, ports());
      await vscode.commands.executeCommand('workbench.action.closeAllEditors');
      await eventually('the panel is gone', () => sessions.size === 0);
    };
    await openAndClose();
    const before = await portsAtRest();
    assert.ok(mostPorts > before, 'a thread can be seen at all');
    const memory: number[] = [];
    for (let i = 0; i < rounds; i++) {
      await openAndClose();
      memory.push(Math.round(process.memoryUsage().rss / 1e6));
      if (memory.length % 50 === 0) console.log(`      ${memory.length} opened and closed`); // else we might be thought to hang
    }
    await eventually('the threads have ended', () => ports() <= before);
    const third = Math.ceil(rounds / 3);
    const average = (part: number[]) => part.reduce((sum, each) => sum + each, 0) / part.length;
    const growth = average(memory.slice(-third)) - average(memory.slice(0, third));
    console.log(`      resident: ${memory[0]} MB at first, ${memory.at(-1)} MB at last; ports ${before} → ${ports()}`);
    // One sample picture takes some 15 MB while it is open: a few of them kept would show.
    assert.ok(growth < 60, `grew by ${growth} MB: ${memory}`);
  });

  test('a document closed in the middle of opening leaves nothing running', async () => {
    const before = await portsAtRest();
    for (const wait of [0, 5, 20, 60]) {
      const webview = talkTo(sample);
      await pause(wait);
      webview.document.dispose();
    }
    await eventually('the threads have ended', () => ports() <= before);
  });
});
