import { crc32, inflate, inflateStart } from '#platform';
import type { Chunk } from './chunks';

/** 1 / 2.2, × 100000: libpng's gamma for an sRGB picture. */
const sRgbGamma = 45455;

/**
 * The ICC profiles that libpng 1.6 recognizes as sRGB, by length and CRC-32 (`png_sRGB_checks` in its png.c): four by
 * the ICC, three by Hewlett-Packard and Microsoft.
 */
const sRgbProfiles: readonly (readonly [length: number, crc: number])[] = [
  [3048, 0x3b8772b9],
  [3052, 0x427ebb21],
  [60988, 0x306fd8ae],
  [60960, 0xbbef7812],
  [3024, 0x5d5129ce],
  [3144, 0x182ea552],
  [3144, 0xf29e526d],
];

/**
 * Whether a gamma × 100000, or a quotient of two, is far enough from 1 to matter in libpng (`png_gamma_significant`).
 */
export function isSignificant(gamma: number): boolean {
  return gamma < 95000 || gamma > 105000;
}

/**
 * The gamma of a PNG from its colour chunks, combined as in libpng 1.6: sRGB, or a profile recognized as sRGB, takes
 * precedence over gAMA unless the two are nearly equal; a second chunk of a kind, or an invalid one, ends the reading.
 */
export class GammaReader {
  #value: number | undefined;
  #fromGamma = false;
  #isSrgb = false;
  #isInvalid = false;
  #seenProfile = false;

  /** The file's gamma × 100000, undefined if no chunk gives one. */
  get value(): number | undefined {
    return this.#value;
  }

  /**
   * Takes a gAMA or sRGB chunk with a right checksum that comes before the palette and the pixels. Ignores other
   * chunks.
   */
  read({ name, data }: Chunk): void {
    if (name === 'gAMA' && data.length === 4) this.#readGamma(data);
    if (name === 'sRGB' && data.length === 1) this.#readSrgb(data[0]!);
  }

  /**
   * Whether a chunk is a profile that counts. Only one does: unpacking one is cheap, a file full of profiles would not
   * be.
   */
  wantsProfile({ name, data }: Chunk): boolean {
    return name === 'iCCP' && !this.#isInvalid && !this.#seenProfile && data.length >= leastProfileChunk;
  }

  /** Takes a profile that `wantsProfile` has accepted. */
  async readProfile({ data }: Chunk): Promise<void> {
    this.#seenProfile = true;
    const profile = await unpackProfile(data);
    if (this.#isSrgb || !profile) {
      this.#isInvalid = true;
    } else if (isSrgb(profile)) {
      this.#value = sRgbGamma;
      this.#isSrgb = true;
    }
  }

  #readGamma(data: Uint8Array): void {
    const gamma = new DataView(data.buffer, data.byteOffset, 4).getInt32(0);
    if (gamma < 16 || gamma > 625_000_000 || this.#fromGamma) {
      this.#isInvalid = true;
      return;
    }
    if (this.#isInvalid) return;
    if (this.#isSrgb && isSignificant(Math.floor((sRgbGamma * 1e5) / gamma + 0.5))) return;
    this.#value = gamma;
    this.#fromGamma = true;
  }

  #readSrgb(intent: number): void {
    if (this.#isInvalid) return;
    if (this.#isSrgb || intent > 3) {
      this.#isInvalid = true;
      return;
    }
    this.#value = sRgbGamma;
    this.#isSrgb = true;
  }
}

/** What libpng reads of a profile before it checks it: shorter chunks do not count. */
const leastProfileChunk = 92;
/** Bytes of an ICC profile's header, and how much packed data certainly contains it. */
const [headerBytes, packedHeaderBytes] = [132, 4096];

/**
 * A profile whose length is that of a known one, or the header of another; undefined if it is no profile, or not an RGB
 * one.
 */
async function unpackProfile(data: Uint8Array): Promise<Uint8Array | undefined> {
  const end = data.indexOf(0);
  if (end < 1 || end > 79 || data[end + 1] !== 0) return undefined;
  const packed = data.subarray(end + 2);
  const header = await inflateStart(packed.subarray(0, packedHeaderBytes));
  if (!header || header.length < headerBytes) return undefined;
  if (textAt(header, 36) !== 'acsp' || textAt(header, 16) !== 'RGB ') return undefined;
  const length = new DataView(header.buffer, header.byteOffset).getUint32(0);
  if (!sRgbProfiles.some(known => known[0] === length)) return header;
  const profile = await inflate(packed, length);
  return 'failure' in profile || profile.surplus === 'data' ? undefined : profile.bytes;
}

/** Four bytes as text. */
function textAt(bytes: Uint8Array, at: number): string {
  return String.fromCharCode(...bytes.subarray(at, at + 4));
}

function isSrgb(profile: Uint8Array): boolean {
  const crc = crc32(profile);
  return sRgbProfiles.some(known => known[0] === profile.length && known[1] === crc);
}
