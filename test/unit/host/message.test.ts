import assert from 'node:assert/strict';
import { test } from 'node:test';
import { callId, parseMessage } from '../../../src/host/message';

const options = {
  kernelSize: [2, 3],
  stride: [2, 2],
  padding: { top: 0, bottom: 1, left: 0, right: 1 },
  dilation: [1, 1],
  ceilMode: false,
  countIncludePad: true,
};
const region = { x: 0, y: 4, width: 10, height: 8, columns: 5, rows: 8 };
const view = { mode: 'colour', orient: true };
const render = { id: 3, call: 'render', request: { view, options, regions: { input: region, max: region } } };
const inspect = {
  id: 3,
  call: 'inspect',
  request: {
    view: { mode: 'grey', orient: false },
    options,
    operators: ['max', 'average'],
    spot: { pane: 'average', x: 1, y: 2 },
  },
};
const derived = {
  id: 3,
  call: 'render',
  request: {
    ...render.request,
    against: { operator: 'average', options: { ...options, padding: 'same' } },
    regions: { difference: region, mask: region },
  },
};
const counts = { id: 4, call: 'counts', request: { view, options, operators: ['average'] } };
const values = {
  id: 4,
  call: 'values',
  request: { view, options, pane: 'average', region: { x: 3, y: 0, width: 128, height: 128 } },
};
const status = {
  type: 'status',
  status: { view, options, operators: ['max', 'average'], scale: 0.42, pixel: 'x 3, y 4 · 17' },
};
const pooling = { operator: 'max', ...options };
const stages = {
  id: 5,
  call: 'stages',
  request: { view, layers: [pooling], regions: { input: region, stage1: region } },
};
const trace = { id: 6, call: 'trace', request: { view, layers: [pooling, pooling], point: { x: 3, y: 0 } } };
const stageValues = {
  id: 7,
  call: 'stageValues',
  request: { view, layers: [], region: { x: 0, y: 0, width: 9, height: 1 } },
};
const conv = {
  operator: 'conv',
  outChannels: 8,
  kernelSize: [3, 3],
  stride: [1, 1],
  padding: 'same',
  dilation: [1, 1],
  groups: 1,
  bias: true,
};
const stacked = {
  type: 'status',
  status: {
    ...status.status,
    operators: [],
    stack: { framework: 'keras', layers: [pooling, conv], shape: [1, 3, 224, 224], computed: 1 },
  },
};
const salt = { kind: 'salt', level: 0.05, seed: 1, perChannel: true };
const gaussian = { kind: 'gaussian', level: 25, seed: 4_294_967_295 };
const shift = { kind: 'shift', dy: 0, dx: 16 };
const scores = {
  id: 8,
  call: 'scores',
  request: { view, alteration: salt, options, operators: ['max', 'median'], isSample: false },
};
const changes = { ...scores, id: 9, call: 'shiftChanges', request: { ...scores.request, alteration: shift } };
const moved = {
  id: 10,
  call: 'render',
  request: {
    ...render.request,
    alteration: shift,
    regions: { 'before.max': region, max: region, 'change.max': region },
    panes: ['before.input', 'change.maxBlur'],
  },
};
const exported = { type: 'export', command: 'savePicture' };
const pixels = { id: 3, call: 'pixels', request: { view: { mode: 'alpha', orient: true } } };

test('well-formed messages pass as they are', () => {
  const good = [
    { type: 'ready' },
    { type: 'ready', heard: true, state: { mode: 'grey' } },
    { type: 'chosen', state: {} },
    { type: 'chosen', state: { knobs: { kernel: [3, 3] }, pin: null } },
    { type: 'cancel' },
    { type: 'remedy', remedy: 'openAsText' },
    render,
    inspect,
    pixels,
    status,
    exported,
    stages,
    trace,
    stageValues,
    stacked,
    scores,
    changes,
    moved,
    ...[salt, gaussian, shift].flatMap(alteration =>
      [render, inspect, values, counts, scores].map(({ request, ...call }) => ({
        ...call,
        request: { ...request, alteration },
      })),
    ),
    { ...status, status: { ...status.status, alteration: gaussian } },
    { type: 'copyText', text: 'nn.Linear(25088, 10)' },
    { ...status, status: { ...status.status, refusal: 'stride should not be zero' } },
    { type: 'description', text: 'x'.repeat(100_000) },
    { type: 'copied' },
    { type: 'status' },
    { type: 'copied', error: 'Write permission denied.' },
    derived,
    { ...derived, request: { ...derived.request, against: { operator: 'max', options } } },
    counts,
    values,
    { ...values, request: { ...values.request, pane: 'input' } },
    { ...render, request: { ...render.request, regions: {} } },
    { ...render, request: { ...render.request, options: { ...options, padding: 'same', framework: 'onnx' } } },
    { ...render, request: { ...render.request, options: { ...options, divisorOverride: 3 } } },
    { ...render, request: { ...render.request, options: { ...options, autoPad: 'SAME_LOWER' } } },
  ];
  for (const message of good) assert.deepEqual(parseMessage(structuredClone(message)), message);
});

