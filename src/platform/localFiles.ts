import { readFile, stat } from 'node:fs/promises';
import type { FileFailure, LocalFile, Platform } from './platform';

export const localFiles: Platform['localFiles'] = {
  stat: path =>
    attempt<LocalFile>(async () => {
      const found = await stat(path);
      return found.isDirectory() ? { failure: 'folder' } : { size: found.size, mtime: found.mtimeMs };
    }),
  read: path => attempt(() => readFile(path)),
};

const failures: Readonly<Record<string, FileFailure['failure']>> = {
  ENOENT: 'missing',
  ENOTDIR: 'missing',
  EACCES: 'forbidden',
  EPERM: 'forbidden',
  EISDIR: 'folder',
};

async function attempt<T>(work: () => Promise<T | FileFailure>): Promise<T | FileFailure> {
  try {
    return await work();
  } catch (cause) {
    return { failure: failures[(cause as NodeJS.ErrnoException).code ?? ''] ?? 'other', cause };
  }
}
