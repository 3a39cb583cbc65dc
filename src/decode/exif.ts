import type { Orientation } from './image';

const orientationTag = 0x0112;

/**
 * The orientation in EXIF data (a TIFF header with its first directory); 1 if it is absent or damaged. Reads only that
 * directory, so that damaged data cannot send it elsewhere. EXIF 2.3, section 4.6.
 *
 * The value should be one 16-bit number. Some programs write two, or 32 bits; like OpenCV, this takes the first 16 bits
 * whatever the type and count say.
 */
export function readOrientation(exif: Uint8Array): Orientation {
  const view = new DataView(exif.buffer, exif.byteOffset, exif.byteLength);
  if (exif.length < 8) return 1;
  const order = view.getUint16(0);
  if (order !== 0x4949 && order !== 0x4d4d) return 1;
  const little = order === 0x4949;
  if (view.getUint16(2, little) !== 42) return 1;
  const directory = view.getUint32(4, little);
  if (directory + 2 > exif.length) return 1;
  const entries = view.getUint16(directory, little);
  for (let i = 0; i < entries; i++) {
    const entry = directory + 2 + i * 12;
    if (entry + 12 > exif.length) return 1;
    if (view.getUint16(entry, little) !== orientationTag) continue;
    const value = view.getUint16(entry + 8, little);
    return value >= 1 && value <= 8 ? (value as Orientation) : 1;
  }
  return 1;
}
