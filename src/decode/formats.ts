import type { Format } from './format';
import { jpeg } from './jpeg/format';
import { png } from './png/format';

/**
 * The formats that can be opened. To add one, add a folder like these, a row here, its decoder to decode.ts (the
 * compiler requires it) and its extensions to package.json (a test requires it).
 */
export const formats = { png, jpeg } as const satisfies Record<string, Format>;

export type FormatName = keyof typeof formats;

export const formatNames = Object.keys(formats) as readonly FormatName[];

/** The extensions of all formats. */
export const extensions: readonly string[] = Object.values(formats).flatMap(each => each.extensions);

/** Whether a file name has a picture's extension, in upper or lower case. */
export function isPictureName(name: string): boolean {
  return extensions.includes(extensionOf(name));
}

/** Whether a file name has one of a format's extensions. */
export function hasUsualName(name: string, format: FormatName): boolean {
  const { extensions }: Format = formats[format];
  return extensions.includes(extensionOf(name));
}

/** The part after a name's last dot, in lower case; empty without a dot. */
function extensionOf(name: string): string {
  return /\.([^./]*)$/.exec(name)?.[1]?.toLowerCase() ?? '';
}
