import { drawText } from './font';
import { hash } from './noise';

/** A grey picture, one byte a pixel. */
export interface Grey {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

function draw(width: number, height: number, shade: (x: number, y: number) => number): Grey {
  const data = new Uint8Array(width * height);
  for (let i = 0; i < data.length; i++) data[i] = shade(i % width, Math.floor(i / width));
  return { width, height, data };
}

/** Squares of 1, 2, 3 and 8 pixels: where the squares fit the window, max makes white, average grey, and 3 beats. */
export function checkerboard(): Grey {
  const sizes = [1, 2, 3, 8] as const;
  return draw(256, 256, (x, y) => {
    const size = sizes[(x >= 128 ? 1 : 0) + (y >= 128 ? 2 : 0)]!;
    return (Math.floor((x % 128) / size) + Math.floor((y % 128) / size)) % 2 === 0 ? 255 : 0;
  });
}

/** The same words dark on light and light on dark: max eats the dark strokes and fattens the light ones. */
export function text(): Grey {
  const picture = draw(384, 288, (_, y) => (y < 144 ? 236 : 24));
  const put = (ink: number) => (x: number, y: number) => {
    picture.data[y * picture.width + x] = ink;
  };
  for (const [top, ink] of [
    [0, 16],
    [144, 244],
  ] as const) {
    drawText('POOLING', 20, top + 16, 6, put(ink));
    drawText('MAX KEEPS THE BRIGHTEST', 20, top + 72, 2, put(ink));
    drawText('AVERAGE KEEPS THE MEAN', 20, top + 96, 2, put(ink));
    drawText('THIN STROKES VANISH FIRST WHERE THE WINDOW IS LARGE', 20, top + 122, 1, put(ink));
  }
  return picture;
}

/** Lines and rings of 1 to 6 pixels, light on dark and dark on light, at every angle: which edges survive? */
export function edges(): Grey {
  return draw(384, 256, (x, y) => {
    const light = x < 192;
    const u = (x % 192) - 96;
    const v = y - 128;
    const radius = Math.hypot(u, v);
    const ring = [24, 38, 54, 72].some((r, i) => Math.abs(radius - r) < (i + 1) / 2);
    const spoke = radius > 76 && Math.abs(Math.sin(Math.atan2(v, u) * 6)) * radius < 1.5;
    const ramp = Math.round((y / 255) * 40);
    return ring || spoke ? (light ? 250 : 6) : light ? 30 + ramp : 225 - ramp;
  });
}

/** One pixel in twenty turned white or black. */
export function saltAndPepper(clean: Grey): Grey {
  const { width, height, data } = clean;
  return draw(width, height, (x, y) => {
    if (hash(x, y, 11) >= 0.05) return data[y * width + x]!;
    return hash(x, y, 12) < 0.5 ? 255 : 0;
  });
}
