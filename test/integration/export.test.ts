import * as assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PNG } from 'pngjs';
import * as vscode from 'vscode';
import type { ConvLayer, PoolingLayer } from '../../src/core/layer';
import type { PoolOptions } from '../../src/core/options';
import { avgPool2d, maxPool2d, pool } from '../../src/core/pool';
import { type Tensor, toBytes } from '../../src/core/tensor';
import { poolingCode } from '../../src/export/targets';
import { viewType } from '../../src/host/command';
import {
  type ExportArguments,
  type ExportUi,
  ownUi,
  parseArguments,
  pictureCopied,
  runExport,
} from '../../src/host/exportCommands';
import type { Choice } from '../../src/host/quickPick';
import { type Alteration, altered } from '../../src/lab/alteration';
import type { ExportCommand, ShownStack, Status } from '../../src/protocol';
import { base } from '../options';
import {
  type Conversation,
  cleanUp,
  extension,
  fileUri,
  noise,
  pageOf,
  sample,
  scratchFile,
  scratchFolder,
  sessionsOf,
  statusOf,
  talkTo,
} from './conversation';
import { eventually } from './eventually';

const grey = { mode: 'grey', orient: true } as const;

const padded: PoolOptions = {
  ...base,
  kernelSize: [3, 3],
  stride: [2, 1],
  padding: { top: 1, bottom: 1, left: 1, right: 1 },
};

/** VS Code's own ways where no dialog is needed; answers dialogs, and keeps what was asked and told. */
class Scripted {
  readonly asked: string[][] = [];
  readonly descriptions: (string | undefined)[] = [];
  readonly preselected: unknown[] = [];
  readonly complaints: string[] = [];
  readonly said: string[] = [];
  suggestion: vscode.Uri | undefined;

  /** @param answers the labels that are picked, one after the other; none when they run out */
  constructor(
    private readonly answers: string[] = [],
    private readonly target?: vscode.Uri,
  ) {}

  readonly ui: ExportUi = {
    ...ownUi,
    choose: async <T>(_title: string, choices: readonly Choice<T>[], preselected?: T) => {
      this.preselected.push(preselected);
      this.asked.push(choices.map(({ label }) => label));
      this.descriptions.push(...choices.map(({ description }) => description));
      const answer = this.answers.shift();
      return choices.find(({ label }) => label === answer)?.value;
    },
    askWhere: async (title, suggestion) => {
      assert.match(title, /^Save (picture|array)$/);
      this.suggestion = suggestion;
      return this.target;
    },
    say: message => this.said.push(message),
    complain: message => this.complaints.push(message),
  };

  async take(command: ExportCommand, webview: Conversation, given: ExportArguments = {}): Promise<this> {
    await runExport(command, webview.session, given, this.ui);
    return this;
  }
}

async function showing(file: vscode.Uri, part: Partial<Status> = {}): Promise<Conversation> {
  const webview = talkTo(file);
  await webview.hear('opened', 0);
  return webview.say({ type: 'status', status: statusOf(part) });
}

/** A picture of noise and its tensor. */
function noisy(width = 31, height = 22) {
  const { file, rgb } = noise(width, height);
  const tensor: Tensor<Uint8Array> = { shape: [1, 3, height, width], data: rgb };
  return { uri: scratchFile('noise.png', file), tensor };
}

/** The channels of a PNG's pixels, of which pngjs always gives four. */
function pixelsOf(bytes: Uint8Array, channels: 1 | 3) {
  const { width, height, data } = PNG.sync.read(Buffer.from(bytes));
  return { width, height, data: data.filter((_, i) => i % 4 < channels) };
}

/** What `np.load` reads: the element type, the shape, and the values plane by plane. */
function loadNpy(file: string) {
  const bytes = readFileSync(file);
  assert.equal(bytes.subarray(1, 6).toString(), 'NUMPY');
  const start = 10 + bytes.readUInt16LE(8);
  const header = bytes.subarray(10, start).toString('latin1');
  const [, type, shape] = /'descr': ?'(.+?)'.*'fortran_order': ?False.*'shape': ?\((.+?)\)/.exec(header)!;
  const { buffer } = new Uint8Array(bytes.subarray(start));
  const values = { '|u1': Uint8Array, '<u2': Uint16Array, '<f4': Float32Array }[type!]!;
  return { type, shape: shape!.split(',').map(Number), values: [...new values(buffer)] };
}

