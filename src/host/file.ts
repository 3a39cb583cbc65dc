import { readFile, stat } from 'node:fs/promises';
import * as vscode from 'vscode';

/** A file's size in bytes, and a text that changes when the file changes. */
interface FileState {
  readonly size: number;
  readonly version: string;
}

/**
 * Size and version of a file. For a local file use Node, not VS Code's file system API: each call took 30 ms because
 * the window was busy opening the editor.
 *
 * @throws {FileSystemError} for a folder, and for a file that is missing or must not be read
 * @throws other errors of the file system as they are
 */
export async function stateOf(uri: vscode.Uri): Promise<FileState> {
  if (uri.scheme === 'file') {
    const found = await asFileSystemErrors(uri, stat(uri.fsPath));
    if (found.isDirectory()) throw vscode.FileSystemError.FileIsADirectory(uri);
    return { size: found.size, version: `${found.mtimeMs} ${found.size}` };
  }
  const { size, mtime, type } = await vscode.workspace.fs.stat(uri);
  if (type & vscode.FileType.Directory) throw vscode.FileSystemError.FileIsADirectory(uri);
  return { size, version: `${mtime} ${size}` };
}

/** A file's bytes. `own` is false if a file system provider may still use their memory. */
export async function bytesOf(uri: vscode.Uri): Promise<{ readonly bytes: Uint8Array; readonly own: boolean }> {
  if (uri.scheme === 'file') return { bytes: await asFileSystemErrors(uri, readFile(uri.fsPath)), own: true };
  return { bytes: await vscode.workspace.fs.readFile(uri), own: false };
}

/** Turns Node's errors into those that VS Code's file systems throw. */
async function asFileSystemErrors<T>(uri: vscode.Uri, work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    switch ((error as NodeJS.ErrnoException).code) {
      case 'ENOENT':
      case 'ENOTDIR':
        throw vscode.FileSystemError.FileNotFound(uri);
      case 'EACCES':
      case 'EPERM':
        throw vscode.FileSystemError.NoPermissions(uri);
      case 'EISDIR':
        throw vscode.FileSystemError.FileIsADirectory(uri);
      default:
        throw error;
    }
  }
}
