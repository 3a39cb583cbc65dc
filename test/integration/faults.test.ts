import * as assert from 'node:assert/strict';
import { mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { writePng } from '#platform';
import { Engines } from '../../src/engine/engines';
import { viewType } from '../../src/host/command';
import { Limiter } from '../../src/host/limiter';
import { base } from '../options';
import {
  Conversation,
  claimedPng,
  cleanUp,
  extension,
  fileUri,
  noise,
  renderRequest,
  sample,
  sampleBytes,
  scratchFile,
  scratchFolder,
  sessionsOf,
  talkTo,
  whole,
  writeUntil,
} from './conversation';
import { eventually } from './eventually';
import { FirstFaulty, threadOf } from './faulty';
import { isWeb } from './host';
import { isAlive } from './threads';

suite('Files that are no pictures', () => {
  teardown(cleanUp);

  const cases: [name: string, content: () => Uint8Array | string, message: RegExp, remedies: string[]][] = [
    ['text.png', () => 'Hello, this is text.\n', /text file/, ['openAsText']],
    ['empty.png', () => '', /is empty/, ['retry']],
    ['cut.jpg', () => sampleBytes().subarray(0, 300), /ends too early/, ['retry']],
    ['bomb.png', () => claimedPng(60_000, 60_000), /60000 × 60000 = 3600 megapixels/, ['raiseLimit']],
    ['gif.png', () => 'GIF89a\x01\x00\x01\x00', /format of this file is GIF/, []],
    ['noise.jpg', () => Uint8Array.from({ length: 5000 }, (_, i) => (i * 7919) ^ (i >> 3)), /neither/, []],
  ];
  for (const [name, content, message, remedies] of cases) {
    test(`${name} is explained`, async () => {
      const webview = talkTo(scratchFile(name, content()));
      const failed = await webview.hear('failed', 0);
      assert.match(failed.message, message);
      assert.deepEqual(failed.remedies, remedies);
      // The others are not affected, and neither is what is asked of this one.
      const question = renderRequest({ regions: { max: whole(1, 1) } });
      assert.deepEqual(await webview.ask('render', question), { err: { kind: 'empty' } });
      await talkTo(sample).hear('opened', 0);
    });
  }

  test('a picture that is not what its name says opens, with a note', async () => {
    const { info } = await talkTo(scratchFile('really-a-jpeg.png', sampleBytes())).hear('opened', 0);
    assert.equal(info.format, 'jpeg');
    assert.equal(info.notes.length, 1);
    assert.match(info.notes[0]!.text, /JPEG/);
  });

  test('a picture that is cut short opens as far as it goes, with a note', async () => {
    const { info } = await talkTo(scratchFile('cut.jpg', sampleBytes().subarray(0, 20_000))).hear('opened', 0);
    assert.deepEqual([info.width, info.height], [1024, 700]);
    assert.deepEqual(
      info.notes.map(({ code, text }) => [code, text]),
      [['cutScan', 'The file ends too early: what is missing is shown as libjpeg leaves it.']],
    );
  });

  test('the limit is the setting’s, and raising it opens the picture', async () => {
    let maxPixels = 100;
    const webview = talkTo(scratchFile('large.png', noise(20, 10).file), { maxPixels: () => maxPixels });
    assert.deepEqual((await webview.hear('failed', 0)).remedies, ['raiseLimit']);
    maxPixels = 200;
    const settings = vscode.workspace.getConfiguration('poolingPreview');
    try {
      await settings.update('maxMegapixels', 99, vscode.ConfigurationTarget.Global);
      await webview.hear('opened', 0);
    } finally {
      await settings.update('maxMegapixels', undefined, vscode.ConfigurationTarget.Global);
    }
  });
});

suite('Files that change', () => {
  teardown(cleanUp);

  test('the previews of oddly named files follow them: changed, deleted, back again', async () => {
    const names = [
      'plain.png',
      'wei[r]d {a,b} é*.png',
      `${'long'.repeat(49)}.png`,
      `<img src=x onerror=alert(1)>"'\u202e.png`,
    ];
    const followed = async (name: string) => {
      const file = scratchFile(name, noise(10, 8).file);
      const webview = talkTo(file);
      await webview.picture(10, 0);
      assert.equal(webview.heard[0]?.type === 'hello' && webview.heard[0].name, name);
      await webview.watching();

      let since = webview.heard.length;
      writeFileSync(file.fsPath, noise(12, 8).file);
      await webview.picture(12, since);

      since = webview.heard.length;
      rmSync(file.fsPath);
      const failed = await webview.hear('failed', since);
      assert.match(failed.message, /deleted/);

      since = webview.heard.length;
      writeFileSync(file.fsPath, noise(14, 8).file);
      await webview.picture(14, since);
    };
    // All at once, for most of the time goes to waiting for a file to come to rest.
    await Promise.all(
      names.map(name =>
        followed(name).catch(error => {
          throw new Error(`${JSON.stringify(name.slice(0, 40))}: ${error.message}`);
        }),
      ),
    );
  });

  for (const [what, link] of [
    ['the file', (target: string, folder: string) => [join(folder, 'target.png'), join(target, 'a.png')]],
    ['its folder', (target: string, folder: string) => [join(folder, 'linked'), target]],
  ] as const) {
    test(`seen through a symbolic link of ${what}: a change is followed`, async function () {
      const [target, folder] = [scratchFolder(), scratchFolder()];
      writeFileSync(join(target, 'a.png'), noise(10, 8).file);
      const [from, to] = link(target, folder) as [string, string];
      try {
        symlinkSync(to, from);
      } catch {
        // Windows lets only some people make links.
        this.skip();
      }
      const webview = talkTo(fileUri(what === 'the file' ? from : join(from, 'a.png')));
      await webview.hear('opened', 0);
      await webview.watching();
      // A watcher may follow a file only to its first change, which was that.
      for (const width of [12, 14]) {
        const since = webview.heard.length;
        writeFileSync(join(target, 'a.png'), noise(width, 8).file);
        await webview.picture(width, since);
      }
    });
  }

  test('while a file is written again and again, the last picture stays until the next one is ready', async () => {
    const [small, large] = [noise(300, 200).file, noise(310, 200).file];
    const file = scratchFile('busy.png', small);
    const webview = await talkTo(file).watching();
    // Each step comes when VS Code has reported the one before.
    let reports = 0;
    const watcher = vscode.workspace.createFileSystemWatcher(new vscode.RelativePattern(file, '*'));
    watcher.onDidChange(() => reports++);
    watcher.onDidCreate(() => reports++);
    const write = async (bytes: Uint8Array) => {
      const before = reports;
      await writeUntil('a report', file.fsPath, bytes, () => reports > before);
    };
    const since = webview.heard.length;
    const refusals: string[] = [];
    const opened = () => webview.heard.slice(since).filter(({ type }) => type === 'opened').length;
    try {
      // Writing does not end before the picture has been looked at in the middle of it, again and again.
      for (let i = 0; opened() < 3; i++) {
        const bytes = i % 2 === 0 ? large : small;
        await write(bytes.subarray(0, bytes.length / 2));
        await write(bytes);
        void webview.ask('render', renderRequest({ regions: { max: whole(9, 9) } })).then(outcome => {
          // A newer one may come first: that is no refusal.
          if ('err' in outcome && outcome.err.kind !== 'superseded') refusals.push(outcome.err.kind);
        });
      }
    } finally {
      watcher.dispose();
    }
    // What came of the writing would come before the picture that is written now.
    const last = webview.heard.length;
    writeFileSync(file.fsPath, noise(320, 200).file);
    await webview.picture(320, last);
    const types = new Set(webview.heard.slice(since).map(({ type }) => type));
    // Neither a failure nor an empty page in between, nor a question that is refused.
    for (const type of types) assert.ok(['opened', 'prefetched'].includes(type), type);
    assert.deepEqual(refusals, []);
  });

  test('a picture is read again on request, for file systems that do not tell', async () => {
    const provider = new BrittleFileSystem();
    const registered = vscode.workspace.registerFileSystemProvider('silent', provider);
    try {
      const uri = vscode.Uri.from({ scheme: 'silent', path: '/a.png' });
      await vscode.commands.executeCommand('vscode.openWith', uri, viewType);
      const [session] = await sessionsOf(uri);
      const width = () => {
        const { state } = session!.document;
        return state.type === 'opened' && state.info.width;
      };
      await eventually('the picture', () => width() === 5);
      provider.content = noise(7, 5).file;
      await vscode.commands.executeCommand('poolingPreview.reload');
      await eventually('the new picture', () => width() === 7);
    } finally {
      registered.dispose();
    }
  });

  test('replaced by another format, by text, and by a picture again', async () => {
    const file = scratchFile('changing.png', noise(10, 8).file);
    const webview = talkTo(file);
    await webview.hear('opened', 0);
    await webview.watching();
    let since = webview.heard.length;
    writeFileSync(file.fsPath, sampleBytes());
    const found = await webview.picture(1024, since);
    assert.equal(found.type === 'opened' && found.info.format, 'jpeg');
    since = webview.heard.length;
    writeFileSync(file.fsPath, 'no picture any more');
    assert.match((await webview.hear('failed', since)).message, /text file/);
    since = webview.heard.length;
    writeFileSync(file.fsPath, noise(11, 8).file);
    await webview.picture(11, since);
  });

  test('a folder that is renamed takes its pictures along', async () => {
    const folder = scratchFolder();
    mkdirSync(join(folder, 'before'));
    const webview = talkTo(scratchFile('a.png', noise(10, 8).file, join(folder, 'before')));
    await webview.hear('opened', 0);
    await webview.watching();
    const since = webview.heard.length;
    renameSync(join(folder, 'before'), join(folder, 'after'));
    // Not every watcher tells; coming back to the tab does in any case.
    webview.say({ type: 'ready' });
    assert.match((await webview.hear('failed', since)).message, /renamed or moved/);
  });

  test('changed while it is being decoded: the newer one is what opens', async () => {
    const [width, height] = [2500, 2000];
    const data = new Uint8Array(width * height * 3);
    // The same noise again and again, but too far apart to be packed.
    const { rgb } = noise(160, 120);
    for (let at = 0; at < data.length; at += rgb.length) data.set(rgb.subarray(0, data.length - at), at);
    const file = scratchFile('busy.png', await writePng({ width, height, channels: 3, data }));
    const limiter = new ObservedLimiter(2);
    const webview = talkTo(file, { limiter });
    await eventually('a decode', () =>
      webview.heard.some(message => message.type === 'opening' && message.stage === 'decoding'),
    );
    writeFileSync(file.fsPath, noise(9, 7).file);
    await webview.reload();
    // The decode that was overtaken has come to its end, and an answer has followed.
    await Promise.all(limiter.jobs);
    await webview.render({ regions: { max: whole(1, 1) } });
    assert.equal(webview.document.state.type === 'opened' && webview.document.state.info.width, 9);
    const opened = webview.heard.flatMap(message => (message.type === 'opened' ? [message.info.width] : []));
    assert.ok(!opened.includes(2500), `opened: ${opened}`);
    // Nor is the page told of its end.
    assert.ok(!webview.heard.some(({ type }) => type === 'failed'));
  });

  test('a file system that fails, in each of its ways', async () => {
    const provider = new BrittleFileSystem();
    const registered = vscode.workspace.registerFileSystemProvider('brittle', provider);
    try {
      for (const [error, message] of [
        [vscode.FileSystemError.NoPermissions(), /permission/],
        [vscode.FileSystemError.FileNotFound(), /deleted/],
        [vscode.FileSystemError.Unavailable('the line is cut'), /the line is cut/],
        [new Error('something else'), /something else/],
      ] as const) {
        provider.error = error;
        const webview = talkTo(vscode.Uri.from({ scheme: 'brittle', path: '/a.png' }));
        const failed = await webview.hear('failed', 0);
        assert.match(failed.message, message);
        assert.deepEqual(failed.remedies, ['retry']);
        provider.error = undefined;
        webview.say({ type: 'remedy', remedy: 'retry' });
        await webview.hear('opened', 0);
        // What the file system keeps must still be its own afterwards.
        assert.equal(provider.content.byteLength, provider.size);
      }
    } finally {
      registered.dispose();
    }
  });

  test('a file system that cannot be asked takes no picture away, one that has lost the file does', async () => {
    const provider = new BrittleFileSystem();
    const registered = vscode.workspace.registerFileSystemProvider('apart', provider);
    try {
      const webview = talkTo(vscode.Uri.from({ scheme: 'apart', path: '/a.png' }));
      await webview.hear('opened', 0);
      for (const error of [vscode.FileSystemError.Unavailable('the line is cut'), new Error('Failed to fetch')]) {
        provider.error = error;
        await webview.document.refresh();
        assert.equal(webview.document.state.type, 'opened');
      }
      provider.error = vscode.FileSystemError.FileNotFound();
      await webview.document.refresh();
      assert.equal(webview.document.state.type, 'failed');
      provider.error = new Error('Failed to fetch');
      await webview.document.refresh();
      assert.match((await webview.hear('failed', 0)).message, /deleted/);
      provider.error = undefined;
      await webview.document.refresh();
      assert.equal(webview.document.state.type, 'opened');
    } finally {
      registered.dispose();
    }
  });

  test('a folder is no picture', async () => {
    const webview = talkTo(fileUri(scratchFolder()));
    assert.match((await webview.hear('failed', 0)).message, /folder/);
  });
});

/** Keeps what it has let through. */
class ObservedLimiter extends Limiter {
  readonly jobs: Promise<unknown>[] = [];
  override queue<T>(job: () => Promise<T>): Promise<T> {
    const passed = super.queue(job);
    this.jobs.push(passed);
    return passed;
  }
}

/** Holds one picture, and fails when told to. */
class BrittleFileSystem implements vscode.FileSystemProvider {
  error: Error | undefined;
  content = noise(5, 5).file;
  readonly size = this.content.byteLength;
  readonly onDidChangeFile = new vscode.EventEmitter<vscode.FileChangeEvent[]>().event;
  watch = () => new vscode.Disposable(() => {});
  stat() {
    if (this.error) throw this.error;
    return { type: vscode.FileType.File, ctime: 0, mtime: 0, size: this.size };
  }
  readFile() {
    if (this.error) throw this.error;
    return this.content;
  }
  readDirectory = () => [];
  createDirectory() {}
  writeFile() {}
  delete() {}
  rename() {}
}

suite('Workers that die', () => {
  teardown(cleanUp);

  test('in the middle of a decode: a message, and a retry that works', async () => {
    const webview = talkTo(sample, { engines: new FirstFaulty('onRequest(die);') });
    const failed = await webview.hear('failed', 0);
    assert.match(failed.message, /ended unexpectedly/);
    assert.deepEqual(failed.remedies, ['retry']);
    assert.equal(webview.heard.filter(message => message.type === 'failed').length, 1);
    webview.say({ type: 'remedy', remedy: 'retry' });
    await webview.hear('opened', 0);
    assert.equal((await webview.render({ regions: { max: whole(5, 5) } })).length, 1);
  });

  test('while one looks at the picture: whatever is under way is answered, other previews go on', async () => {
    const script = threadOf(`
      onRequest(({ request }) => { if (request.options?.stride[0] === 666) die(); });
      beEngine();
    `);
    const webview = talkTo(sample, { engines: new Engines(script) });
    const other = talkTo(sample);
    await webview.hear('opened', 0);
    await other.hear('opened', 0);
    const before = webview.heard.length;
    const regions = { max: whole(5, 5) };
    const deadly = renderRequest({ options: { ...base, stride: [666, 666] }, regions });
    const message = isWeb ? 'Uncaught Error: dies' : 'worker exit code 9';
    assert.deepEqual(await webview.ask('render', deadly), { err: { kind: 'died', message } });
    assert.match((await webview.hear('failed', before)).message, /ended unexpectedly/);
    assert.deepEqual(await webview.ask('render', renderRequest({ regions })), { err: { kind: 'empty' } });
    assert.equal((await other.render({ regions: { max: whole(5, 5) } })).length, 1);
    const since = webview.heard.length;
    webview.say({ type: 'remedy', remedy: 'retry' });
    await webview.hear('opened', since);
  });

  test('that cannot start at all', async () => {
    const webview = talkTo(sample, { engines: new Engines(join(scratchFolder(), 'missing.js')) });
    assert.match((await webview.hear('failed', 0)).message, /ended unexpectedly/);
  });
});

suite('Cancel', () => {
  teardown(cleanUp);

  test('truly stops a decode, and a retry opens the picture', async () => {
    const channel = new BroadcastChannel('decodes');
    const decode = new Promise<number>(resolve => {
      channel.onmessage = ({ data }) => resolve(data);
    });
    // A decode that goes on for ever, and says in which thread.
    const lines = `onRequest(() => {
      new BroadcastChannel('decodes').postMessage(thread);
      for (;;);
    });`;
    const webview = talkTo(sample, { engines: new FirstFaulty(lines) });
    const thread = await decode;
    channel.close();
    assert.ok(isAlive(thread));
    webview.say({ type: 'cancel' });
    const failed = await webview.hear('failed', 0);
    assert.match(failed.message, /cancelled/);
    assert.deepEqual(failed.remedies, ['retry']);
    await eventually('the thread has ended', () => !isAlive(thread));
    webview.say({ type: 'remedy', remedy: 'retry' });
    await webview.hear('opened', 0);
  });

  test('without anything under way does nothing', async () => {
    const webview = talkTo(sample);
    await webview.hear('opened', 0);
    webview.say({ type: 'cancel' });
    assert.equal((await webview.render({ regions: { max: whole(1, 1) } })).length, 1);
    assert.ok(!webview.heard.some(message => message.type === 'failed'));
  });
});

suite('The real panel', () => {
  teardown(cleanUp);

  test('of a file that is no picture opens like any other, and says so', async () => {
    const { panels } = await extension.activate();
    const file = scratchFile('text.png', 'text');
    await vscode.commands.executeCommand('poolingPreview.open', file);
    const session = panels.sessions.find(each => each.document.uri.toString() === file.toString());
    assert.ok(session);
    await new Conversation(session.document).say({ type: 'ready' }).hear('failed', 0);
  });
});