/** A tensor's values plane by plane. */
function planesOf({ shape: [, channels], data }: Tensor): number[] {
  return Array.from({ length: channels }, (_, c) => [...data].filter((_, i) => i % channels === c)).flat();
}

suite('Exports: code', () => {
  teardown(cleanUp);

  test('the script of what is on screen is on the clipboard', async () => {
    const { uri } = noisy();
    const webview = await showing(uri, { view: grey, options: padded });
    const scripted = await new Scripted(['NumPy, with loops']).take('copyCode', webview);
    assert.deepEqual(scripted.asked, [['PyTorch', 'NumPy, with loops', 'NumPy', 'Keras', 'ONNX']]);
    assert.deepEqual([scripted.said, scripted.complaints], [['NumPy, with loops script copied'], []]);

    const code = await vscode.env.clipboard.readText();
    const picture = { width: 31, height: 22, channels: 3, bitDepth: 8, orientation: 1 } as const;
    const operators = ['max', 'average'] as const;
    const request = { path: 'noise.png', picture, ...grey, operators, options: padded };
    assert.equal(code, `# Run this in the picture's folder.\n${poolingCode('numpy-loops', request)}`);
    assert.match(code, /cv2\.imread\('noise\.png', cv2\.IMREAD_GRAYSCALE\)/);
    assert.match(code, /i \* 2, j \* 1/);
  });

  test('of a picture in the workspace the path is relative to its folder', async () => {
    const folder = vscode.workspace.workspaceFolders![0]!;
    const uri = vscode.Uri.joinPath(folder.uri, 'deep er', 'noise.png');
    await vscode.workspace.fs.writeFile(uri, noise(8, 8).file);
    try {
      await new Scripted(['PyTorch']).take('copyCode', await showing(uri));
      const [first, ...rest] = (await vscode.env.clipboard.readText()).split('\n');
      assert.match(first!, new RegExp(`^# Run this in the workspace folder '${folder.name}'`));
      assert.ok(rest.includes("image = cv2.imread('deep er/noise.png')"), rest.join('\n'));
    } finally {
      await vscode.workspace.fs.delete(vscode.Uri.joinPath(uri, '..'), { recursive: true });
    }
  });

  test('the script of the chosen framework is preselected', async () => {
    const { uri } = noisy();
    for (const framework of ['pytorch', 'keras', 'onnx'] as const) {
      const options: PoolOptions = { ...base, framework };
      const scripted = await new Scripted().take('copyCode', await showing(uri, { options }));
      assert.deepEqual(scripted.preselected, [framework]);
    }
  });

  test('while the knobs stand on something illegal there is nothing to take', async () => {
    const webview = await showing(noisy().uri, { refusal: 'stride should not be zero' });
    for (const command of ['copyCode', 'savePicture', 'saveArray', 'copyPicture'] as const) {
      const { asked, complaints } = await new Scripted(['PyTorch']).take(command, webview);
      assert.deepEqual(asked, []);
      assert.deepEqual(complaints, ['There is no pooling with these settings: stride should not be zero']);
    }
  });

  test('before an illegal layer of a stack there are pictures, but no script', async () => {
    const { uri, tensor } = noisy();
    const stack = { framework: 'pytorch', layers: [{ operator: 'max', ...base }], computed: 1 } as const;
    const refusal = 'stride should not be zero';
    const webview = await showing(uri, { refusal, stack });
    const complaints = [`There is no pooling with these settings: ${refusal}`];
    assert.deepEqual((await new Scripted(['PyTorch']).take('copyCode', webview)).complaints, complaints);
    const target = fileUri(join(scratchFolder(), 'stage.npy'));
    const scripted = await new Scripted(['1 · Max', 'uint8'], target).take('saveArray', webview);
    assert.deepEqual(scripted.complaints, []);
    const { output } = maxPool2d(tensor, base);
    assert.deepEqual(loadNpy(target.fsPath), { type: '|u1', shape: [...output.shape], values: planesOf(output) });
    const without = webview.say({ type: 'status', status: statusOf({ refusal, stack: { ...stack, computed: 0 } }) });
    assert.deepEqual((await new Scripted().take('saveArray', without)).complaints, complaints);
  });

  test('for one of the pictures only its pooling', async () => {
    await new Scripted(['PyTorch']).take('copyCode', await showing(noisy().uri), { pane: 'average' });
    const code = await vscode.env.clipboard.readText();
    assert.match(code, /AvgPool2d/);
    assert.doesNotMatch(code, /MaxPool2d/);
  });

  test('what a framework cannot express is said in the list and, if chosen all the same, in one message', async () => {
    await vscode.env.clipboard.writeText('as before');
    const webview = await showing(noisy().uri, { options: { ...base, dilation: [2, 2] } });
    const scripted = await new Scripted(['Keras']).take('copyCode', webview);
    assert.deepEqual(scripted.descriptions, ['', '', '', 'not with this dilation', '']);
    assert.deepEqual(scripted.complaints, ['Keras cannot express this pooling: dilation.']);
    assert.equal(await vscode.env.clipboard.readText(), 'as before');
  });

  test('illegal settings are refused in the framework’s words before anything is asked', async () => {
    const webview = await showing(noisy().uri, { options: { ...base, kernelSize: [40, 40], stride: [1, 1] } });
    for (const command of ['copyCode', 'savePicture', 'saveArray', 'copyPicture'] as const) {
      const scripted = await new Scripted(['PyTorch']).take(command, webview, { pane: 'max' });
      assert.deepEqual(scripted.asked, []);
      assert.equal(scripted.suggestion, undefined);
      assert.equal(scripted.complaints.length, 1);
      assert.match(scripted.complaints[0]!, /Output size is too small|Kernel size can't be greater/i);
    }
  });

  test('nothing is there to take before a picture is open', async () => {
    const webview = talkTo(scratchFile('text.png', 'no picture'));
    await webview.hear('failed', 0);
    webview.say({ type: 'status', status: statusOf() });
    assert.deepEqual((await new Scripted().take('savePicture', webview)).complaints, [
      'There is no pooled picture yet.',
    ]);
  });
});

suite('Exports: files', () => {
  teardown(cleanUp);

  for (const pane of ['max', 'average'] as const) {
    test(`the saved ${pane} picture is the core’s, pixel for pixel`, async () => {
      const { uri, tensor } = noisy();
      const webview = await showing(uri, { options: padded });
      const target = fileUri(join(scratchFolder(), 'saved.png'));
      const label = { max: 'Max pooling', average: 'Average pooling' }[pane];
      const scripted = await new Scripted([label], target).take('savePicture', webview);
      assert.deepEqual(scripted.asked, [['Max pooling', 'Average pooling']]);
      assert.equal(scripted.suggestion?.toString(), uri.toString().replace('noise.png', `noise-${pane}.png`));
      assert.deepEqual([scripted.said, scripted.complaints], [['Saved saved.png'], []]);

      const { output } = (pane === 'max' ? maxPool2d : avgPool2d)(tensor, padded);
      const [, , height, width] = output.shape;
      const saved = pixelsOf(readFileSync(target.fsPath), 3);
      assert.deepEqual([saved.width, saved.height], [width, height]);
      assert.deepEqual(new Uint8Array(saved.data), toBytes(output));
    });

    test(`the saved ${pane} arrays read back as the core’s: exact float32, and the picture’s own bytes`, async () => {
      const { uri, tensor } = noisy();
      const webview = await showing(uri, { options: padded });
      const { output } = (pane === 'max' ? maxPool2d : avgPool2d)(tensor, padded);
      for (const [label, type, values] of [
        ['float32', '<f4', planesOf(output)],
        ['uint8', '|u1', planesOf({ shape: output.shape, data: toBytes(output) })],
      ] as const) {
        const target = fileUri(join(scratchFolder(), 'saved.npy'));
        const scripted = await new Scripted([label], target).take('saveArray', webview, { pane });
        assert.deepEqual(scripted.asked, [['float32', 'uint8']]);
        assert.ok(scripted.suggestion?.path.endsWith(`/noise-${pane}.npy`));
        assert.deepEqual(loadNpy(target.fsPath), { type, shape: [...output.shape], values });
      }
    });
  }

  test('16 bits stay 16 bits', async () => {
    const words = Uint16Array.from({ length: 6 * 4 }, (_, i) => (i * 40503) & 0xffff);
    const png = new PNG({ width: 6, height: 4, colorType: 0, inputColorType: 0, bitDepth: 16, inputHasAlpha: false });
    png.data = Buffer.from(words.buffer);
    const file = PNG.sync.write(png, { colorType: 0, inputColorType: 0, bitDepth: 16, inputHasAlpha: false });
    const webview = await showing(scratchFile('deep.png', new Uint8Array(file)));
    const target = fileUri(join(scratchFolder(), 'saved.npy'));
    const scripted = await new Scripted(['uint16'], target).take('saveArray', webview, { pane: 'max' });
    assert.deepEqual(scripted.asked, [['float32', 'uint16']]);
    const { output } = maxPool2d({ shape: [1, 1, 4, 6], data: words }, base);
    assert.deepEqual(loadNpy(target.fsPath), { type: '<u2', shape: [1, 1, 2, 3], values: [...output.data] });
  });

  test('it is what was on screen when the command was called', async () => {
    const { uri, tensor } = noisy();
    const webview = await showing(uri, { view: grey });
    webview.say({ type: 'status', status: statusOf({ options: padded }) });
    const target = fileUri(join(scratchFolder(), 'saved.png'));
    const scripted = new Scripted([], target);
    const { ui } = scripted;
    await runExport(
      'savePicture',
      webview.session,
      { pane: 'max' },
      {
        ...ui,
        askWhere: (...asked) => {
          webview.say({ type: 'status', status: statusOf({ view: grey }) });
          return ui.askWhere(...asked);
        },
      },
    );
    assert.deepEqual(
      new Uint8Array(pixelsOf(readFileSync(target.fsPath), 3).data),
      maxPool2d(tensor, padded).output.data,
    );
  });

  test('every dialog can be left, and then nothing happens', async () => {
    const { uri } = noisy();
    const webview = await showing(uri);
    const since = webview.heard.length;
    for (const [command, answers] of [
      ['copyCode', []],
      ['savePicture', []],
      ['savePicture', ['Max pooling']],
      ['saveArray', ['Max pooling']],
      ['saveArray', ['Max pooling', 'uint8']],
      ['copyPicture', []],
    ] as const) {
      const { said, complaints } = await new Scripted([...answers]).take(command, webview);
      assert.deepEqual([said, complaints], [[], []]);
    }
    assert.deepEqual(webview.heard.slice(since), []);
    assert.ok(!existsSync(uri.fsPath.replace('noise.png', 'noise-max.png')));
  });

  test('what the file system refuses is told', async () => {
    const folder = join(scratchFolder(), 'folder.png');
    mkdirSync(folder);
    const webview = await showing(noisy().uri);
    const { said, complaints } = await new Scripted([], fileUri(folder)).take('savePicture', webview, {
      pane: 'max',
    });
    assert.deepEqual(said, []);
    assert.equal(complaints.length, 1);
    assert.match(complaints[0]!, /^folder\.png could not be saved: ./);
  });

  test('a packaged picture is saved into the workspace, not into the extension', async () => {
    const webview = await showing(vscode.Uri.joinPath(extension.extensionUri, 'media/samples/text.png'));
    const { suggestion } = await new Scripted().take('saveArray', webview, { pane: 'max', type: 'floats' });
    const workspace = vscode.workspace.workspaceFolders![0]!.uri;
    assert.equal(suggestion?.toString(), vscode.Uri.joinPath(workspace, 'text-max.npy').toString());
  });

  test('a picture for the clipboard is handed to the page', async () => {
    const { uri, tensor } = noisy();
    const webview = await showing(uri, { options: padded });
    const since = webview.heard.length;
    await new Scripted(['Average pooling']).take('copyPicture', webview);
    const { png } = await webview.hear('clipboard', since);
    assert.equal(png.byteLength, png.buffer.byteLength);
    assert.deepEqual(new Uint8Array(pixelsOf(png, 3).data), toBytes(avgPool2d(tensor, padded).output));
  });

  test('what became of a picture for the clipboard is told', async () => {
    const webview = await showing(noisy().uri);
    const scripted = new Scripted();
    const listening = webview.session.onDidCopy(copied => pictureCopied(copied, scripted.ui));
    webview.say({ type: 'copied' });
    assert.deepEqual(scripted.said, [], 'none was sent');
    webview.session.copy(new Uint8Array(1), 'Average');
    webview.say({ type: 'copied' });
    assert.deepEqual([scripted.said, scripted.complaints], [['Average picture copied'], []]);
    webview.say({ type: 'copied', error: 'Write permission denied.' });
    assert.deepEqual(scripted.complaints, ['The picture could not be copied: Write permission denied.']);
    listening.dispose();
  });

  test('a command takes what it is given, and nothing that it does not know', () => {
    assert.deepEqual(parseArguments({ pane: 'stage12' }), { pane: 'stage12' });
    assert.deepEqual(parseArguments({ pane: 'max', target: 'onnx', type: 'floats', webview: viewType }), {
      pane: 'max',
      target: 'onnx',
      type: 'floats',
    });
    for (const odd of [undefined, null, 'max', 3, sample, { pane: 'mask', target: 'C', type: 8 }, { pane: 'stage0' }]) {
      assert.deepEqual(parseArguments(odd), {});
    }
  });
});

suite('Exports of a stack', () => {
  teardown(cleanUp);

  const conv: ConvLayer = {
    operator: 'conv',
    outChannels: 8,
    kernelSize: [3, 3],
    stride: [1, 1],
    padding: 'same',
    dilation: [1, 1],
    groups: 1,
    bias: true,
  };
  const poolings: PoolingLayer[] = [
    { ...base, operator: 'average', kernelSize: [3, 3], stride: [2, 2] },
    { ...base, operator: 'max' },
  ];
  const stack: ShownStack = { framework: 'pytorch', layers: [...poolings, conv], computed: 2 };

  test('the code is that of all layers, and a picture is chosen among the stages', async () => {
    const webview = await showing(noisy().uri, { operators: [], stack });
    const scripted = await new Scripted(['PyTorch', '1 · Average', 'uint8']).take('copyCode', webview);
    const code = await vscode.env.clipboard.readText();
    assert.match(code, /nn\.AvgPool2d\(kernel_size=3, stride=2\), {2}# \[1, 3, 10, 15\]/);
    assert.match(code, /nn\.Conv2d\(3, 8, kernel_size=3, padding=1\), {2}# \[1, 8, 5, 7\]/);
    await scripted.take('saveArray', webview);
    assert.deepEqual(scripted.asked[1], ['1 · Average', '2 · Max']);
    assert.deepEqual(scripted.preselected.slice(0, 2), ['pytorch', 'stage2']);
    assert.match(scripted.suggestion!.path, /noise-stage1\.npy$/);
    const loops = await new Scripted(['NumPy, with loops']).take('copyCode', webview);
    assert.match(loops.complaints[0]!, /cannot express this pooling: convolution/);
  });

  test('any stage is saved with its exact values', async () => {
    const { uri, tensor } = noisy();
    const webview = await showing(uri, { operators: [], stack });
    const first = pool(tensor, poolings[0]!).output;
    const second = pool(first, poolings[1]!).output;
    for (const [pane, expected] of [
      ['stage1', first],
      ['stage2', second],
    ] as const) {
      const target = fileUri(join(scratchFolder(), `${pane}.npy`));
      await new Scripted([], target).take('saveArray', webview, { pane, type: 'floats' });
      const { type, shape, values } = loadNpy(target.fsPath);
      assert.deepEqual([type, shape], ['<f4', [...expected.shape]]);
      assert.deepEqual(values, planesOf(expected));
    }
  });

  test('a stage that is not there is not exported, and an illegal layer stops all', async () => {
    const webview = await showing(noisy().uri, { operators: [], stack });
    const scripted = await new Scripted([]).take('savePicture', webview, { pane: 'stage3' });
    assert.deepEqual([scripted.suggestion, scripted.complaints], [undefined, []]);
    const illegal = await showing(noisy().uri, { operators: [], stack, refusal: 'stride should not be zero' });
    const { complaints } = await new Scripted(['PyTorch']).take('copyCode', illegal);
    assert.deepEqual(complaints, ['There is no pooling with these settings: stride should not be zero']);
  });
});

suite('Exports of an altered picture', () => {
  teardown(cleanUp);

  const salt = { kind: 'salt', level: 0.2, seed: 7 } as const;
  const shift = { kind: 'shift', dy: 2, dx: 3 } as const;

  test('the noisy picture and its poolings are saved, as scripts name them', async () => {
    const { uri, tensor } = noisy();
    const webview = await showing(uri, { alteration: salt });
    const salted = altered(tensor, salt);
    for (const [label, name, expected] of [
      ['Noisy picture', 'noise-noisy', salted],
      ['Max pooling', 'noise-noisy-max', maxPool2d(salted, base).output],
    ] as const) {
      const target = fileUri(join(scratchFolder(), 'saved.png'));
      const scripted = await new Scripted([label], target).take('savePicture', webview);
      assert.deepEqual(scripted.asked, [['Noisy picture', 'Max pooling', 'Average pooling']]);
      assert.equal(scripted.suggestion?.toString(), uri.toString().replace('noise.png', `${name}.png`));
      assert.deepEqual(scripted.complaints, []);
      assert.deepEqual(new Uint8Array(pixelsOf(readFileSync(target.fsPath), 3).data), expected.data);
    }
    const target = fileUri(join(scratchFolder(), 'saved.npy'));
    await new Scripted([], target).take('saveArray', webview, { pane: 'average', type: 'floats' });
    const { output } = avgPool2d(salted, base);
    assert.deepEqual(loadNpy(target.fsPath), { type: '<f4', shape: [...output.shape], values: planesOf(output) });
  });

  test('of a move each pooling, moved and before, and the difference, which has no number at the edge', async () => {
    const { uri, tensor } = noisy();
    const webview = await showing(uri, { alteration: shift, operators: ['max'] });
    const [before, after] = [tensor, altered(tensor, shift)].map(from => maxPool2d(from, base).output.data);
    const names = {
      'Max pooling, moved': 'noise-shifted-max',
      'Max pooling': 'noise-max',
      'Max pooling: difference': 'noise-shifted-max-difference',
    };
    const saved: number[][] = [];
    for (const [label, name] of Object.entries(names)) {
      const target = fileUri(join(scratchFolder(), 'saved.npy'));
      const scripted = await new Scripted([label, 'float32'], target).take('saveArray', webview);
      assert.deepEqual([scripted.asked[0], scripted.complaints], [Object.keys(names), []]);
      assert.equal(scripted.suggestion?.toString(), uri.toString().replace('noise.png', `${name}.npy`));
      saved.push(loadNpy(target.fsPath).values);
    }
    const shape = [1, 3, 11, 15] as const;
    assert.deepEqual(saved[0], planesOf({ shape, data: after! }));
    assert.deepEqual(saved[1], planesOf({ shape, data: before! }));
    // ⌊2/2⌋ rows and ⌊3/2⌋ columns on; the first two columns' windows look at the repeated edge.
    const difference = after!.map((value, i) => Math.abs(value - before![i - (15 + 1) * 3]!));
    const planes = planesOf({ shape, data: difference });
    const expected = planes.map((value, i) => (i % 15 < 2 || i % 165 < 15 ? Number.NaN : value));
    assert.deepEqual(saved[2], expected);
  });

  test('a picture is named by its pane, as its context menu does', async () => {
    for (const pane of ['input', 'before.max', 'change.max', 'before.input'] as const) {
      assert.deepEqual(parseArguments({ pane }), { pane });
    }
    assert.deepEqual(parseArguments({ pane: 'change.input' }), {});
    const { uri, tensor } = noisy();
    const webview = await showing(uri, { alteration: shift });
    const since = webview.heard.length;
    const scripted = await new Scripted([]).take('copyPicture', webview, { pane: 'before.average' });
    assert.deepEqual(scripted.asked, []);
    const { png } = await webview.hear('clipboard', since);
    assert.deepEqual(new Uint8Array(pixelsOf(png, 3).data), toBytes(avgPool2d(tensor, base).output));
    // One that is not shown is chosen among those that are.
    const { asked } = await new Scripted([]).take('savePicture', webview, { pane: 'change.maxBlur' });
    assert.equal(asked[0]?.length, 6);
  });

  test('a script puts the same noise on the picture, or moves it', async () => {
    const { uri } = noisy();
    const code = async (alteration: Alteration, given: ExportArguments = {}) => {
      await new Scripted(['NumPy']).take('copyCode', await showing(uri, { alteration }), given);
      return vscode.env.clipboard.readText();
    };
    const picture = { width: 31, height: 22, channels: 3, bitDepth: 8, orientation: 1 } as const;
    const request = { path: 'noise.png', picture, mode: 'colour', orient: true, options: base } as const;
    const salted = await code(salt);
    const whole = poolingCode('numpy', { ...request, operators: ['max', 'average'], alteration: salt });
    assert.equal(salted, `# Run this in the picture's folder.\n${whole}`);
    assert.match(salted, /probability = 0\.2\nseed = np\.array\(\[7\], np\.uint32\)/);
    assert.match(salted, /'noise-noisy-max\.png'/);
    const moved = await code(shift, { pane: 'change.max' });
    assert.match(moved, /np\.pad\(image, \(\(2, 0\), \(3, 0\), \(0, 0\)\), 'edge'\)/);
    assert.match(moved, /'noise-shifted-max\.png'/);
    assert.doesNotMatch(moved, /average/);
  });

  test('a table is on the clipboard as it is, and one of any length is none', async () => {
    const webview = await showing(noisy().uri, { alteration: salt });
    const table = 'level\tMax\tAverage\n0.01\t19.5\tinf\n';
    webview.say({ type: 'copyText', text: table });
    let found = '';
    const read = async () => {
      found = await vscode.env.clipboard.readText();
    };
    await eventually('the table on the clipboard', () => {
      void read();
      return found === table;
    });
    webview.say({ type: 'copyText', text: 'x'.repeat(5001) });
    webview.say({ type: 'copyText', text: 'after it' });
    await eventually('the next text', () => {
      void read();
      assert.doesNotMatch(found, /^x/);
      return found === 'after it';
    });
  });
});

suite('The preview in front', () => {
  teardown(cleanUp);

  test('its commands act on it, by name', async () => {
    await vscode.commands.executeCommand('vscode.openWith', sample, viewType);
    const [session] = await sessionsOf(sample);
    await pageOf(session!);
    await vscode.commands.executeCommand('poolingPreview.copyCode', { target: 'numpy' });
    const code = await vscode.env.clipboard.readText();
    assert.match(code, /sliding_window_view/);
    assert.match(code, /'mountain\.jpg'/);
  });

  test('the status bar says its size and zoom, and nothing once another editor is in front', async () => {
    const { statusBar } = await extension.activate();
    assert.deepEqual(statusBar.shown, []);
    await vscode.commands.executeCommand('vscode.openWith', sample, viewType);
    const [session] = await sessionsOf(sample);
    await pageOf(session!);
    const [size, zoom] = statusBar.shown;
    assert.equal(size, '1024×700');
    assert.match(zoom!, /^\d+(\.\d)?%$/);

    session!.receive({ type: 'status', status: { ...session!.status!, scale: 0.4219, pixel: 'x 3, y 4 · R 17' } });
    assert.deepEqual(statusBar.shown, ['1024×700', '42%', 'x 3, y 4 · R 17']);

    await vscode.window.showTextDocument(scratchFile('notes.txt', 'text'));
    await eventually('it says nothing', () => statusBar.shown.length === 0);
    await vscode.commands.executeCommand('vscode.openWith', sample, viewType);
    await eventually('it is back', () => statusBar.shown[0] === '1024×700');
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await eventually('it is gone', () => statusBar.shown.length === 0);
  });

  test('the settings say what it begins with', async () => {
    const settings = vscode.workspace.getConfiguration('poolingPreview');
    const changed = { framework: 'keras', kernelSize: 3, stride: 2, mode: 'grey', orient: false, sizing: 'relative' };
    const hello = async () => (await talkTo(sample).hear('hello', 0)).defaults;
    assert.deepEqual(await hello(), {});
    try {
      for (const [name, value] of Object.entries(changed)) {
        await settings.update(name, value, vscode.ConfigurationTarget.Global);
      }
      assert.deepEqual(await hello(), {
        knobs: { framework: 'keras', countIncludePad: false, kernel: [3, 3], stride: [2, 2] },
        mode: 'grey',
        orient: false,
        sizing: 'relative',
      });
    } finally {
      for (const name of Object.keys(changed)) {
        await settings.update(name, undefined, vscode.ConfigurationTarget.Global);
      }
    }
  });
});
