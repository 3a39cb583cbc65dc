import * as vscode from 'vscode';

/** A change on disk often causes several events; they count as one if no further event comes for this long. */
export const settleMilliseconds = 150;

/** A file that changes all the time is reported at least this often. */
const mostMilliseconds = 600;

/** Reports that a file has changed: once no further change comes, or after 600 ms of changes. */
export class FileWatcher implements vscode.Disposable {
  readonly #disposables: vscode.Disposable[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** Time of the first change that is not reported yet. */
  #changedAt: number | undefined;

  constructor(
    uri: vscode.Uri,
    private readonly onChange: () => void,
  ) {
    const folder = vscode.Uri.joinPath(uri, '..');
    const name = nameOf(uri);
    // The name may contain characters that are special in globs: then watch the whole folder and compare names.
    const pattern = /[*?[\]{}]/.test(name) ? '*' : name;
    const watchers = [
      // Reports that the file is created, deleted or replaced.
      new vscode.RelativePattern(folder, pattern),
      // Reports changes behind a symbolic link, of the file or of a folder above it.
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

  /** The file is about to be read: changes so far need no report. */
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
