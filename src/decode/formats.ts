import type { Format } from './format';
import { jpeg } from './jpeg/format';
import { png } from './png/format';

/**
 * The formats that can be opened. One more is a folder like these, a row here, its decoder in decode.ts, which the compiler
 * then asks for, and its extensions in package.json, which a test asks for.
 */
export const formats = { png, jpeg } as const satisfies Record<string, Format>;

export type FormatName = keyof typeof formats;

export const formatNames = Object.keys(formats) as readonly FormatName[];

/** The extensions of all formats. */
export const extensions: readonly string[] = Object.values(formats).flatMap(each => each.extensions);

/** Whether a file's name ends like a picture's, in whatever case. */
export function isPictureName(name: string): boolean {
  return extensions.includes(extensionOf(name));
}

/** Whether a file's name ends as is usual for a format. */
export function hasUsualName(name: string, format: FormatName): boolean {
  const { extensions }: Format = formats[format];
  return extensions.includes(extensionOf(name));
}

/** What follows a name's last dot, in lower case; empty without one. */
function extensionOf(name: string): string {
  return /\.([^./]*)$/.exec(name)?.[1]?.toLowerCase() ?? '';
}
