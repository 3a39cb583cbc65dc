/**
 * Remarks on a file that is shown nevertheless, each with its English message. Values are inserted at `{name}`, as in
 * the messages of `DecodeError`.
 */
export const noteSentences = {
  cutScan: 'The file ends too early: what is missing is shown as libjpeg leaves it.',
  disturbedScan: 'The file holds data that makes no sense: the picture is shown as libjpeg reads it.',
  chunkChecksum: 'The checksum of the {chunk} chunk is wrong, so the chunk does not count.',
  surplusPixels: 'The file holds more pixel data than the picture needs.',
  narrowWindow: 'The pixel data reaches further back than it says. It is shown here; OpenCV refuses such a file.',
  animation: 'The file is an animation: only its first picture is shown.',
  hiddenOrientation: 'The picture is turned as its EXIF data says, which OpenCV 4 does not find behind other data.',
  nearPixels: 'WebAssembly cannot run here: pixels can differ from OpenCV’s by some levels.',
} as const;

export type DecodeNoteCode = keyof typeof noteSentences;

/** A remark on a decoded file. Translate `template` with `values`. */
export interface DecodeNote {
  readonly code: DecodeNoteCode;
  readonly template: string;
  readonly values: Readonly<Record<string, string | number>>;
}

/** The remark with this code. */
export function noteOf(code: DecodeNoteCode, values: DecodeNote['values'] = {}): DecodeNote {
  return { code, template: noteSentences[code], values };
}
