import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { LastPicture } from '../../src/host/lastPicture';
import { CellItems } from '../../src/host/lens/cellItems';
import { CodeOrigin } from '../../src/host/lens/codeOrigin';
import { CodeReader } from '../../src/host/lens/codeReader';
import { pictureAtHand } from '../../src/host/pictureAtHand';
import type { Status } from '../../src/protocol';
import { base } from '../options';
import {
  cleanUp,
  extension,
  noise,
  ofPage,
  pageOf,
  sample,
  scratchFile,
  scratchFolder,
  sessionsOf,
  statusOf,
  talkTo,
} from './conversation';
import { eventually } from './eventually';
import { testInNode } from './host';

const { ViewColumn } = vscode;

const model = `import torch.nn as nn

class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.pool = nn.MaxPool2d(kernel_size=3, stride=2)  # overlapping
`;

const notebook = (...cells: readonly string[]) =>
  JSON.stringify({
    cells: cells.map(source => ({ cell_type: 'code', metadata: {}, source, outputs: [], execution_count: null })),
    metadata: { language_info: { name: 'python' } },
    nbformat: 4,
    nbformat_minor: 2,
  });

async function shown(text: string, name = 'model.py'): Promise<vscode.TextDocument> {
  const document = await vscode.workspace.openTextDocument(scratchFile(name, text));
  await vscode.window.showTextDocument(document, ViewColumn.One);
  return document;
}

async function lensesOf({ uri }: vscode.TextDocument): Promise<vscode.Command[]> {
  const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>('vscode.executeCodeLensProvider', uri, 99);
  return lenses.map(({ command }) => command!).filter(({ title }) => /pool|layers|no preview/i.test(title));
}

const run = ({ command, arguments: args = [] }: vscode.Command) => vscode.commands.executeCommand(command, ...args);

/** Waits until a page shows that kernel. */
const kernelIn = (session: { readonly status: Status | undefined }, kernel: number) =>
  ofPage(`a kernel of ${kernel}`, () => session.status?.options.kernelSize[0] === kernel && session.status);

async function opened(picture: vscode.Uri, column: vscode.ViewColumn) {
  await vscode.commands.executeCommand('vscode.openWith', picture, 'poolingPreview.editor', { viewColumn: column });
  const [session] = await sessionsOf(picture);
  await pageOf(session!);
  return session!;
}

