/**
 * CMYK (inverted, as Adobe stores it) to RGB, in place: the first three quarters of `samples` hold RGB afterwards.
 * OpenCV's arithmetic, because libjpeg does not convert four components.
 */
export function cmykToRgb(samples: Uint8Array): void {
  let to = 0;
  for (let from = 0; from < samples.length; from += 4) {
    const k = samples[from + 3]!;
    for (let c = 0; c < 3; c++) samples[to++] = k - (((255 - samples[from + c]!) * k) >> 8);
  }
}

/** OpenCV's grey of the RGB of four components: 0.299, 0.587, 0.114 with 14 fractional bits. */
export function greyOfCmyk(rgb: Uint8Array): Uint8Array {
  const grey = new Uint8Array(rgb.length / 3);
  for (let i = 0, from = 0; i < grey.length; i++, from += 3) {
    grey[i] = (4899 * rgb[from]! + 9617 * rgb[from + 1]! + 1868 * rgb[from + 2]! + (1 << 13)) >> 14;
  }
  return grey;
}
