import * as assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import * as vscode from 'vscode';
import { avgPool2d, maxPool2d } from '../../src/core/pool';
import { toBytes } from '../../src/core/tensor';
import { viewType } from '../../src/host/command';
import { PrefetchGuess } from '../../src/host/prefetchGuess';
import { base } from '../options';
import {
  Conversation,
  cleanUp,
  noise,
  renderRequest,
  sample,
  scratchFile,
  sessionsOf,
  statusOf,
  talkTo,
  view,
  whole,
} from './conversation';
import { eventually } from './eventually';

suite('A session', () => {
  teardown(cleanUp);

  test('greets, opens, and renders the core’s own values', async () => {
    const { file, rgb } = noise(30, 20);
    const webview = talkTo(scratchFile('noise.png', file));
    const { info } = await webview.hear('opened', 0);
    assert.deepEqual([info.width, info.height, info.channels, info.bitDepth, info.format], [30, 20, 3, 8, 'png']);
    const [first] = webview.heard;
    assert.ok(first?.type === 'hello' && first.name === 'noise.png');

    const tiles = await webview.render({
      regions: { input: whole(30, 20), max: whole(15, 10), average: whole(15, 10) },
    });
    const tensor = { shape: [1, 3, 20, 30] as const, data: rgb };
    assert.deepEqual(
      tiles.map(tile => tile.data),
      [rgb, toBytes(maxPool2d(tensor, base).output), toBytes(avgPool2d(tensor, base).output)],
    );
    for (const { data } of tiles) {
      assert.equal(Object.getPrototypeOf(data), Uint8Array.prototype);
      assert.equal(data.buffer.byteLength, data.byteLength);
    }
  });

  test('reads the sample’s shapes', async () => {
    const webview = talkTo(sample);
    const { info } = await webview.hear('opened', 0);
    assert.deepEqual([info.width, info.height, info.channels, info.format], [1024, 700, 3, 'jpeg']);
    for (const [mode, channels] of [
      ['grey', 1],
      ['colour', 3],
    ] as const) {
      const [tile] = await webview.render({ view: { mode, orient: true }, regions: { max: whole(512, 350) } });
      assert.deepEqual([tile?.channels, tile?.data.length], [channels, 512 * 350 * channels]);
    }
  });

  test('refuses illegal options in the framework’s words, and goes on', async () => {
    const webview = talkTo(sample);
    await webview.hear('opened', 0);
    const illegal = { ...base, padding: { top: 3, bottom: 3, left: 3, right: 3 }, kernelSize: [4, 4] as const };
    assert.deepEqual(await webview.ask('render', renderRequest({ options: illegal, regions: { max: whole(1, 1) } })), {
      err: {
        kind: 'refused',
        message: 'pad should be at most half of effective kernel size, but got pad=3, kernel_size=4 and dilation=1',
      },
    });
    assert.equal((await webview.render({ regions: { max: whole(1, 1) } })).length, 1);
  });

  test('answers the newest of many requests and never queues stale ones', async () => {
    const webview = talkTo(sample);
    await webview.hear('opened', 0);
    const outcomes = Array.from({ length: 51 }, (_, i) => {
      const options = { ...base, kernelSize: [i + 1, i + 1] as const };
      return webview.ask('render', renderRequest({ options, regions: { max: whole(9, 9) } }));
    });
    const kinds = (await Promise.all(outcomes)).map(outcome => ('ok' in outcome ? 'ok' : outcome.err.kind));
    assert.deepEqual(kinds, ['ok', ...new Array(49).fill('superseded'), 'ok']);
  });

  test('inspects a pixel and hands out the samples', async () => {
    const { file, rgb } = noise(6, 4);
    const webview = talkTo(scratchFile('noise.png', file));
    await webview.hear('opened', 0);
    const question = { view, options: base, operators: ['max'], spot: { pane: 'max', x: 1, y: 0 } } as const;
    const [inspected, pixels] = await Promise.all([webview.ask('inspect', question), webview.ask('pixels', { view })]);
    assert.ok('ok' in inspected && 'ok' in pixels);
    const window = [6, 9, 24, 27].map(at => rgb[at]!);
    assert.equal(inspected.ok.windows.max?.channels[0]?.value, Math.max(...window));
    assert.deepEqual(pixels.ok.data, rgb);
  });

  test('answers also what it cannot do, or the page would wait for ever', async () => {
    const webview = talkTo(sample);
    await webview.hear('opened', 0);
    const illegal = { ...base, stride: [0, 0] as const };
    assert.deepEqual(await webview.ask('counts', { view, options: illegal, operators: ['max'] }), {
      err: { kind: 'refused', message: 'stride should not be zero' },
    });

    const broken = talkTo(scratchFile('broken.png', Buffer.from('no picture')));
    await broken.hear('failed', 0);
    assert.deepEqual(await broken.ask('pixels', { view }), { err: { kind: 'empty' } });
  });

  test('drops malformed messages and goes on', async () => {
    const webview = talkTo(sample);
    await webview.hear('opened', 0);
    const circular: Record<string, unknown> = { call: 'render', id: 1 };
    circular['request'] = circular;
    const hostile = [undefined, null, 1, 'ready', [], circular, { call: 'render' }, { type: 'remedy', remedy: 'rm' }];
    for (const message of hostile) webview.session.receive(message);
    // A question is answered even so.
    const spoilt = { ...renderRequest(), regions: { max: { x: 'NaN' } } } as never;
    assert.deepEqual(await webview.ask('render', spoilt), { err: { kind: 'died', message: 'malformed' } });
    const since = webview.heard.length;
    assert.equal((await webview.render({ regions: { max: whole(1, 1) } })).length, 1);
    assert.equal(webview.heard.length, since);
  });

  test('begins anew when the page does: hidden and shown again, or reloaded with the window', async () => {
    const webview = talkTo(sample);
    await webview.hear('opened', 0);
    const since = webview.heard.length;
    webview.say({ type: 'ready' });
    await webview.hear('opened', since);
    assert.deepEqual(
      webview.heard.slice(since).map(message => message.type),
      ['hello', 'opened'],
    );
  });

  test('says nothing before the page listens and after the panel is gone', async () => {
    const early = new Conversation(talkTo(sample).document);
    const late = new Conversation(early.document).say({ type: 'ready' });
    await late.hear('opened', 0);
    assert.deepEqual(early.heard, []);
    late.session.dispose();
    const count = late.heard.length;
    let isAnswered = false;
    void late.ask('render', renderRequest({ regions: { max: whole(1, 1) } })).then(() => {
      isAnswered = true;
    });
    await early.say({ type: 'ready' }).render({ regions: { max: whole(1, 1) } });
    assert.deepEqual([late.heard.length, isAnswered], [count, false]);
  });

  test('two panels of one file share its document, with options of their own', async () => {
    await vscode.commands.executeCommand('vscode.openWith', sample, viewType);
    await vscode.commands.executeCommand('vscode.openWith', sample, viewType, vscode.ViewColumn.Beside);
    const [left, right] = await sessionsOf(sample, 2);
    assert.equal(left!.document, right!.document);
    const [one, two] = [left!, right!].map(({ document }) => new Conversation(document).say({ type: 'ready' }));
    await one!.hear('opened', 0);
    const wide = { ...base, kernelSize: [7, 7] as const };
    const regions = { max: whole(100, 90) };
    const [narrowest, widest] = await Promise.all([one!.render({ regions }), two!.render({ regions, options: wide })]);
    assert.deepEqual(narrowest, await one!.render({ regions }));
    assert.notDeepEqual(narrowest[0]?.data, widest[0]?.data);
  });

  test('a page is told all before it asks, with what it would ask first once another has asked it', async () => {
    const look = new PrefetchGuess();
    const room = { width: 300, height: 400, pixelRatio: 1 };
    const regions = {
      input: { ...whole(1024, 700), columns: 300, rows: 205 },
      max: { ...whole(512, 350), columns: 300, rows: 205 },
      average: { ...whole(512, 350), columns: 300, rows: 205 },
    };
    const first = talkTo(sample);
    await first.hear('opened', 0);
    const asking = first.alongside(look);
    asking.session.begin();
    await asking.hear('opened', 0);
    const asked = await asking.render({ room, regions });
    // What is asked later, with knobs turned, is no news to others.
    await asking.render({ regions, options: { ...base, kernelSize: [9, 9] } });

    const silent = first.alongside(look);
    silent.session.begin();
    const { tiles, request } = await silent.hear('prefetched', 0);
    assert.deepEqual(
      silent.heard.map(({ type }) => type),
      ['hello', 'opened', 'prefetched'],
    );
    assert.equal(silent.heard[1]?.type === 'opened' && silent.heard[1].isPrefetching, true);
    assert.deepEqual(request, { view, options: base });
    assert.deepEqual(tiles, asked);
    // Having heard it, the page is not told again; another page that has heard nothing is.
    silent.say({ type: 'ready', heard: true });
    await silent.render({ regions });
    assert.equal(silent.heard.length, 3);
    silent.say({ type: 'ready' });
    await eventually('all once more', () => silent.heard.length === 6);
  });

  test('a page that shows a picture gets the same part of the next one with its announcement', async () => {
    const file = scratchFile('noise.png', noise(30, 20).file);
    const webview = talkTo(file);
    await webview.hear('opened', 0);
    const regions = { input: whole(30, 20), max: whole(15, 10) };
    await webview.render({ regions });
    await webview.render({ regions: { max: { ...whole(15, 10), columns: 7, rows: 5 } } });
    const since = webview.heard.length;
    const next = noise(30, 20, 2);
    writeFileSync(file.fsPath, next.file);
    await webview.reload();
    const { tiles } = await webview.hear('prefetched', since);
    assert.deepEqual(
      tiles.map(({ pane, columns }) => [pane, columns]),
      [
        ['input', 30],
        ['max', 7],
      ],
    );
    assert.deepEqual(tiles[0]?.data, next.rgb);
    // Of another size, it has to ask.
    writeFileSync(file.fsPath, noise(31, 20).file);
    assert.equal((await webview.reload()).isPrefetching, undefined);
  });

  test('what the page told of one picture is not taken for the next', async () => {
    const file = scratchFile('noise.png', noise(30, 20).file);
    const webview = talkTo(file);
    await webview.hear('opened', 0);
    webview.say({ type: 'status', status: statusOf({ pixel: 'x 29, y 19 · R 1' }) });
    assert.equal(webview.session.status?.pixel, 'x 29, y 19 · R 1');
    // Of a picture like it the zoom still holds, the values do not.
    writeFileSync(file.fsPath, noise(30, 20, 2).file);
    await webview.reload();
    assert.deepEqual(webview.session.status, statusOf());
    writeFileSync(file.fsPath, noise(8, 8).file);
    await webview.reload();
    assert.equal(webview.session.status, undefined);
  });

  test('the retry button is answered', async () => {
    const webview = talkTo(sample);
    await webview.hear('opened', 0);
    const since = webview.heard.length;
    webview.say({ type: 'remedy', remedy: 'retry' });
    await webview.hear('opened', since);
  });

  test('a text file is opened as text on request', async () => {
    const file = scratchFile('notes.png', 'This is text.');
    const webview = talkTo(file);
    assert.deepEqual((await webview.hear('failed', 0)).remedies, ['openAsText']);
    webview.say({ type: 'remedy', remedy: 'openAsText' });
    const changed = new Promise<void>(resolve => {
      const listener = vscode.window.onDidChangeActiveTextEditor(() => {
        listener.dispose();
        resolve();
      });
    });
    await changed;
    assert.equal(vscode.window.activeTextEditor?.document.uri.toString(), file.toString());
  });
});
