import type { FileRequest } from '../src/export/request';
import type { PictureInfo } from '../src/protocol';

/** What is known of a picture like the sample photo, with what a test varies. */
export function pictureInfo(part: Partial<PictureInfo> = {}): PictureInfo {
  return { width: 1024, height: 700, channels: 3, bitDepth: 8, format: 'jpeg', orientation: 1, notes: [], ...part };
}

/** The request for a script that reads such a picture. */
export const mountainFile: FileRequest = {
  path: 'mountain.jpg',
  picture: pictureInfo(),
  mode: 'colour',
  orient: true,
};
