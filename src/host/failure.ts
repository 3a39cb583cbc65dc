/** Why a picture cannot be shown, as a sentence for the user, and what the user can do about it. */
import { FileSystemError, l10n } from 'vscode';
import type { DecodeErrorCode } from '../decode/error';
import type { EngineFailure } from '../engine/message';
import type { HostNotice, Remedy } from '../protocol';

export type Failed = Extract<HostNotice, { type: 'failed' }>;

export function deleted(): Failed {
  return failed(l10n.t('The file was deleted, renamed or moved. If it comes back, so does the preview.'), 'retry');
}

export function cancelled(): Failed {
  return failed(l10n.t('Opening the picture was cancelled.'), 'retry');
}

/**
 * @param megabytes the file's size
 * @param limit the largest possible size, in MB
 */
export function tooLargeFile(megabytes: number, limit: number): Failed {
  return failed(
    l10n.t(
      'The file is too large: {0} MB, where pictures within the megapixel limit take at most {1} MB.',
      megabytes,
      limit,
    ),
    'raiseLimit',
  );
}

/** What the errors of VS Code's file systems mean that say something of the file itself. */
const lost: Readonly<Record<string, () => Failed>> = {
  FileNotFound: deleted,
  FileIsADirectory: () => failed(l10n.t('This is a folder, not a picture.')),
  NoPermissions: () => failed(l10n.t('The file may not be read: permission was denied.'), 'retry'),
};

/** Whether an error says that there is no file to be read, and not only that the file system cannot be asked. */
export function isLost(error: unknown): boolean {
  return error instanceof FileSystemError && Object.hasOwn(lost, error.code);
}

/** @param error what reading the file threw: an error of a VS Code file system, or of Node */
export function unreadable(error: unknown): Failed {
  const known = error instanceof FileSystemError ? lost[error.code] : undefined;
  if (known) return known();
  return failed(
    l10n.t('The file could not be read: {0}', error instanceof Error ? error.message : String(error)),
    'retry',
  );
}

/** @param failure the engine's reply to a decode, or why the engine ended */
export function undecodable(failure: EngineFailure): Failed {
  switch (failure.kind) {
    case 'decode':
      return failed(l10n.t(failure.template, failure.values), ...remediesFor(failure.code));
    case 'memory':
      return failed(l10n.t('There is not enough memory for this picture.'), 'retry');
    default:
      return failed(l10n.t('The process that works on the picture ended unexpectedly.'), 'retry');
  }
}

function remediesFor(code: DecodeErrorCode): Remedy[] {
  switch (code) {
    case 'text':
    case 'lfsPointer':
      return ['openAsText'];
    case 'tooLarge':
      return ['raiseLimit'];
    case 'otherFormat':
    case 'unknownFormat':
    case 'tooManyScans':
    case 'precision':
    case 'arithmetic':
    case 'lossless':
    case 'unsupported':
      // Another attempt would fail in the same way.
      return [];
    case 'empty':
    case 'outOfMemory':
    case 'truncated':
    case 'damagedChunk':
    case 'damagedPixels':
    case 'missingChunk':
    case 'damagedMarker':
    case 'damagedScan':
    case 'missingMarker':
    case 'missingTable':
      // The file may still be being written or copied.
      return ['retry'];
  }
}

function failed(message: string, ...remedies: Remedy[]): Failed {
  return { type: 'failed', message, remedies };
}
