import { readFile, stat } from 'node:fs/promises';
import * as vscode from 'vscode';

/** A file's size in bytes, and what changes when it does. */
interface FileState {
  readonly size: number;
  readonly version: string;
}

/**
 * What `workspace.fs.stat` says of a file. One on this machine's disk is asked of the disk itself: VS Code's own way leads
 * through the window, which is busy with the editor just then, and took 30 ms for each call.
 *
 * @throws FileSystemError for what is no file, and whatever a file system throws
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

/** A file's bytes, and whether nobody else holds their memory: a file system provider may hand out what it keeps. */
export async function bytesOf(uri: vscode.Uri): Promise<{ readonly bytes: Uint8Array; readonly own: boolean }> {
  if (uri.scheme === 'file') return { bytes: await asFileSystemErrors(uri, readFile(uri.fsPath)), own: true };
  return { bytes: await vscode.workspace.fs.readFile(uri), own: false };
}

/** Node's errors as those that VS Code's file systems throw. */
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
