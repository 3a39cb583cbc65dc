import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { extension } from './conversation';

suite('Activation', () => {
  // This file is the first to run: the others need the extension.
  test('the first call of a tool activates the extension', async () => {
    assert.equal(extension.isActive, false);
    await vscode.lm.invokeTool('pooling_output_shape', {
      input: { input_shape: [4, 4], layers: [{ operator: 'max', kernel_size: 2 }] },
      toolInvocationToken: undefined,
    });
    assert.equal(extension.isActive, true);
  });
});
