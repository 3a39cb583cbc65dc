import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { viewType } from '../../src/host/command';
import type { Session } from '../../src/host/session';
import { cleanUp, noise, pageOf, sample, scratchFile, scratchFolder, sessionsOf } from './conversation';
import { eventually } from './eventually';

const chosen = { knobs: { kernel: [3, 3], stride: [2, 2] }, mode: 'grey', pin: { pane: 'max', x: 1, y: 1 } };

const open = (uri: vscode.Uri, options: vscode.TextDocumentShowOptions = {}) =>
  vscode.commands.executeCommand('vscode.openWith', uri, viewType, options);

const labels = () => vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs.map(({ label }) => label)).sort();

const kernelIn = async (session: Session) => (await pageOf(session)).options.kernelSize;

/** Opens a file alone and says in the page's name that the user has chosen {@link chosen}. */
async function openAndChoose(uri: vscode.Uri): Promise<Session> {
  await open(uri, { preview: false });
  const [session] = await sessionsOf(uri);
  await kernelIn(session!);
  session!.receive({ type: 'chosen', state: chosen });
  return session!;
}

suite('A second panel of a picture', () => {
  teardown(cleanUp);

  test('begins with what the first shows, whatever the settings say', async () => {
    const left = await openAndChoose(sample);
    await vscode.commands.executeCommand('workbench.action.splitEditor');
    const right = (await sessionsOf(sample, 2)).find(session => session !== left)!;
    assert.equal(right.document, left.document);
    assert.deepEqual(await kernelIn(right), [3, 3]);
    assert.equal(right.status?.view.mode, 'grey');
    assert.equal(right.status?.pixel, undefined);
  });

  test('is named by its setting, and so is the first, until one is left', async function () {
    // 1.100 shows the file's name, whatever the title of a custom editor.
    if (vscode.version.startsWith('1.100.')) this.skip();
    const left = await openAndChoose(sample);
    assert.deepEqual(labels(), ['mountain.jpg']);
    await vscode.commands.executeCommand('workbench.action.splitEditor');
    await eventually(`the names: ${labels()}`, () => labels().join() === 'mountain.jpg · 2×2,mountain.jpg · 3×3 / 2');
    const padding = { top: 1, bottom: 1, left: 1, right: 1 };
    left.receive({ type: 'status', status: { ...left.status!, options: { ...left.status!.options, padding } } });
    await eventually('the padding', () => labels()[0] === 'mountain.jpg · 2×2, padding 1');
    await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
    await eventually('the name of the file', () => labels().join() === 'mountain.jpg');
  });
});

suite('From picture to picture', () => {
  teardown(cleanUp);

  const go = (where: 'next' | 'previous') => vscode.commands.executeCommand(`poolingPreview.${where}`);

  test('in the explorer’s order and round, in the same tab, with the same knobs', async () => {
    const folder = scratchFolder();
    const [two, ten] = ['2.png', '10.png'].map((name, i) => scratchFile(name, noise(24 + i, 20).file, folder));
    scratchFile('1.txt', 'text', folder);
    await openAndChoose(two!);
    for (const [where, file] of [
      ['next', ten],
      ['next', two],
      ['previous', ten],
    ] as const) {
      await go(where);
      const [session] = await sessionsOf(file!);
      assert.deepEqual(await kernelIn(session!), [3, 3]);
      assert.equal(session!.status?.view.mode, 'grey');
      await eventually(`one tab: ${labels()}`, () => labels().join() === file!.path.split('/').at(-1));
    }
  });

  test('a picture that is open already in the column comes to the front as it is', async () => {
    const folder = scratchFolder();
    const [a, b] = ['a.png', 'b.png'].map(name => scratchFile(name, noise(24, 20).file, folder));
    await open(b!, { preview: false });
    await kernelIn((await sessionsOf(b!))[0]!);
    await openAndChoose(a!);
    await go('next');
    assert.deepEqual(labels(), ['a.png', 'b.png']);
    assert.equal(vscode.window.tabGroups.activeTabGroup.activeTab?.label, 'b.png');
    // What was meant for b is not kept for a later preview of it.
    await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
    await open(b!, { preview: false });
    assert.deepEqual(await kernelIn((await sessionsOf(b!))[0]!), [2, 2]);
  });

  test('without another picture it stays', async () => {
    const alone = scratchFile('alone.png', noise(24, 20).file);
    await openAndChoose(alone);
    await go('next');
    assert.deepEqual(labels(), ['alone.png']);
  });
});

suite('A description', () => {
  teardown(cleanUp);

  test('of what the active preview shows opens as text beside it', async () => {
    await open(sample);
    await kernelIn((await sessionsOf(sample))[0]!);
    await vscode.commands.executeCommand('poolingPreview.describe');
    const editor = await eventually('a text', () => vscode.window.activeTextEditor);
    const text = editor.document.getText();
    assert.equal(editor.document.languageId, 'plaintext');
    assert.equal(editor.viewColumn, vscode.ViewColumn.Two);
    assert.match(text, /^mountain\.jpg\n/);
    assert.match(text, /\[1, 3, 350, 512\]/);
    // It would ask whether to save it.
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  });
});

suite('What a preview begins with', () => {
  teardown(cleanUp);

  test('the settings, or with another setting what was chosen last', async () => {
    const settings = vscode.workspace.getConfiguration('poolingPreview');
    const file = scratchFile('noise.png', noise(24, 20).file);
    await openAndChoose(sample);
    await open(file, { preview: false });
    assert.deepEqual(await kernelIn((await sessionsOf(file))[0]!), [2, 2]);
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await settings.update('startWith', 'last', vscode.ConfigurationTarget.Global);
    try {
      await open(file, { preview: false });
      assert.deepEqual(await kernelIn((await sessionsOf(file))[0]!), [3, 3]);
    } finally {
      await settings.update('startWith', undefined, vscode.ConfigurationTarget.Global);
    }
  });

  test('a reset puts it back as the settings say', async () => {
    const left = await openAndChoose(sample);
    await vscode.commands.executeCommand('workbench.action.splitEditor');
    const right = (await sessionsOf(sample, 2)).find(session => session !== left)!;
    assert.deepEqual(await kernelIn(right), [3, 3]);
    await vscode.commands.executeCommand('poolingPreview.reset');
    await eventually('the kernel of the settings', () => right.status?.options.kernelSize[0] === 2);
    assert.equal(right.status?.view.mode, 'colour');
  });

  test('is what other panels take over, from a page that was there before the window was reloaded, too', async () => {
    await open(sample);
    const [session] = await sessionsOf(sample);
    await kernelIn(session!);
    session!.receive({ type: 'ready', heard: true, state: chosen });
    await vscode.commands.executeCommand('workbench.action.splitEditor');
    const right = (await sessionsOf(sample, 2)).find(each => each !== session)!;
    assert.deepEqual(await kernelIn(right), [3, 3]);
  });
});
