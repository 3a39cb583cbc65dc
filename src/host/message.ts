/** Reads what comes from the webview with suspicion: anything may arrive, and only well-formed messages pass. */

import { isFields, isNumber, oneOf, paddingOf, pairOf } from '../core/fields';
import type { Spot } from '../core/inspect';
import { frameworks, type PoolOptions } from '../core/options';
import type {
  ColourMode,
  Counterpart,
  DerivedKind,
  FromWebview,
  PaneKind,
  Region,
  Remedy,
  RenderRequest,
  Room,
  Status,
  TakeHome,
} from '../protocol';

const poolKinds = ['max', 'average'] as const;
const pooledPanes = ['input', ...poolKinds] as const;
const derived: readonly DerivedKind[] = ['difference', 'maxChange', 'averageChange', 'argmax', 'unpooled', 'mask'];
const panes: readonly PaneKind[] = [...pooledPanes, ...derived];
const modes: readonly ColourMode[] = ['grey', 'colour', 'alpha'];
const remedies: readonly Remedy[] = ['retry', 'openAsText', 'raiseLimit'];
const takeHomes: readonly TakeHome[] = ['copyCode', 'savePicture', 'saveArray', 'copyPicture'];

/** Longer than any pixel's values are written. */
const maxPixelText = 200;

/** No screen is wider, in pixels. */
const maxRoom = 2 ** 16;

/** No screen shows more samples of one pane than this: twice an 8K screen's. */
const maxSamples = 2 ** 26;

/** The message, built anew from its known fields; undefined when it is none. */
export function parseMessage(value: unknown): FromWebview | undefined {
  if (!isFields(value)) return undefined;
  switch (value['type']) {
    case 'ready':
      return { type: 'ready', ...(value['heard'] === true && { heard: true }) };
    case 'cancel':
      return { type: 'cancel' };
    case 'render': {
      const request = renderRequest(value['request']);
      return request && { type: 'render', request };
    }
    case 'inspect': {
      const shared = question(value['request']);
      const spot = isFields(value['request']) ? spotOf(value['request']['spot']) : undefined;
      return shared && spot && { type: 'inspect', request: { ...shared, spot } };
    }
    case 'pixels': {
      const request = view(value['request']);
      return request && { type: 'pixels', request };
    }
    case 'counts': {
      const request = question(value['request']);
      return request && { type: 'counts', request };
    }
    case 'status': {
      const status = statusOf(value['status']);
      return status && { type: 'status', status };
    }
    case 'takeHome': {
      const command = oneOf(takeHomes, value['command']);
      return command && { type: 'takeHome', command };
    }
    case 'copied': {
      const error = value['error'];
      if (error !== undefined && typeof error !== 'string') return undefined;
      return { type: 'copied', ...(error !== undefined && { error }) };
    }
    case 'remedy': {
      const remedy = oneOf(remedies, value['remedy']);
      return remedy && { type: 'remedy', remedy };
    }
    default:
      return undefined;
  }
}

function renderRequest(value: unknown): RenderRequest | undefined {
  const shared = question(value);
  if (!shared || !isFields(value) || !isFields(value['regions'])) return undefined;
  const regions: Partial<Record<PaneKind, Region>> = {};
  for (const pane of panes) {
    const given = value['regions'][pane];
    if (given === undefined) continue;
    const parsed = region(given);
    if (!parsed) return undefined;
    regions[pane] = parsed;
  }
  const against = counterpart(value['against']);
  if (value['against'] !== undefined && !against) return undefined;
  // Hints: without them, or with bad ones, the request is answered all the same.
  const shown = Array.isArray(value['panes'])
    ? panes.filter(pane => (value['panes'] as unknown[]).includes(pane))
    : undefined;
  const room = roomOf(value['room']);
  return { ...shared, ...(against && { against }), regions, ...(shown && { panes: shown }), ...(room && { room }) };
}

