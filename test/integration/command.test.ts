import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { type CommandSurroundings, openPreviews, openSample, viewType } from '../../src/host/command';
import { base } from '../options';
import { cleanUp, extension, noise, sample, scratchFile, scratchFolder, sessionsOf } from './conversation';
import { eventually } from './eventually';

const previews = () =>
  vscode.window.tabGroups.all
    .flatMap(group => group.tabs)
    .map(tab => tab.input)
    .filter(input => input instanceof vscode.TabInputCustom)
    .filter(input => input.viewType === viewType)
    .map(input => input.uri.toString());

const command = (...args: unknown[]) => vscode.commands.executeCommand('poolingPreview.open', ...args);

/** Where the packaged picture of that name is. */
const packaged = (name: string) => vscode.Uri.joinPath(extension.extensionUri, 'media/samples', name);

/** Runs a command in a pretended window; returns what it opened. */
async function openedBy(run: (window: CommandSurroundings) => Promise<void>, window: Partial<CommandSurroundings>) {
  const uris: string[] = [];
  await run({
    activeTab: () => undefined,
    ask: async () => assert.fail('nothing should be asked'),
    askForSample: async () => assert.fail('nothing should be asked'),
    uriOf: packaged,
    open: async uri => uris.push(uri.toString()),
    ...window,
  });
  return uris;
}

/** Runs `poolingPreview.open` in a pretended window; returns what it opened. */
const opened = (window: Partial<CommandSurroundings>, ...args: [clicked?: unknown, selected?: unknown]) =>
  openedBy(pretended => openPreviews(pretended, ...args), window);

suite('The command', () => {
  teardown(cleanUp);

  test('is contributed, with a title', async () => {
    await extension.activate();
    assert.ok((await vscode.commands.getCommands()).includes('poolingPreview.open'));
    const [contributed] = extension.packageJSON.contributes.commands;
    assert.equal(contributed.title, 'Preview Pooling');
  });

  test('opens a tab with our editor for the file it is given', async () => {
    await command(sample);
    assert.deepEqual(previews(), [sample.toString()]);
    const [session] = await sessionsOf(sample);
    await eventually('the picture is open', () => session!.document.state.type === 'opened');
  });

  test('opens one tab each for all that are selected, and leaves out what is no picture', async () => {
    const folder = scratchFolder();
    const pictures = ['a.png', 'b.PNG', 'c.jpeg', 'd.JPG'].map(name => scratchFile(name, noise(4, 4).file, folder));
    const text = scratchFile('e.txt', 'text', folder);
    await command(pictures[0], [...pictures, text]);
    assert.deepEqual(previews().sort(), pictures.map(String).sort());
  });

  test('takes the active tab’s picture when called with nothing, from VS Code’s own preview too', async () => {
    await vscode.commands.executeCommand('vscode.open', sample);
    const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
    assert.ok(input instanceof vscode.TabInputCustom && input.viewType === 'imagePreview.previewEditor');
    await command();
    assert.deepEqual(previews(), [sample.toString()]);
  });

  test('asks when called with nothing and no picture is in front; opens nothing when nothing is chosen', async () => {
    const two = [vscode.Uri.file('/a.png'), vscode.Uri.file('/b.jpg')];
    assert.deepEqual(await opened({ ask: async () => two }), two.map(String));
    assert.deepEqual(await opened({ ask: async () => undefined }), []);
    await vscode.window.showTextDocument(scratchFile('notes.txt', 'text'));
    const { activeTab } = vscode.window.tabGroups.activeTabGroup;
    assert.deepEqual(await opened({ activeTab: () => activeTab, ask: async () => two }), two.map(String));
  });

  test('takes what menus pass: a second argument that is no selection, a selection without the file clicked', async () => {
    const [a, b] = [vscode.Uri.file('/a.png'), vscode.Uri.file('/b.png')];
    assert.deepEqual(await opened({}, a, { groupId: 1 }), [String(a)]);
    assert.deepEqual(await opened({}, a, [a]), [String(a)]);
    assert.deepEqual(await opened({}, undefined, [a, b]), [String(a), String(b)]);
    assert.deepEqual(await opened({ ask: async () => [b] }, 'no uri', 17), [String(b)]);
  });

  test('opens a packaged picture by its name, and asks which without one', async () => {
    await vscode.commands.executeCommand('poolingPreview.openSample', 'text.png');
    assert.deepEqual(previews(), [packaged('text.png').toString()]);
    const [session] = await sessionsOf(packaged('text.png'));
    await eventually('the picture is open', () => session!.document.state.type === 'opened');
    assert.ok(session!.document.isPackaged);
    // What the page will report: VS Code 1.100 sometimes loads none where it has just replaced another.
    const view = { mode: 'grey', orient: true } as const;
    session!.receive({ type: 'status', status: { view, options: base, operators: ['max'], scale: 1 } });
    await vscode.commands.executeCommand('poolingPreview.copyCode', { target: 'numpy' });
    const code = await vscode.env.clipboard.readText();
    assert.ok(code.includes(packaged('text.png').fsPath), 'the script finds the sample from any folder');
    assert.match(code, /'text-max\.png'/);
    for (const [answer, expected] of [
      ['edges.png', [packaged('edges.png').toString()]],
      [undefined, []],
    ] as const) {
      const askForSample = async () => answer;
      assert.deepEqual(await openedBy(window => openSample(window, '../icon.png'), { askForSample }), expected);
    }
  });

  test('names in any case are ours in Open With', async () => {
    const odd = scratchFile('ODD.PnG', noise(4, 4).file);
    await vscode.commands.executeCommand('vscode.openWith', odd, viewType);
    assert.deepEqual(previews(), [odd.toString()]);
    await sessionsOf(odd);
  });
});
