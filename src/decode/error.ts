/**
 * Every decode error with its English message. Values are inserted at `{name}`, as in `vscode.l10n.t`, so that the host
 * translates by the message itself.
 */
export const sentences = {
  empty: 'The file is empty.',
  text: 'This is a text file, not a picture.',
  lfsPointer: 'This is a Git LFS pointer: the picture itself has not been downloaded yet (git lfs pull).',
  otherFormat: 'The format of this file is {format}. Only PNG and JPEG pictures can be opened.',
  unknownFormat: 'This is neither a PNG nor a JPEG picture.',
  tooLarge: 'The picture has {width} × {height} = {megapixels} megapixels, more than the limit of {limit}.',
  outOfMemory: 'There is not enough memory for a picture of {width} × {height} pixels.',
  truncated: 'The file ends too early: part of the picture is missing.',
  damagedChunk: 'The PNG file is damaged: its {chunk} chunk is wrong.',
  damagedPixels: 'The PNG file is damaged: its pixel data cannot be unpacked.',
  missingChunk: 'The PNG file is damaged: it has no {chunk} chunk.',

  damagedMarker: 'The JPEG file is damaged: its {marker} marker is wrong.',
  damagedScan: 'The JPEG file is damaged: its picture data cannot be unpacked.',
  missingMarker: 'The JPEG file is damaged: it has no {marker} marker.',
  missingTable: 'The JPEG file is damaged: its {table} table is missing.',
  tooManyScans: 'The JPEG file has {scans} scans, far more than a picture of its size needs.',
  precision: 'This JPEG has {bits} bits per sample. Only 8-bit JPEG pictures can be opened.',
  arithmetic: 'This JPEG uses arithmetic coding, which is not supported.',
  lossless: 'This is a lossless or hierarchical JPEG or a JPEG-LS, which is not supported.',
  unsupported: 'This {format} picture uses {feature}, which is not supported.',
} as const;

export type DecodeErrorCode = keyof typeof sentences;

/** Why a file cannot be shown. `message` is English; translate `template` with `values`. */
export class DecodeError extends Error {
  override readonly name = 'DecodeError';
  readonly template: string;

  constructor(
    readonly code: DecodeErrorCode,
    readonly values: Readonly<Record<string, string | number>> = {},
    cause?: unknown,
  ) {
    const template = sentences[code];
    super(
      template.replace(/\{(\w+)\}/g, (_, key: string) => String(values[key])),
      cause === undefined ? undefined : { cause },
    );
    this.template = template;
  }
}
