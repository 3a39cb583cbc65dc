import { PNG } from 'pngjs';
import { type DecodedImage, DecodeError, decodeImage } from '../../src/decode/decode';
import { random } from '../random';
import { Dice, mutate } from './mutate';
import { seeds } from './seeds';

/** What one decode of a small file may cost. */
export const limits = { milliseconds: 2000, bytes: 300 << 20 };

export interface Tally {
  readonly rounds: number;
  readonly decoded: number;
  /** How often each refusal was met. */
  readonly refused: ReadonlyMap<string, number>;
  readonly slowest: number;
}

/** A file that was neither decoded rightly nor refused as it should be. */
export class Finding extends Error {
  constructor(
    readonly file: Buffer,
    readonly round: number,
    what: string,
    cause?: unknown,
  ) {
    super(`Round ${round}: ${what}`, { cause });
  }
}

/**
 * Decodes `rounds` mutated files. Only a right picture or a `DecodeError`, within the limits, is accepted.
 * `onDecoded` sees each mutant that still is a picture.
 * @throws Finding
 */
export async function fuzz(
  from: number,
  rounds: number,
  seed: number,
  onDecoded: (file: Buffer, round: number) => void = () => {},
): Promise<Tally> {
  const good = seeds();
  const refused = new Map<string, number>();
  let decoded = 0;
  let slowest = 0;
  const before = process.memoryUsage.rss();
  for (let round = from; round < from + rounds; round++) {
    // Each round has its own numbers, so that it can be run alone.
    const dice = new Dice(random(Math.imul(seed, 0x9e3779b1) ^ Math.imul(round, 0x85ebca6b)));
    const file = mutate(dice.pick(good).bytes, dice, dice.pick(good).bytes);
    const start = performance.now();
    try {
      const image = await decodeImage(file);
      check(image, file);
      decoded++;
      onDecoded(file, round);
    } catch (error) {
      if (!(error instanceof DecodeError)) throw new Finding(file, round, 'not a DecodeError', error);
      if (/undefined|[{}]/.test(error.message)) throw new Finding(file, round, error.message, error);
      refused.set(error.code, (refused.get(error.code) ?? 0) + 1);
    }
    const time = performance.now() - start;
    slowest = Math.max(slowest, time);
    if (time > limits.milliseconds) throw new Finding(file, round, `took ${Math.round(time)} ms`);
    const added = process.memoryUsage.rss() - before;
    if (added > limits.bytes) throw new Finding(file, round, `${Math.round(added / 2 ** 20)} MB added`);
  }
  return { rounds, decoded, refused, slowest };
}

/** What must hold of any picture; a PNG is also compared with pngjs' own decoder where that reads the file. */
function check(image: DecodedImage, file: Buffer): void {
  const { width, height, channels, bitDepth, data } = image;
  const length = width * height * channels;
  if (length === 0 || data.length !== length) throw new Error(`${data.length} samples, not ${length}`);
  if (data instanceof Uint16Array !== (bitDepth === 16)) throw new Error('samples of another size');
  if (image.grey().length !== width * height) throw new Error('grey of another size');
  if (image.format === 'png') comparePngjs(image, file);
}

function comparePngjs({ width, height, channels, bitDepth, data }: DecodedImage, file: Buffer): void {
  if (hasOddTransparency(file)) return;
  let theirs: Uint8Array | Uint16Array;
  try {
    theirs = PNG.sync.read(file, { skipRescale: bitDepth === 16 } as object).data;
  } catch {
    // It refuses files that libpng and we read, such as those with bytes after their end.
    return;
  }
  const most = bitDepth === 16 ? 65535 : 255;
  for (let i = 0; i < width * height; i++) {
    const own = (c: number) => data[i * channels + c]!;
    const alpha = channels % 2 === 0 ? own(channels - 1) : most;
    if (theirs[4 * i + 3] !== alpha) throw new Error(`alpha of pixel ${i}: ${alpha}, pngjs ${theirs[4 * i + 3]}`);
    // pngjs forgets the colour of pixels that a colour key makes transparent.
    if (alpha === 0) continue;
    for (let c = 0; c < 3; c++) {
      const value = own(channels >= 3 ? c : 0);
      if (theirs[4 * i + c] !== value) throw new Error(`pixel ${i}: ${value}, pngjs ${theirs[4 * i + c]}`);
    }
  }
}

/**
 * Whether libpng, and so we, see transparency otherwise than pngjs: of the wrong length, out of place or a second time it
 * does not count, and neither do bits of a transparent colour above the picture's depth.
 */
function hasOddTransparency(file: Buffer): boolean {
  const at = file.indexOf('tRNS', 33, 'latin1');
  if (at < 0) return false;
  const [depth, colourType] = [file[24]!, file[25]!];
  if (at > file.indexOf('IDAT', 33, 'latin1') || file.indexOf('tRNS', at + 4, 'latin1') > 0) return true;
  if (colourType === 3) return false;
  const key = file.subarray(at + 4, at + 4 + file.readUInt32BE(at - 4));
  if (key.length !== (colourType === 0 ? 2 : 6)) return true;
  for (let i = 0; i < key.length; i += 2) if (key.readUInt16BE(i) >= 2 ** depth) return true;
  return false;
}