suite('The lens', () => {
  teardown(async () => {
    const settings = vscode.workspace.getConfiguration('poolingPreview.lens');
    for (const name of ['codeLens', 'notebook', 'hover'])
      await settings.update(name, undefined, vscode.ConfigurationTarget.Global);
    await cleanUp();
  });

  testInNode('scripts there can load no other', 'loads the parser with the first Python file, not before', async () => {
    await extension.activate();
    const { cache } = process.getBuiltinModule('node:module').createRequire(`${extension.extensionPath}/`);
    const isLoaded = () => Object.keys(cache).some(path => /dist.python\.js$/.test(path));
    assert.equal(isLoaded(), false);
    await lensesOf(await shown(model));
    assert.equal(isLoaded(), true);
  });

  test('stands over each pooling with its settings, and says what is not known or not supported', async () => {
    const document = await shown(`${model}
a = nn.AvgPool2d(k, padding=1)
b = nn.AdaptiveAvgPool2d((7, None))
c = nn.FractionalMaxPool2d(3, output_size=7)
d = tf.keras.layers.MaxPool2D(3, padding="same")
e = nn.LPPool2d(2, 3)
f = layers.GlobalAveragePooling2D()
g = F.max_pool2d(x, 3, stride=s)
`);
    assert.deepEqual(
      (await lensesOf(document)).map(({ title }) => title),
      [
        'Preview pooling · 3×3 / 2',
        'Preview pooling · kernel_size not known',
        'Preview pooling · → 7×W',
        'nn.FractionalMaxPool2d: no preview',
        'Preview pooling · 3×3, padding same',
        'Preview pooling · L2 3×3',
        'Preview pooling',
        'Preview pooling · 3×3 · stride not known',
      ],
    );
  });

  test('is gone where its setting is off', async () => {
    const document = await shown(model);
    assert.equal((await lensesOf(document)).length, 1);
    const settings = vscode.workspace.getConfiguration('poolingPreview.lens');
    await settings.update('codeLens', false, vscode.ConfigurationTarget.Global);
    assert.deepEqual(await lensesOf(document), []);
  });

  test('opens the last picture beside the code with its settings, and the code keeps the focus', async () => {
    const picture = scratchFile('noise.png', noise(40, 30).file);
    await opened(picture, ViewColumn.One);
    await cleanUpTabs();
    const document = await shown(model);
    await run((await lensesOf(document))[0]!);
    const [session] = await sessionsOf(picture);
    const { options } = await kernelIn(session!, 3);
    assert.deepEqual(options.stride, [2, 2]);
    assert.equal(vscode.window.activeTextEditor?.document, document);
    assert.equal(columnOf(picture), ViewColumn.Two);
  });

  test('has a preview that is open in another column take them', async () => {
    const picture = scratchFile('noise.png', noise(40, 30).file);
    const document = await shown(model);
    const session = await opened(picture, ViewColumn.Two);
    await vscode.window.showTextDocument(document, ViewColumn.One);
    await run((await lensesOf(document))[0]!);
    await kernelIn(session, 3);
    await sessionsOf(picture, 1);
  });

  test('has a preview behind another tab come to the front and take them', async () => {
    const picture = scratchFile('noise.png', noise(40, 30).file);
    const document = await shown(model);
    const session = await opened(picture, ViewColumn.Two);
    await vscode.window.showTextDocument(scratchFile('over.txt', 'over'), { viewColumn: ViewColumn.Two });
    await vscode.window.showTextDocument(document, ViewColumn.One);
    await run((await lensesOf(document))[0]!);
    await kernelIn(session, 3);
    assert.equal(vscode.window.activeTextEditor?.document, document);
  });

  test('shows what it stands over when it is clicked before it has followed what was typed', async () => {
    const picture = scratchFile('noise.png', noise(40, 30).file);
    const session = await opened(picture, ViewColumn.Two);
    const document = await shown('a = nn.MaxPool2d(2)\nb = nn.MaxPool2d(3)\nc = nn.MaxPool2d(4)\n');
    const [, second] = await lensesOf(document);
    const edit = new vscode.WorkspaceEdit();
    // The third call is now where the second was.
    edit.delete(document.uri, new vscode.Range(0, 0, 1, 0));
    await vscode.workspace.applyEdit(edit);
    await run(second!);
    await kernelIn(session, 3);
    // What the first one says has changed.
    const [first] = await lensesOf(document);
    const other = new vscode.WorkspaceEdit();
    other.replace(document.uri, new vscode.Range(0, 17, 0, 18), '7');
    await vscode.workspace.applyEdit(other);
    await run(first!);
    await kernelIn(session, 7);
  });

  test('does not take a picture that cannot be shown', async () => {
    const picture = scratchFile('noise.png', noise(40, 30).file);
    await opened(picture, ViewColumn.One);
    await cleanUpTabs();
    const broken = scratchFile('broken.png', 'no picture');
    await vscode.commands.executeCommand('vscode.openWith', broken, 'poolingPreview.editor', ViewColumn.Two);
    const [failed] = await sessionsOf(broken);
    await eventually('it has failed', () => failed!.document.state.type === 'failed');
    await run((await lensesOf(await shown(model)))[0]!);
    const [session] = await sessionsOf(picture);
    await kernelIn(session!, 3);
  });

  test('goes along to the next picture of the folder', async () => {
    const folder = scratchFolder();
    const [first, next] = ['a.png', 'b.png'].map(name => scratchFile(name, noise(40, 30).file, folder));
    const document = await shown(model);
    const session = await opened(first!, ViewColumn.Two);
    await vscode.window.showTextDocument(document, ViewColumn.One);
    await run((await lensesOf(document))[0]!);
    await kernelIn(session, 3);
    await vscode.commands.executeCommand('workbench.action.focusSecondEditorGroup');
    await vscode.commands.executeCommand('poolingPreview.next');
    const [after] = await sessionsOf(next!);
    await pageOf(after!);
    await kernelIn(after!, 3);
    assert.equal(after!.source?.place, 'model.py:6');
    assert.equal(session.source, undefined);
  });

  test('opens another preview where the only one lies over the code', async () => {
    const picture = scratchFile('noise.png', noise(40, 30).file);
    await opened(picture, ViewColumn.One);
    const document = await shown(model);
    await run((await lensesOf(document))[0]!);
    const sessions = await sessionsOf(picture, 2);
    await kernelIn(sessions[1]!, 3);
  });

  test('is a command at the cursor, too', async () => {
    const picture = scratchFile('noise.png', noise(40, 30).file);
    const session = await opened(picture, ViewColumn.Two);
    const document = await shown('x = 1\na = nn.MaxPool2d(3)\nb = nn.MaxPool2d(\n    5)\n');
    for (const [line, character, kernel] of [
      [1, 0, 3],
      [3, 5, 5],
      [1, 17, 3],
    ] as const) {
      const place = new vscode.Position(line, character);
      await vscode.window.showTextDocument(document, {
        viewColumn: ViewColumn.One,
        selection: new vscode.Range(place, place),
      });
      await vscode.commands.executeCommand('poolingPreview.previewAtCursor');
      await kernelIn(session, kernel);
    }
  });

  test('explains the pooling under the pointer', async () => {
    const document = await shown(`${model}y = F.max_pool2d(F.relu(x), 2)\n`);
    const hoversAt = async (line: number, character: number) => {
      const place = new vscode.Position(line, character);
      const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
        'vscode.executeHoverProvider',
        document.uri,
        place,
      );
      return hovers.flatMap(({ contents }) => contents.map(content => (content as vscode.MarkdownString).value)).join();
    };
    assert.match(await hoversAt(5, 25), /nn\.MaxPool2d/);
    assert.match(await hoversAt(5, 38), /nn\.MaxPool2d/);
    assert.doesNotMatch(await hoversAt(5, 8), /MaxPool2d/);
    assert.match(await hoversAt(6, 14), /F\.max_pool2d/);
    assert.doesNotMatch(await hoversAt(6, 25), /max_pool2d/, 'the input is not a setting');
    await vscode.workspace
      .getConfiguration('poolingPreview.lens')
      .update('hover', false, vscode.ConfigurationTarget.Global);
    assert.doesNotMatch(await hoversAt(5, 25), /MaxPool2d/);
  });

  test('has an entry in the status bar of a notebook’s cells, which know each other’s names', async () => {
    const cells = [
      'import torch.nn as layer\nsize = 3',
      'layer.MaxPool2d(size)',
      'a = layer.MaxPool2d(2)\nb = layer.AvgPool2d(2)',
    ];
    const uri = scratchFile('model.ipynb', notebook(...cells));
    const document = await vscode.workspace.openNotebookDocument(uri);
    const items = new CellItems(new CodeReader());
    const { token } = new vscode.CancellationTokenSource();
    const textsOf = async (index: number) =>
      (await items.provideCellStatusBarItems(document.cellAt(index), token)).map(({ text }) => text);
    assert.deepEqual(await textsOf(0), []);
    assert.deepEqual(await textsOf(1), ['$(combine) Preview pooling · 3×3']);
    assert.deepEqual(await textsOf(2), ['$(combine) Preview pooling · 2 places']);
    const changed = new Promise<void>(resolve => items.onDidChangeCellStatusBarItems(resolve));
    const edit = new vscode.WorkspaceEdit();
    edit.replace(document.cellAt(0).document.uri, new vscode.Range(1, 7, 1, 8), '5');
    await vscode.workspace.applyEdit(edit);
    await changed;
    assert.deepEqual(await textsOf(1), ['$(combine) Preview pooling · 5×5']);
    await vscode.workspace
      .getConfiguration('poolingPreview.lens')
      .update('notebook', false, vscode.ConfigurationTarget.Global);
    assert.deepEqual(await textsOf(1), []);
    items.dispose();
  });
});

