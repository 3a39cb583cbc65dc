import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';

suite('The extension host', () => {
  test('has the folder of sample pictures open', async () => {
    const found = await vscode.workspace.findFiles('mountain.jpg');
    assert.equal(found.length, 1);
  });

  test('has the extension under development installed and can activate it', async () => {
    const extension = vscode.extensions.getExtension('pooling-preview.pooling-preview');
    assert.ok(extension);
    await extension.activate();
    assert.ok(extension.isActive);
  });
});
