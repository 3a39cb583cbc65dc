/** Schemas for untrusted data: messages from the page, saved state, settings and arguments of commands. */
import * as v from 'valibot';
import { frameworkNames } from './core/frameworks';
import { operatorNames } from './core/operators';
import { derivedKinds, isDerived, type RenderPane, type StageName } from './core/panes';
import { mostLayers } from './core/stack';
import { colourModes } from './core/view';
import { mostSeed, noiseKinds } from './lab/noise';
import { mostShift } from './lab/shift';
import { type Calls, mostValuePixels } from './protocol';

/** A finite number. */
export const number = v.pipe(v.number(), v.finite());
export const index = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
export const count = v.pipe(index, v.minValue(1));

/** Height and width, as any finite numbers: illegal ones are refused later, with the framework's message. */
export const pair = v.strictTuple([number, number]);
/** Height and width, or null for the input's. */
export const outputSize = v.strictTuple([v.nullable(number), v.nullable(number)]);
export const sides = v.object({ top: number, bottom: number, left: number, right: number });
export const framework = v.picklist(frameworkNames);
export const operator = v.picklist(operatorNames);
export const mode = v.picklist(colourModes);

const paneKinds: readonly RenderPane[] = [
  'input',
  ...operatorNames,
  ...derivedKinds,
  'before.input',
  ...operatorNames.flatMap(name => [`before.${name}`, `change.${name}`] as const),
];
const paneKind = v.picklist(paneKinds);

/** The panes whose pixels have exact values. */
const valuedPane = v.picklist(paneKinds.filter(kind => !isDerived(kind)));

export const options = v.object({
  kernelSize: pair,
  stride: pair,
  padding: v.union([v.literal('same'), sides]),
  autoPad: v.exactOptional(v.picklist(['SAME_UPPER', 'SAME_LOWER'])),
  dilation: pair,
  ceilMode: v.boolean(),
  countIncludePad: v.boolean(),
  divisorOverride: v.exactOptional(number),
  norm: v.exactOptional(number),
  outputSize: v.exactOptional(outputSize),
  framework: v.exactOptional(framework),
});

const pooling = v.object({ operator, ...options.entries });

const layers = v.pipe(v.array(pooling), v.maxLength(mostLayers));

const conv = v.object({
  operator: v.literal('conv'),
  framework: v.exactOptional(framework),
  outChannels: number,
  kernelSize: pair,
  stride: pair,
  padding: options.entries.padding,
  dilation: pair,
  groups: number,
  bias: v.boolean(),
});

/** The layers that a page shows. */
export const stack = v.object({
  framework,
  layers: v.pipe(v.array(v.union([conv, pooling])), v.maxLength(mostLayers)),
  shape: v.exactOptional(v.strictTuple([v.literal(1), count, count, count])),
  computed: index,
});

export const stageName = v.custom<StageName>(value => typeof value === 'string' && /^stage[1-9]\d?$/.test(value));

/** The panes whose pictures can be exported. */
export const exportedPane = v.union([valuedPane, stageName]);

const stackPane = v.union([v.literal('input'), stageName]);

export const share = v.pipe(number, v.minValue(0), v.maxValue(1));
export const sigma = v.pipe(number, v.minValue(0), v.maxValue(255));
export const seed = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(mostSeed));
export const distance = v.pipe(index, v.maxValue(mostShift));

export const alteration = v.variant('kind', [
  v.object({ kind: v.literal('gaussian'), level: sigma, seed }),
  v.object({
    kind: v.picklist(noiseKinds.filter(kind => kind !== 'gaussian')),
    level: share,
    seed,
    perChannel: v.exactOptional(v.boolean()),
  }),
  v.object({ kind: v.literal('shift'), dy: distance, dx: distance }),
]);

export const view = v.object({ mode, orient: v.boolean() });

/** What is pooled. */
const pooled = { view, alteration: v.exactOptional(alteration), options };

/** The panes whose pixels can be pointed at. */
const basePane = v.picklist(['input', ...operatorNames]);

export const spot = v.object({ pane: basePane, x: index, y: index });

/** A pixel of a pooling or of a stack. */
export const place = v.object({ pane: v.union([basePane, stackPane]), x: index, y: index });

/** Samples of one pane: more than any screen shows (twice an 8K screen). */
const mostSamples = 2 ** 26;

const region = v.pipe(
  v.object({ x: index, y: index, width: count, height: count, columns: count, rows: count }),
  v.check(
    ({ width, height, columns, rows }) => columns <= width && rows <= height && columns * rows <= mostSamples,
    'more samples than pixels, or than any screen shows',
  ),
);

/** Pixels: wider than any screen. */
const mostRoom = 2 ** 16;
const length = v.pipe(number, v.gtValue(0), v.ltValue(mostRoom));

const valuesRegion = v.pipe(
  v.object({ x: index, y: index, width: count, height: count }),
  v.check(({ width, height }) => width * height <= mostValuePixels, 'more pixels than have room for a number'),
);

export const operatorList = v.pipe(
  v.array(operator),
  v.check(names => new Set(names).size === names.length, 'one twice'),
);

const room = v.object({
  width: length,
  height: v.pipe(number, v.ltValue(mostRoom)),
  isFilled: v.exactOptional(v.boolean()),
  pixelRatio: length,
});

/** An optional hint: if it is missing or malformed, the message is still valid. */
export function hint<S extends v.GenericSchema>(schema: S) {
  return v.optional(v.fallback(v.optional(schema), undefined as never));
}

const compare = v.object({ ...pooled, operators: operatorList, isSample: v.boolean() });

/** The requests in `Calls`. */
export const calls = {
  render: v.object({
    ...pooled,
    against: v.exactOptional(v.object({ operator, options })),
    regions: v.pipe(
      v.custom<object>(value => !Array.isArray(value)),
      v.record(paneKind, region),
    ),
    panes: hint(v.array(paneKind)),
    room: hint(room),
  }),
  inspect: v.object({ ...pooled, operators: operatorList, spot }),
  pixels: v.object({ view }),
  values: v.object({ ...pooled, pane: valuedPane, region: valuesRegion }),
  counts: v.object({ ...pooled, operators: operatorList }),
  scores: compare,
  shiftChanges: compare,
  stages: v.object({ view, layers, regions: v.record(stackPane, region) }),
  trace: v.object({ view, layers, point: v.object({ x: index, y: index }) }),
  stageValues: v.object({ view, layers, region: valuesRegion }),
} satisfies Record<keyof Calls, v.GenericSchema>;

export const callNames = Object.keys(calls) as (keyof Calls)[];