test('illegal numbers pass: the framework refuses them in its own words', () => {
  for (const kernelSize of [
    [0, 0],
    [-1, 2],
    [2.5, 2],
    [1e9, 1],
  ]) {
    const message = { ...render, request: { ...render.request, options: { ...options, kernelSize } } };
    assert.deepEqual(parseMessage(message), message);
  }
});

test('a rule for padding is one of two', () => {
  for (const autoPad of ['VALID', undefined, 1]) {
    const message = { ...render, request: { ...render.request, options: { ...options, autoPad } } };
    assert.equal(parseMessage(message), undefined);
  }
});

test('a stack has poolings that are complete, at most 32 of them, and panes of its own', () => {
  const { id, call, request } = stages;
  const thirtyTwo = Array.from({ length: 32 }, () => pooling);
  assert.ok(parseMessage({ id, call, request: { ...request, layers: thirtyTwo } }));
  for (const change of [
    { layers: [...thirtyTwo, pooling] },
    { layers: [conv] },
    { layers: [{ operator: 'globalMax' }] },
    { layers: 'max' },
    { regions: { stage0: region } },
    { regions: { stage100: region } },
    { regions: { max: region } },
  ]) {
    assert.equal(parseMessage({ id, call, request: { ...request, ...change } }), undefined, JSON.stringify(change));
  }
  assert.equal(parseMessage({ ...trace, request: { ...trace.request, point: { x: -1, y: 0 } } }), undefined);
  for (const change of [{ layers: [{ ...conv, outChannels: '8' }] }, { shape: [3, 224, 224] }, { computed: -1 }]) {
    const stack = { ...stacked.status.stack, ...change };
    assert.equal(parseMessage({ ...stacked, status: { ...stacked.status, stack } }), undefined, JSON.stringify(change));
  }
  assert.equal(parseMessage({ type: 'copyText', text: 'x'.repeat(5001) }), undefined);
});

test('an alteration is one that the engine can do', () => {
  const bad = [
    {},
    { kind: 'shift' },
    { kind: 'blur', level: 0.1, seed: 1 },
    ...[-0.1, 1.1, Number.NaN, '0.1', null].map(level => ({ ...salt, level })),
    ...[-1, 255.5, Number.POSITIVE_INFINITY].map(level => ({ ...gaussian, level })),
    ...[-1, 0.5, 2 ** 32, '1', undefined].map(seed => ({ ...salt, seed })),
    ...[17, -1, 0.5, Number.NaN, undefined].flatMap(by => [
      { ...shift, dy: by },
      { ...shift, dx: by },
    ]),
    { ...salt, perChannel: 'yes' },
    { ...salt, perChannel: undefined },
    null,
    undefined,
    'salt',
  ];
  for (const alteration of bad) {
    for (const { request, ...call } of [render, inspect, values, counts, scores, changes]) {
      const message = { ...call, request: { ...request, alteration } };
      assert.equal(parseMessage(message), undefined, `${call.call} ${JSON.stringify(alteration)}`);
    }
    const told = { ...status, status: { ...status.status, alteration } };
    assert.equal(parseMessage(told), undefined, JSON.stringify(alteration));
  }
  // Gaussian noise has no choice of channels: what says so is dropped.
  const message = { ...scores, request: { ...scores.request, alteration: { ...gaussian, perChannel: true } } };
  assert.deepEqual(parseMessage(message), { ...message, request: { ...message.request, alteration: gaussian } });
});

test('hints that are malformed are passed over, and the question is answered all the same', () => {
  for (const hint of [
    { room: null },
    { room: { width: 0, height: 5, pixelRatio: 1 } },
    { panes: ['nowhere'] },
    { panes: 3 },
  ]) {
    const parsed = parseMessage({ ...render, request: { ...render.request, ...hint } });
    assert.ok(parsed && 'call' in parsed && parsed.call === 'render');
    const { room, panes, ...request } = parsed.request;
    assert.deepEqual([room, panes, request], [undefined, undefined, render.request]);
  }
});

test('a saved state is an object of a bounded size, and a page is heard without it', () => {
  const circular: Record<string, unknown> = {};
  circular['self'] = circular;
  const most = { text: 'x'.repeat(50_000 - '{"text":""}'.length) };
  assert.ok(parseMessage({ type: 'chosen', state: most }));
  for (const state of [undefined, null, [], 'grey', 3, circular, { text: `${most.text}x` }]) {
    assert.equal(parseMessage({ type: 'chosen', state }), undefined);
    const ready = parseMessage({ type: 'ready', heard: false, state });
    assert.ok(ready && 'type' in ready && ready.type === 'ready' && ready.state === undefined);
  }
});