suite('The picture for code', () => {
  teardown(cleanUp);

  test('is that of the open preview, else the last one that is still there, else the one that is chosen', async () => {
    const store = new Map<string, unknown>();
    const last = new LastPicture({
      keys: () => [...store.keys()],
      get: <T>(key: string) => store.get(key) as T,
      update: async (key: string, value: unknown) => void store.set(key, value),
    });
    const chosen = vscode.Uri.file('/chosen.png');
    const at = (latest?: vscode.Uri) =>
      pictureAtHand(
        latest,
        () => false,
        last,
        async () => chosen,
      );
    assert.equal(String(await at()), String(chosen));
    last.remember(vscode.Uri.file('/gone.png'));
    assert.equal(String(await at()), String(chosen));
    last.remember(sample);
    assert.equal(String(await at()), String(sample));
    const open = vscode.Uri.file('/open.png');
    assert.equal(String(await at(open)), String(open));
  });
});

suite('The code behind a preview', () => {
  teardown(cleanUp);

  const three = (): Status =>
    statusOf({ options: { ...base, framework: 'pytorch', kernelSize: [3, 3], stride: [2, 2] } });
  const with5: Status = statusOf({ options: { ...base, framework: 'pytorch', kernelSize: [5, 5], stride: [2, 2] } });

  /** The call of a file, followed. */
  async function originIn(document: vscode.TextDocument) {
    const reader = new CodeReader();
    const { calls } = await reader.read(document);
    const complaints: string[] = [];
    const origin = new CodeOrigin(document, { call: calls[0]! }, reader, message => complaints.push(message));
    return { origin, complaints };
  }

  async function insert(document: vscode.TextDocument, line: number, text: string) {
    const edit = new vscode.WorkspaceEdit();
    edit.insert(document.uri, new vscode.Position(line, 0), text);
    await vscode.workspace.applyEdit(edit);
  }

  test('is named by file and line, and follows the text before it', async () => {
    const document = await shown(model);
    const { origin } = await originIn(document);
    assert.deepEqual(origin.source(three()), { place: 'model.py:6', callee: 'nn.MaxPool2d', isWritable: false });
    await insert(document, 0, '# one\n# two\n');
    assert.equal(origin.source(undefined).place, 'model.py:8');
    origin.dispose();
  });

  test('takes the knobs as one step to undo, and can take them again', async () => {
    const document = await shown(model);
    const { origin, complaints } = await originIn(document);
    assert.equal(origin.source(with5).isWritable, true);
    await insert(document, 0, '# above\n');
    await origin.write(with5);
    const written = `# above\n${model.replace('kernel_size=3', 'kernel_size=5')}`;
    assert.equal(document.getText(), written);
    assert.equal(origin.source(with5).isWritable, false);
    await vscode.commands.executeCommand('undo');
    assert.equal(document.getText(), `# above\n${model}`);
    assert.equal(origin.source(with5).isWritable, true);
    await origin.write(with5);
    assert.equal(document.getText(), written);
    await vscode.commands.executeCommand('undo');
    await vscode.commands.executeCommand('redo');
    assert.equal(origin.source(with5).isWritable, false);
    await origin.write(three());
    assert.equal(document.getText(), `# above\n${model}`);
    assert.deepEqual(complaints, []);
    origin.dispose();
  });

  test('is found again where it is taken away and put back, or moved', async () => {
    const two = `${model}        self.pool2 = nn.MaxPool2d(2)\n`;
    const document = await shown(two);
    const { origin, complaints } = await originIn(document);
    const cursor = new vscode.Position(5, 20);
    await vscode.window.showTextDocument(document, { selection: new vscode.Range(cursor, cursor) });
    await vscode.commands.executeCommand('editor.action.deleteLines');
    await vscode.commands.executeCommand('undo');
    assert.equal(document.getText(), two);
    assert.equal(origin.source(undefined).place, 'model.py:6');
    await vscode.commands.executeCommand('editor.action.moveLinesDownAction');
    assert.equal(origin.source(undefined).place, 'model.py:7');
    await vscode.commands.executeCommand('editor.action.moveLinesUpAction');
    assert.equal(origin.source(undefined).place, 'model.py:6');
    // As a file that has changed on disk: all at once.
    const edit = new vscode.WorkspaceEdit();
    edit.replace(document.uri, new vscode.Range(0, 0, 99, 0), `# one\n# two\n${two}# end\n`);
    await vscode.workspace.applyEdit(edit);
    assert.equal(origin.source(undefined).place, 'model.py:8');
    await origin.write(with5);
    assert.match(document.getText(), /kernel_size=5/);
    assert.deepEqual(complaints, []);
    origin.dispose();
  });

  test('that has changed meanwhile is left alone, and it is said why', async () => {
    const document = await shown(model);
    const { origin, complaints } = await originIn(document);
    const edit = new vscode.WorkspaceEdit();
    const at = document.positionAt(model.indexOf('kernel_size=3') + 'kernel_size='.length);
    edit.replace(document.uri, new vscode.Range(at, at.translate(0, 1)), '7');
    await vscode.workspace.applyEdit(edit);
    const changed = document.getText();
    await origin.write(with5);
    assert.equal(document.getText(), changed);
    assert.deepEqual(complaints, ['The call in model.py:6 has changed. Preview it again, then write to it.']);
    origin.dispose();
  });

  test('cannot take what its framework has no words for', async () => {
    const document = await shown(model);
    const { origin, complaints } = await originIn(document);
    const keras = statusOf({ options: { ...base, framework: 'keras', countIncludePad: false } });
    assert.deepEqual(origin.source(keras), {
      place: 'model.py:6',
      callee: 'nn.MaxPool2d',
      remark: 'the code is PyTorch, the preview Keras',
      isWritable: false,
    });
    await origin.write(statusOf({ options: { ...base, padding: 'same' } }));
    assert.equal(document.getText(), model);
    assert.equal(complaints.length, 1);
    assert.match(complaints[0]!, /padding/);
    origin.dispose();
  });

  test('that is gone is not looked for in silence', async () => {
    const uri = scratchFile('gone.py', model);
    // A document that an extension has opened stays open for minutes.
    await vscode.commands.executeCommand('vscode.open', uri);
    const { document } = vscode.window.activeTextEditor!;
    const { origin, complaints } = await originIn(document);
    await cleanUpTabs();
    await eventually('closed', () => document.isClosed);
    await vscode.workspace.fs.delete(uri);
    await origin.go();
    await origin.write(with5);
    const said = 'The code in gone.py:6 is no longer there.';
    assert.deepEqual(complaints, [said, said]);
    origin.dispose();
  });

  test('that was never saved is gone when it is closed', async () => {
    const document = await vscode.workspace.openTextDocument({ language: 'python', content: model });
    await vscode.window.showTextDocument(document);
    const { origin, complaints } = await originIn(document);
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    await eventually('closed', () => document.isClosed);
    await origin.go();
    assert.equal(complaints.length, 1);
    assert.equal(vscode.window.activeTextEditor, undefined);
    origin.dispose();
  });

  test('of a notebook is named by its cell, and written into it', async () => {
    const uri = scratchFile('model.ipynb', notebook('import torch.nn as nn', 'pool = nn.MaxPool2d(2)'));
    const document = await vscode.workspace.openNotebookDocument(uri);
    const cell = document.cellAt(1).document;
    const { origin } = await originIn(cell);
    assert.equal(origin.source(undefined).place, 'model.ipynb, cell 2:1');
    await origin.write(with5);
    assert.equal(cell.getText(), 'pool = nn.MaxPool2d(5, stride=2)');
    await origin.go();
    assert.equal(vscode.window.activeNotebookEditor?.notebook, document);
    assert.deepEqual(vscode.window.activeNotebookEditor?.selection.start, 1);
    await vscode.commands.executeCommand('notebook.cell.moveUp');
    await eventually('the place of the cell', () => origin.source(undefined).place === 'model.ipynb, cell 1:1');
    origin.dispose();
  });

  test('is shown in its editor', async () => {
    const document = await shown(model);
    const { origin } = await originIn(document);
    await opened(sample, ViewColumn.Two);
    await origin.go();
    const editor = vscode.window.activeTextEditor;
    assert.equal(editor?.document, document);
    assert.equal(editor?.viewColumn, ViewColumn.One);
    assert.equal(document.getText(editor?.selection), 'nn.MaxPool2d(kernel_size=3, stride=2)');
    origin.dispose();
  });

  test('reaches a page after the greeting, and again when it comes back, until it has taken the settings', async () => {
    const { session, heard, document } = talkTo(sample);
    await eventually('open', () => document.state.type === 'opened');
    const code = await shown(model);
    const { origin } = await originIn(code);
    session.take({ tab: 'pool' }, origin);
    const types = () => heard.map(({ type }) => type).filter(type => ['hello', 'settings', 'source'].includes(type));
    assert.deepEqual(types(), ['hello', 'settings', 'source']);
    session.receive({ type: 'ready' });
    assert.deepEqual(types().slice(3), ['hello', 'settings', 'source']);
    const chosen: unknown[] = [];
    session.onDidChoose(state => chosen.push(state));
    session.receive({ type: 'chosen', state: { tab: 'pool' } });
    assert.deepEqual(chosen, [], 'the code has chosen, not the user');
    session.receive({ type: 'taken' });
    session.receive({ type: 'chosen', state: { tab: 'noise' } });
    assert.deepEqual(chosen, [{ tab: 'noise' }]);
    session.receive({ type: 'ready' });
    assert.deepEqual(types().slice(6), ['hello', 'source']);
    session.receive({ type: 'code', action: 'forget' });
    assert.deepEqual(heard.at(-1), { type: 'source' });
  });
});

function columnOf(uri: vscode.Uri): vscode.ViewColumn | undefined {
  return vscode.window.tabGroups.all.find(({ tabs }) =>
    tabs.some(({ input }) => input instanceof vscode.TabInputCustom && String(input.uri) === String(uri)),
  )?.viewColumn;
}

const cleanUpTabs = () => vscode.commands.executeCommand('workbench.action.closeAllEditors');
