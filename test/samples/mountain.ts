import { fractal, hash, mix, ridged, smooth, step } from './noise';

/** Red, green, blue, linear-looking 0..255. */
type Colour = readonly [number, number, number];

const blend = (a: Colour, b: Colour, t: number): Colour => [mix(a[0], b[0], t), mix(a[1], b[1], t), mix(a[2], b[2], t)];
const scale = (a: Colour, k: number): Colour => [a[0] * k, a[1] * k, a[2] * k];

const haze: Colour = [186, 202, 224];
const sun: Colour = [255, 226, 186];

/** Rendered at twice the size and averaged down: soft edges, as a lens gives them. */
const oversampling = 2;
/** Where the horizon lies, as a part of the picture's height. */
const horizon = 0.64;

/** The land's height at a place, in units of the camera's distance to the shore; 0 is the lake. */
function height(x: number, z: number): number {
  const valley = step(0.25, 2.6, Math.abs(x + 0.25 * Math.sin(z * 0.9)) + 0.12 * (z - 4));
  const shore = step(2.4, 4.6, z + 1.1 * fractal(x * 0.9 + 3, z * 0.4, 3, 7));
  const massif = step(4.2, 9.5, z) * (0.45 + 0.75 * smooth(x * 0.3 + 8.2, z * 0.21, 3));
  const rock = ridged(x * 0.36 + 2.1, z * 0.36 + 0.7, 9, 21);
  const hills = 0.34 * (0.35 + valley) * fractal(x * 0.8, z * 0.8, 7, 40) - 0.1;
  return shore * (hills + 3.6 * massif * rock * (0.55 + 0.45 * valley)) - 0.02;
}

function skyColour(u: number, v: number): Colour {
  const up = Math.max(0, 1 - v / horizon);
  const clear = blend([214, 222, 232], [52, 104, 176], up ** 0.75);
  const glow = Math.exp(-((u - 0.2) ** 2 * 5 + (v - 0.5) ** 2 * 9));
  const warm = blend(clear, sun, 0.55 * glow);
  const cover = fractal(u * 5 + 2 * fractal(u * 3, v * 9, 4, 90), v * 17, 7, 77);
  const cloud = step(0.5, 0.8, cover) * step(0.03, 0.3, up) * (1 - 0.55 * up);
  return blend(warm, [250, 244, 238], 0.85 * cloud);
}

function landColour(x: number, z: number, y: number, reach: number): Colour {
  const d = 0.004 + 0.0012 * z;
  const slopeX = (height(x + d, z) - height(x - d, z)) / (2 * d);
  const slopeZ = (height(x, z + d) - height(x, z - d)) / (2 * d);
  const length = Math.hypot(slopeX, 1, slopeZ);
  const light = Math.max(0, (0.72 * slopeX + 0.62 - 0.28 * slopeZ) / length);
  const steep = 1 - 1 / length;
  const grain = fractal(x * 34, z * 34, 4, 60);
  const stone = blend([92, 86, 84], [138, 126, 114], grain);
  const grass = blend([44, 62, 30], [98, 106, 50], fractal(x * 9, z * 9, 4, 61));
  const wood = blend([16, 30, 22], [44, 62, 36], grain);
  const forest = step(0.44, 0.56, fractal(x * 2.2, z * 2.2, 5, 62)) * (1 - step(0.4, 0.75, y));
  let ground = blend(grass, wood, forest);
  ground = blend(ground, stone, Math.max(step(0.45, 0.95, y + 0.35 * grain), step(0.3, 0.5, steep)));
  const snow = step(0.95, 1.3, y + 0.7 * (fractal(x * 3, z * 3, 6, 63) - 0.5) - 0.75 * Math.max(0, steep - 0.28));
  ground = blend(ground, [246, 249, 255], snow);
  const shaded: Colour = [
    ground[0] * (0.2 + 1.12 * light),
    ground[1] * (0.24 + 1.04 * light),
    ground[2] * (0.34 + 0.92 * light),
  ];
  return blend(shaded, haze, (1 - Math.exp(-z * 0.042)) * reach);
}

/** A mountain lake in the morning: `width × height`, RGB interleaved. Sun from the left; film grain and specks on top. */
export function mountain(width: number, rows: number): Uint8Array {
  const w = width * oversampling;
  const h = rows * oversampling;
  const fine = new Float32Array(w * h * 3);
  const level = horizon * h;
  const eye = 0.3;
  const focal = 0.92 * w;
  for (let column = 0; column < w; column++) {
    const u = column / w;
    for (let row = 0; row < h; row++) fine.set(skyColour(u, Math.min(row / h, horizon)), (row * w + column) * 3);
    // Land: from near to far, each step paints what rises above everything nearer.
    let lowest = h;
    for (let z = 0.6; z < 19 && lowest > 0; z *= 1.003) {
      const x = ((column - w / 2) / focal) * z;
      const y = height(x, z);
      if (y < 0) continue;
      const row = Math.max(0, Math.round(level - ((y - eye) / z) * focal));
      if (row >= lowest) continue;
      const colour = landColour(x, z, y, 0.9);
      for (let r = row; r < lowest; r++) fine.set(colour, (r * w + column) * 3);
      lowest = row;
    }
  }
  // Water: where no land was painted below the horizon, the mirrored picture with ripples.
  for (let column = 0; column < w; column++) {
    for (let row = Math.ceil(level); row < h; row++) {
      const z = (eye * focal) / (row - level + 0.5);
      if (height(((column - w / 2) / focal) * z, z) >= 0) continue;
      const near = (row - level) / (h - level);
      const wave = (fractal((column / w) * 26 * (1.4 - near), 900 / (12 + 60 * near), 4, 101) - 0.5) * 46 * near;
      const from = Math.min(level - 1, Math.max(0, Math.round(2 * level - row * 1.04 + wave)));
      const side = Math.min(w - 1, Math.max(0, Math.round(column + wave * 0.3)));
      const p = (from * w + side) * 3;
      const mirrored: Colour = [fine[p]!, fine[p + 1]!, fine[p + 2]!];
      fine.set(blend(scale(mirrored, 0.8 - 0.22 * near), [14, 52, 78], 0.22 + 0.24 * near), (row * w + column) * 3);
    }
  }
  return develop(fine, width, rows);
}

/** Averages the oversampled picture down, adds film grain, dust and hot specks. */
function develop(fine: Float32Array, width: number, rows: number): Uint8Array {
  const out = new Uint8Array(width * rows * 3);
  const w = width * oversampling;
  for (let y = 0; y < rows; y++) {
    for (let x = 0; x < width; x++) {
      // The sum of three hashes is near enough to a normal distribution.
      const grain = (hash(x, y, 1) + hash(x, y, 2) + hash(x, y, 3) - 1.5) * 5;
      const bright = hash(x, y, 4) < 0.0009 ? 110 + 120 * hash(x, y, 5) : 0;
      const dark = hash(x, y, 6) < 0.0009 ? 90 + 120 * hash(x, y, 7) : 0;
      const vignette = 1 - 0.16 * ((x / width - 0.5) ** 2 + (y / rows - 0.5) ** 2);
      for (let c = 0; c < 3; c++) {
        let sum = 0;
        for (let j = 0; j < oversampling; j++) {
          for (let i = 0; i < oversampling; i++) {
            sum += fine[((y * oversampling + j) * w + x * oversampling + i) * 3 + c]!;
          }
        }
        const value = (sum / oversampling ** 2) * vignette + grain + bright - dark;
        out[(y * width + x) * 3 + c] = Math.min(255, Math.max(0, Math.round(value)));
      }
    }
  }
  return out;
}
