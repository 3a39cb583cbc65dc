// Stored components to RGB and grey, over a whole picture of three samples a pixel, in place. Arrays that are written to
// clamp: results beyond 0..255 are cut off there.

/** libjpeg's fixed point: 16 fractional bits, tables per sample value. */
const half = 1 << 15;
const fix = (x: number) => Math.floor(x * 65536 + 0.5);
const table = (make: (centred: number) => number) => Int32Array.from({ length: 256 }, (_, i) => make(i - 128));

const crToRed = table(x => (fix(1.402) * x + half) >> 16);
const cbToBlue = table(x => (fix(1.772) * x + half) >> 16);
const crToGreen = table(x => -fix(0.71414) * x);
const cbToGreen = table(x => -fix(0.34414) * x + half);

/** Y, Cb, Cr to RGB; the grey is Y. */
export function yccToRgb(samples: Uint8ClampedArray, grey: Uint8Array): void {
  for (let i = 0, at = 0; i < grey.length; i++, at += 3) {
    const y = samples[at]!;
    const cb = samples[at + 1]!;
    const cr = samples[at + 2]!;
    grey[i] = y;
    samples[at] = y + crToRed[cr]!;
    samples[at + 1] = y + ((cbToGreen[cb]! + crToGreen[cr]!) >> 16);
    samples[at + 2] = y + cbToBlue[cb]!;
  }
}

/** The grey that libjpeg makes of stored RGB. */
export function greyOfRgb(samples: Uint8ClampedArray, grey: Uint8Array): void {
  const [r, g, b] = [fix(0.299), fix(0.587), fix(0.114)];
  for (let i = 0, at = 0; i < grey.length; i++, at += 3) {
    grey[i] = (r * samples[at]! + g * samples[at + 1]! + b * samples[at + 2]! + half) >> 16;
  }
}

/**
 * C, M, Y (stored turned over, as Adobe does) to RGB, with the black in the third channel of `black`,
 * and the grey of that. Both are OpenCV's: libjpeg leaves four components alone.
 */
export function cmykToRgb(samples: Uint8ClampedArray, black: Uint8Array, grey: Uint8Array): void {
  for (let i = 0, at = 0; i < grey.length; i++, at += 3) {
    const k = black[at + 2]!;
    const r = k - (((255 - samples[at]!) * k) >> 8);
    const g = k - (((255 - samples[at + 1]!) * k) >> 8);
    const b = k - (((255 - samples[at + 2]!) * k) >> 8);
    samples[at] = r;
    samples[at + 1] = g;
    samples[at + 2] = b;
    grey[i] = (4899 * r + 9617 * g + 1868 * b + (1 << 13)) >> 14;
  }
}

/** Y, Cb, Cr to C, M, Y: YCCK holds the light that its inks leave. */
export function yccToCmy(samples: Uint8ClampedArray, grey: Uint8Array): void {
  yccToRgb(samples, grey);
  for (let i = 0; i < samples.length; i++) samples[i] = 255 - samples[i]!;
}