function roomOf(value: unknown): Room | undefined {
  if (!isFields(value)) return undefined;
  const { width, height, pixelRatio } = value as Record<keyof Room, unknown>;
  const isLength = (length: unknown): length is number => isNumber(length) && length > 0 && length < maxRoom;
  return isLength(width) && isNumber(height) && height < maxRoom && isLength(pixelRatio)
    ? { width, height, pixelRatio }
    : undefined;
}

function counterpart(value: unknown): Counterpart | undefined {
  if (!isFields(value)) return undefined;
  const kind = oneOf(poolKinds, value['kind']);
  const options = poolOptions(value['options']);
  return kind && options && { kind, options };
}

function statusOf(value: unknown): Status | undefined {
  if (!isFields(value)) return undefined;
  const { orient, scale, pixel } = value as Record<string, unknown>;
  const mode = oneOf(modes, value['mode']);
  const options = poolOptions(value['options']);
  if (!mode || typeof orient !== 'boolean' || !options || !isNumber(scale) || scale <= 0) return undefined;
  if (pixel !== undefined && (typeof pixel !== 'string' || pixel.length > maxPixelText)) return undefined;
  return { mode, orient, options, scale, ...(pixel !== undefined && { pixel }) };
}

function spotOf(value: unknown): Spot | undefined {
  if (!isFields(value)) return undefined;
  const pane = oneOf(pooledPanes, value['pane']);
  const { x, y } = value as { x?: unknown; y?: unknown };
  return pane && isIndex(x) && isIndex(y) ? { pane, x, y } : undefined;
}

/** What requests on a pooled picture have in common. */
function question(value: unknown): Pick<RenderRequest, 'revision' | 'mode' | 'orient' | 'options'> | undefined {
  const shared = view(value);
  const options = isFields(value) ? poolOptions(value['options']) : undefined;
  return shared && options && { ...shared, options };
}

/** Which samples of the picture are meant. */
function view(value: unknown): Pick<RenderRequest, 'revision' | 'mode' | 'orient'> | undefined {
  if (!isFields(value)) return undefined;
  const { revision, orient } = value as { revision?: unknown; orient?: unknown };
  const mode = oneOf(modes, value['mode']);
  return isIndex(revision) && mode && typeof orient === 'boolean' ? { revision, mode, orient } : undefined;
}

function region(value: unknown): Region | undefined {
  if (!isFields(value)) return undefined;
  const { x, y, width, height, columns, rows } = value as Record<keyof Region, unknown>;
  if (!isIndex(x) || !isIndex(y)) return undefined;
  if (!isCount(width) || !isCount(height) || !isCount(columns) || !isCount(rows)) return undefined;
  if (columns > width || rows > height || columns * rows > maxSamples) return undefined;
  return { x, y, width, height, columns, rows };
}

/** Any numbers pass: illegal ones are refused later, in the framework's own words. */
function poolOptions(value: unknown): PoolOptions | undefined {
  if (!isFields(value)) return undefined;
  const kernelSize = pairOf(value['kernelSize']);
  const stride = pairOf(value['stride']);
  const padding = value['padding'] === 'same' ? 'same' : paddingOf(value['padding']);
  const dilation = pairOf(value['dilation']);
  const { ceilMode, countIncludePad, divisorOverride } = value as Record<string, unknown>;
  if (!kernelSize || !stride || !padding || !dilation) return undefined;
  if (typeof ceilMode !== 'boolean' || typeof countIncludePad !== 'boolean') return undefined;
  if (divisorOverride !== undefined && !isNumber(divisorOverride)) return undefined;
  const framework = oneOf(frameworks, value['framework']);
  if (value['framework'] !== undefined && !framework) return undefined;
  return {
    kernelSize,
    stride,
    padding,
    dilation,
    ceilMode,
    countIncludePad,
    ...(divisorOverride !== undefined && { divisorOverride }),
    ...(framework && { framework }),
  };
}

function isIndex(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

function isCount(value: unknown): value is number {
  return isIndex(value) && value > 0;
}
