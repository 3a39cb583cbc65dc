import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { extension } from './conversation';

/** The answer of a tool as VS Code hands it to a model. */
async function ask(name: string, input: object) {
  const { content } = await vscode.lm.invokeTool(name, { input, toolInvocationToken: undefined });
  const [part, ...others] = content;
  assert.ok(part instanceof vscode.LanguageModelTextPart && others.length === 0);
  return JSON.parse(part.value);
}

const resnet = { input_shape: [1, 3, 224, 224], operator: 'max', kernel_size: 3, stride: 2, padding: 1 };

suite('Tools for agents', () => {
  test('are offered with a name, a description and a schema', () => {
    const contributed: { name: string }[] = extension.packageJSON.contributes.languageModelTools;
    for (const { name } of contributed) {
      const tool = vscode.lm.tools.find(offered => offered.name === name);
      assert.ok(tool, name);
      assert.match(tool.description, /PyTorch, Keras|PyTorch, Keras and ONNX/);
      assert.ok(tool.inputSchema && 'properties' in tool.inputSchema);
    }
    assert.equal(contributed.length, 3);
  });

  test('tell output shapes', async () => {
    const { input_shape, ...layer } = resnet;
    const { output_shape, layers } = await ask('pooling_output_shape', { input_shape, layers: [layer] });
    assert.deepEqual(output_shape, [1, 3, 112, 112]);
    assert.equal(layers[0].height, '⌊(224 + 2·1 − 3)/2⌋ + 1 = 112');
  });

  test('tell the window of a pixel', async () => {
    const pixel = { ...resnet, operator: 'average', row: 0, column: 111 };
    const { rows, columns, divisor } = await ask('pooling_window', pixel);
    assert.deepEqual([rows.read, columns.read, divisor], [[0, 1], [221, 223], 9]);
  });

  test('compare frameworks', async () => {
    const { keras, onnx } = await ask('pooling_compare_frameworks', resnet);
    assert.deepEqual(keras.differences, ['pads 0 before and 1 after; here 1 and 1']);
    assert.equal(onnx.result, 'same windows and divisors');
  });

  test('pass on what a framework refuses', async () => {
    const { refused } = await ask('pooling_window', { ...resnet, padding: 2, row: 0, column: 0 });
    assert.match(refused, /^pad should be at most half of effective kernel size/);
  });

  test('fail on malformed input with a message that names the field', async () => {
    await assert.rejects(ask('pooling_compare_frameworks', { ...resnet, kernel_size: 'three' }), {
      message: 'kernel_size must be an integer or [height, width], but got "three"',
    });
  });
});
