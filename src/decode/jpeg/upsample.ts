import { type Component, type Frame, maxSampling } from './frame';

/**
 * Smooths one component that was stored with half the samples, as libjpeg-turbo does (its "fancy upsampling", the default
 * of every program that uses it): a triangle filter along the halved directions. Other ratios are only repeated, there too.
 *
 * `samples` holds what jpeg-js made of the component, each stored sample merely repeated, `(x, y)` at
 * `(y * width + x) * 3 + channel`. Picking every repeated one gives the stored samples back; the result goes in their place.
 */
export function upsample(samples: Uint8Array, channel: number, frame: Frame, component: Component): void {
  const { width, height } = frame;
  const most = maxSampling(frame);
  const across = most.h / component.h;
  const down = most.v / component.v;
  const columns = Math.ceil(width / across);
  // libjpeg does not filter a component of one or two columns sideways.
  const smoothAcross = across === 2 && columns > 2 && down <= 2;
  if (!smoothAcross && !(across === 1 && down === 2)) return;
  const stored = pick(samples, channel, width, height, across, down);
  const rows = stored.length / columns;
  for (let y = 0; y < height; y++) {
    const to = y * width * 3 + channel;
    const end = to + width * 3;
    const row = down === 2 ? y >> 1 : y;
    // Of the two stored rows that an upsampled one lies between, the nearer counts three times. Beyond the edge there is the same again.
    const other = down === 1 ? row : Math.min(rows - 1, Math.max(0, y % 2 === 0 ? row - 1 : row + 1));
    const near = row * columns;
    const far = other * columns;
    if (!smoothAcross) mixRows(stored, near, far, y % 2 === 0 ? 1 : 2, samples, to, end);
    else if (down === 1) widen(stored, near, columns, samples, to, end);
    else widenBetween(stored, near, far, columns, samples, to, end);
  }
}

/** The stored samples of a component, without their repetitions. */
function pick(
  samples: Uint8Array,
  channel: number,
  width: number,
  height: number,
  across: number,
  down: number,
): Uint8Array {
  const columns = Math.ceil(width / across);
  const stored = new Uint8Array(columns * Math.ceil(height / down));
  for (let y = 0, to = 0; y < height; y += down) {
    for (let x = 0, from = y * width * 3 + channel; x < columns; x++, from += across * 3) stored[to++] = samples[from]!;
  }
  return stored;
}

/** Doubles a row: each new sample is ¾ of the nearer and ¼ of the farther stored one. libjpeg's h2v1. */
function widen(stored: Uint8Array, from: number, columns: number, out: Uint8Array, to: number, end: number): void {
  let left = stored[from]!;
  for (let i = 0; i < columns; i++, to += 6) {
    const here = stored[from + i]!;
    const right = i < columns - 1 ? stored[from + i + 1]! : here;
    out[to] = (here * 3 + left + 1) >> 2;
    if (to + 3 < end) out[to + 3] = (here * 3 + right + 2) >> 2;
    left = here;
  }
}

/** The same from two rows, the nearer one counting three times. libjpeg's h2v2. */
function widenBetween(
  stored: Uint8Array,
  near: number,
  far: number,
  columns: number,
  out: Uint8Array,
  to: number,
  end: number,
): void {
  let here = stored[near]! * 3 + stored[far]!;
  let left = here;
  for (let i = 0; i < columns; i++, to += 6) {
    const right = i < columns - 1 ? stored[near + i + 1]! * 3 + stored[far + i + 1]! : here;
    out[to] = (here * 3 + left + 8) >> 4;
    if (to + 3 < end) out[to + 3] = (here * 3 + right + 7) >> 4;
    left = here;
    here = right;
  }
}

/** A row between two, of full width. libjpeg-turbo's h1v2; the bias alternates so that rounding evens out. */
function mixRows(
  stored: Uint8Array,
  near: number,
  far: number,
  bias: number,
  out: Uint8Array,
  to: number,
  end: number,
): void {
  for (; to < end; to += 3) out[to] = (stored[near++]! * 3 + stored[far++]! + bias) >> 2;
}
