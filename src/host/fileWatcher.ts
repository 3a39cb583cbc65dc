import * as vscode from 'vscode';

/** A change on disk often comes as several events; they count as one when no further comes for this long. */
export const settleMilliseconds = 150;

/** A file that is written all the time is looked at this often all the same. */
const mostMilliseconds = 600;

/** Tells when a file has changed, and has come to rest or has not for long. */
export class FileWatcher implements vscode.Disposable {
  readonly #disposables: vscode.Disposable[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** When the first of the changes came that have not been told yet. */
  #changedAt: number | undefined;

  constructor(
    uri: vscode.Uri,
    private readonly onChange: () => void,
  ) {
    const folder = vscode.Uri.joinPath(uri, '..');
    const name = nameOf(uri);
    // A name can hold what a glob gives a meaning; then watch the folder and look for the name.
    const pattern = /[*?[\]{}]/.test(name) ? '*' : name;
    const watchers = [
      // Sees the file come, go and be replaced.
      new vscode.RelativePattern(folder, pattern),
      // Sees what is behind a symbolic link, of the file or of a folder on the way to it.
      new vscode.RelativePattern(uri, '*'),
    ].map(pattern => vscode.workspace.createFileSystemWatcher(pattern));
    const onEvent = (changed: vscode.Uri) => {
      if (nameOf(changed) === name) this.#settle();
    };
    for (const watcher of watchers) {
      watcher.onDidChange(onEvent, undefined, this.#disposables);
      watcher.onDidCreate(onEvent, undefined, this.#disposables);
      watcher.onDidDelete(onEvent, undefined, this.#disposables);
    }
    this.#disposables.push(...watchers);
  }

  /** The file is being looked at: changes so far need no telling. */
  settled(): void {
    clearTimeout(this.#timer);
    this.#changedAt = undefined;
  }

  dispose(): void {
    this.settled();
    for (const disposable of this.#disposables) disposable.dispose();
  }

  #settle(): void {
    clearTimeout(this.#timer);
    this.#changedAt ??= Date.now();
    const rest = Math.max(0, this.#changedAt + mostMilliseconds - Date.now());
    this.#timer = setTimeout(this.onChange, Math.min(settleMilliseconds, rest));
  }
}

/** The last part of a path. */
export function nameOf(uri: vscode.Uri): string {
  return uri.path.slice(uri.path.lastIndexOf('/') + 1);
}