test('a question has an id to be answered under, however malformed it is', () => {
  assert.equal(callId({ id: 7, call: 'destroy' }), 7);
  for (const none of [undefined, null, [], {}, { id: -1 }, { id: '7' }, { id: 0.5 }])
    assert.equal(callId(none), undefined);
});

test('unknown fields do not pass', () => {
  const message = {
    ...inspect,
    extra: 1,
    request: { ...inspect.request, html: '<b>', options: { ...options, more: {} } },
  };
  assert.deepEqual(parseMessage(message), inspect);
});

test('anything else is no message', () => {
  for (const value of [undefined, null, 0, '', 'ready', [], {}, () => 1, new Date(), new Map([['type', 'ready']])]) {
    assert.equal(parseMessage(value), undefined);
  }
  for (const type of ['', 'Ready', 'rendered', '__proto__', 'constructor', 1, ['ready']]) {
    assert.equal(parseMessage({ type }), undefined);
  }
  assert.equal(parseMessage({ type: 'remedy', remedy: 'deleteEverything' }), undefined);
  assert.equal(parseMessage({ type: 'export', command: 'open' }), undefined);
  assert.equal(parseMessage({ type: 'copied', error: 5 }), undefined);
  assert.equal(parseMessage({ type: 'description' }), undefined);
  assert.equal(parseMessage({ type: 'description', text: 'x'.repeat(100_001) }), undefined);
  for (const change of [
    { scale: 0 },
    { scale: -1 },
    { refusal: 5 },
    { refusal: 'x'.repeat(2001) },
    { pixel: 5 },
    { pixel: 'x'.repeat(1000) },
  ]) {
    assert.equal(parseMessage({ ...status, status: { ...status.status, ...change } }), undefined);
  }
});

test('a message with any one field missing or spoilt is none', () => {
  const spoilt = [undefined, null, 'x', {}, [], Number.NaN, Number.POSITIVE_INFINITY, -1.5, 1e300];
  // Where one of those values is legal after all.
  const legal = (path: string, value: unknown) =>
    (Array.isArray(value) && path === 'request.operators') ||
    (value === undefined && path === 'request.regions.input') ||
    (value === undefined && path === 'request.regions.max') ||
    (value === undefined && ['request.against', 'request.regions.difference', 'request.regions.mask'].includes(path)) ||
    (typeof value === 'object' && value !== null && !Array.isArray(value) && path === 'request.regions') ||
    (/^request\.(against\.)?options\./.test(path) &&
      typeof value === 'number' &&
      Number.isFinite(value) &&
      /\.(\d|\w+)$/.test(path));

  let tried = 0;
  const visit = (message: object, value: unknown, path: string[]) => {
    if (path.length > 0) {
      for (const bad of spoilt) {
        const name = path.join('.');
        if (legal(name, bad) && (typeof value === 'number' || /^request\.(regions|against$|operators$)/.test(name)))
          continue;
        const copy = structuredClone(message) as Record<string, unknown>;
        let parent = copy;
        for (const key of path.slice(0, -1)) parent = parent[key] as Record<string, unknown>;
        parent[path.at(-1)!] = bad;
        assert.equal(parseMessage(copy), undefined, `${name} = ${String(bad)}`);
        tried++;
      }
    }
    if (typeof value === 'object' && value !== null) {
      for (const [key, inner] of Object.entries(value)) visit(message, inner, [...path, key]);
    }
  };
  visit(render, render, []);
  visit(inspect, inspect, []);
  visit(pixels, pixels, []);
  visit(derived, derived, []);
  visit(counts, counts, []);
  visit(values, values, []);
  visit(scores, scores, []);
  visit(changes, changes, []);
  assert.ok(tried > 300);
});

test('values are of a part that has room for numbers, of a pane that has values', () => {
  const { region } = values.request;
  for (const change of [
    { region: { ...region, width: 129 } },
    { region: { ...region, height: 0 } },
    { region: { ...region, x: -1 } },
    { pane: 'difference' },
  ]) {
    assert.equal(parseMessage({ ...values, request: { ...values.request, ...change } }), undefined);
  }
});

test('regions that no screen can ask for are refused', () => {
  const withRegion = (change: object) => ({
    ...render,
    request: { ...render.request, regions: { input: { ...region, ...change } } },
  });
  assert.ok(parseMessage(withRegion({})));
  for (const change of [
    { columns: 11 },
    { rows: 9 },
    { width: 0 },
    { rows: 0 },
    { x: -1 },
    { width: 1e5, height: 1e5, columns: 1e5, rows: 1e5 },
  ]) {
    assert.equal(parseMessage(withRegion(change)), undefined, JSON.stringify(change));
  }
});
