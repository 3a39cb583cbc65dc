/** The endings that files of a format have, in lower case; package.json names the same. What a file is, its first bytes decide. */
export const extensions = {
  png: ['png', 'apng'],
  jpeg: ['jpg', 'jpeg', 'jpe', 'jfif'],
} as const;

/** Whether a file's name ends like a picture's, in whatever case. */
export function isPictureName(name: string): boolean {
  const extension = extensionOf(name);
  return Object.values(extensions).some(known => known.some(each => each === extension));
}

/** What follows a name's last dot, in lower case; empty without one. */
export function extensionOf(name: string): string {
  return /\.([^./]*)$/.exec(name)?.[1]?.toLowerCase() ?? '';
}
