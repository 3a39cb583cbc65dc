import * as vscode from 'vscode';
import { localFiles } from '#platform';
import type { FileFailure } from '../platform/platform';

/** A file's size in bytes, and a text that changes when the file changes. */
interface FileState {
  readonly size: number;
  readonly version: string;
}

/**
 * Size and version of a file. A local file is asked about without VS Code's file system API, if that can be: each call
 * took 30 ms because the window was busy opening the editor.
 *
 * @throws {FileSystemError} for a folder, and for a file that is missing or must not be read
 * @throws other errors of the file system as they are
 */
export async function stateOf(uri: vscode.Uri): Promise<FileState> {
  if (localFiles && uri.scheme === 'file') {
    const { size, mtime } = orError(uri, await localFiles.stat(uri.fsPath));
    return { size, version: `${mtime} ${size}` };
  }
  const { size, mtime, type } = await vscode.workspace.fs.stat(uri);
  if (type & vscode.FileType.Directory) throw vscode.FileSystemError.FileIsADirectory(uri);
  return { size, version: `${mtime} ${size}` };
}

/** A file's bytes. `own` is false if a file system provider may still use their memory. */
export async function bytesOf(uri: vscode.Uri): Promise<{ readonly bytes: Uint8Array; readonly own: boolean }> {
  if (localFiles && uri.scheme === 'file') return { bytes: orError(uri, await localFiles.read(uri.fsPath)), own: true };
  return { bytes: await vscode.workspace.fs.readFile(uri), own: false };
}

/** What VS Code's file systems throw for these failures. */
const errors: Readonly<Record<string, (uri: vscode.Uri) => Error>> = {
  missing: vscode.FileSystemError.FileNotFound,
  forbidden: vscode.FileSystemError.NoPermissions,
  folder: vscode.FileSystemError.FileIsADirectory,
};

function orError<T extends object>(uri: vscode.Uri, found: T | FileFailure): T {
  if (!('failure' in found)) return found;
  throw errors[found.failure]?.(uri) ?? found.cause;
}
