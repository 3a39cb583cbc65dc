// As on vscode.dev: the folder is a virtual one (test/host/web/folder), and the extension's own files come over HTTP.
import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { maxPool2d } from '../../../src/core/pool';
import { toBytes, toTensor } from '../../../src/core/tensor';
import { decodeImage } from '../../../src/decode/decode';
import { viewType } from '../../../src/host/command';
import { type ExportUi, ownUi, runExport } from '../../../src/host/exportCommands';
import type { Session } from '../../../src/host/session';
import type { ExportCommand } from '../../../src/protocol';
import { base } from '../../options';
import { cleanUp, extension, pageOf, sample, sessionsOf } from '../conversation';
import { eventually } from '../eventually';

const inFolder = (name: string) => vscode.Uri.joinPath(sample, '..', name);
const packaged = (name: string) => vscode.Uri.joinPath(extension.extensionUri, 'media/samples', name);

/** The preview of a picture, once its page shows it. */
async function opened(uri: vscode.Uri): Promise<Session> {
  await vscode.commands.executeCommand('vscode.openWith', uri, viewType);
  const [session] = await sessionsOf(uri);
  await pageOf(session!);
  return session!;
}

/** Exports max pooling. Returns where it was suggested to save, and the script that was copied. */
async function taken(command: ExportCommand, session: Session, where?: vscode.Uri) {
  let suggestion: vscode.Uri | undefined;
  let code = '';
  const complaints: string[] = [];
  const ui: ExportUi = {
    ...ownUi,
    askWhere: async (_, suggested) => {
      suggestion = suggested;
      return where;
    },
    copyCode: async copied => {
      code = copied;
    },
    complain: message => complaints.push(message),
  };
  await runExport(command, session, { pane: 'max', target: 'pytorch', type: 'floats' }, ui);
  assert.deepEqual(complaints, []);
  return { suggestion: suggestion?.toString(), code };
}

suite('In a window without a server', () => {
  teardown(cleanUp);

  test('the extension runs in the browser, from the web', () => {
    assert.equal(vscode.env.uiKind, vscode.UIKind.Web);
    assert.equal(vscode.env.remoteName, undefined);
    assert.match(extension.extensionUri.scheme, /^https?$/);
    assert.equal(vscode.workspace.workspaceFolders![0]!.uri.scheme, 'virtual');
  });

  test('a picture is saved into the folder with the very pixels of the core, and can be opened there', async () => {
    const saved = inFolder('saved.png');
    const { suggestion } = await taken('savePicture', await opened(inFolder('text.png')), saved);
    assert.equal(suggestion, inFolder('text-max.png').toString());
    const [input, output] = await Promise.all(
      [inFolder('text.png'), saved].map(async uri => decodeImage(await vscode.workspace.fs.readFile(uri))),
    );
    const options = { ...base, kernelSize: [2, 2], stride: [2, 2] } as const;
    assert.deepEqual(toBytes(toTensor(output!)), toBytes(maxPool2d(toTensor(input!), options).output));
    assert.equal((await opened(saved)).document.state.type, 'opened');
  });

  test('a picture that cannot be written beside is saved into the folder', async () => {
    const { suggestion } = await taken(
      'saveArray',
      await opened(inFolder('edges.png').with({ scheme: 'virtual-readonly' })),
    );
    assert.equal(suggestion, inFolder('edges-max.npy').toString());
  });

  test('a sample is saved into the folder, and its script says where to get it', async () => {
    const session = await opened(packaged('text.png'));
    assert.equal((await taken('savePicture', session)).suggestion, inFolder('text-max.png').toString());
    const { code } = await taken('copyCode', session);
    assert.ok(code.includes(packaged('text.png').toString()));
    assert.ok(code.includes("'text.png'") || code.includes('"text.png"'));
  });

  test('the samples follow each other, although their folder cannot be listed', async () => {
    await opened(packaged('text.png'));
    await vscode.commands.executeCommand('poolingPreview.previous');
    const [session] = await sessionsOf(packaged('salt-and-pepper.png'));
    await pageOf(session!);
  });

  test('what is written in the window shows, and what goes says so', async () => {
    const uri = inFolder('mine.png');
    await vscode.workspace.fs.writeFile(uri, await vscode.workspace.fs.readFile(inFolder('edges.png')));
    const { document } = await opened(uri);
    const height = () => document.state.type === 'opened' && document.state.info.height;
    const before = height();
    await vscode.workspace.fs.writeFile(uri, await vscode.workspace.fs.readFile(inFolder('text.png')));
    await eventually('the other picture', () => height() && height() !== before);
    await vscode.workspace.fs.delete(uri);
    await eventually('a sentence', () => document.state.type === 'failed');
  });
});
