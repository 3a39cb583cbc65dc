import { DecodeError } from './error';
import { type FormatName, formatNames, formats } from './formats';

/** Formats that cannot be opened, to name them in the error. The magic bytes are at the offset. */
const others: readonly (readonly [format: string, offset: number, magic: string])[] = [
  ['GIF', 0, 'GIF8'],
  ['WebP', 8, 'WEBP'],
  ['AVIF', 4, 'ftypavif'],
  ['AVIF', 4, 'ftypavis'],
  ['HEIC', 4, 'ftyphei'],
  ['HEIC', 4, 'ftyphev'],
  ['HEIC', 4, 'ftypmif1'],
  ['HEIC', 4, 'ftypmsf1'],
  ['JPEG XL', 0, '\xff\x0a'],
  ['JPEG XL', 4, 'JXL \r\n\x87\n'],
  ['JPEG 2000', 4, 'jP  \r\n\x87\n'],
  ['JPEG 2000', 0, '\xff\x4f\xff\x51'],
  ['TIFF', 0, 'II*\0'],
  ['TIFF', 0, 'MM\0*'],
  ['BigTIFF', 0, 'II+\0'],
  ['BigTIFF', 0, 'MM\0+'],
  ['BMP', 0, 'BM'],
  ['ICO', 0, '\0\0\x01\0'],
  ['CUR', 0, '\0\0\x02\0'],
  ['Photoshop', 0, '8BPS'],
  ['OpenEXR', 0, '\x76\x2f\x31\x01'],
  ['Radiance HDR', 0, '#?RADIANCE'],
  ['PDF', 0, '%PDF-'],
  ['QOI', 0, 'qoif'],
  ['ZIP', 0, 'PK\x03\x04'],
  ['gzip', 0, '\x1f\x8b'],
  ['NumPy', 0, '\x93NUMPY'],
  ['MNG', 0, '\x8aMNG'],
  ['video', 4, 'ftyp'],
];

function hasMagic(bytes: Uint8Array, magic: string, offset = 0): boolean {
  if (bytes.length < offset + magic.length) return false;
  for (let i = 0; i < magic.length; i++) {
    if (bytes[offset + i] !== magic.charCodeAt(i)) return false;
  }
  return true;
}

/** PBM, PGM or PPM, text or binary: P1 to P6, white space, and then a digit or a comment. */
function netpbmOf(bytes: Uint8Array): string | undefined {
  const head = String.fromCharCode(...bytes.subarray(0, 4));
  return /^P[1-6]\s[\d#]/.test(head) ? ['PBM', 'PGM', 'PPM'][(Number(head[1]) - 1) % 3] : undefined;
}

/** Whether the file is shorter than the signature and equal to its beginning. */
function isStartOf(bytes: Uint8Array, magic: string): boolean {
  return bytes.length < magic.length && hasMagic(bytes, magic.slice(0, bytes.length));
}

/**
 * The first 4 KB as text; undefined if they are not text: UTF-8, or UTF-16 with a byte order mark, no control
 * characters.
 */
function readText(bytes: Uint8Array): string | undefined {
  const head = bytes.subarray(0, 4096);
  const utf16 = hasMagic(head, '\xff\xfe') ? 'utf-16le' : hasMagic(head, '\xfe\xff') ? 'utf-16be' : undefined;
  try {
    // As a stream: a character cut off at the end is no error, because more may follow.
    const text = new TextDecoder(utf16 ?? 'utf-8', { fatal: true }).decode(head, { stream: true });
    // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
    return /[\0-\x08\x0e-\x1a\x1c-\x1f]/.test(text) ? undefined : text;
  } catch {
    return undefined;
  }
}

/**
 * Whether a text's first element is `svg`, after an XML declaration, comments and a document type. Goes from one `<` to
 * the next, never back: a regular expression with so many optional parts would take forever on a file of comments.
 */
function isSvg(text: string): boolean {
  for (let at = 0; ; ) {
    while (at < text.length && text[at]!.trim() === '') at++;
    if (/^<svg[\s/>]/i.test(text.slice(at, at + 5))) return true;
    const end = text.startsWith('<!--', at) ? '-->' : /^<[?!]/.test(text.slice(at, at + 2)) ? '>' : undefined;
    const next = end === undefined ? -1 : text.indexOf(end, at + (end === '>' ? 2 : 4));
    if (end === undefined || next < 0) return false;
    at = next + end.length;
  }
}

/**
 * The format of a file by its first bytes.
 * @throws {DecodeError} if it is none of our formats, naming the format if it is known
 */
export function detectFormat(bytes: Uint8Array): FormatName {
  if (bytes.length === 0) throw new DecodeError('empty');
  const found = formatNames.find(name => hasMagic(bytes, formats[name].magic));
  if (found) return found;
  if (formatNames.some(name => isStartOf(bytes, formats[name].magic))) throw new DecodeError('truncated');
  for (const [format, offset, magic] of others) {
    if (hasMagic(bytes, magic, offset)) throw new DecodeError('otherFormat', { format });
  }
  const netpbm = netpbmOf(bytes);
  if (netpbm) throw new DecodeError('otherFormat', { format: netpbm });
  if (hasMagic(bytes, 'version https://git-lfs.github.com/spec/')) throw new DecodeError('lfsPointer');
  const text = readText(bytes);
  if (text === undefined) throw new DecodeError('unknownFormat');
  if (isSvg(text)) throw new DecodeError('otherFormat', { format: 'SVG' });
  throw new DecodeError('text');
}
