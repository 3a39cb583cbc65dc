/**
 * A folder that no machine shares with the window, as a repository on vscode.dev: it is read over HTTP, what is written
 * stays in the window, and nobody says what changes at its source. Under `virtual-readonly:` nothing can be written.
 */
import * as vscode from 'vscode';

/** Called by VS Code when the folder is opened. */
export function activate({ extensionUri, subscriptions }: vscode.ExtensionContext): void {
  const folder = new VirtualFolder(`${extensionUri.scheme}://${extensionUri.authority}`);
  subscriptions.push(
    vscode.workspace.registerFileSystemProvider('virtual', folder, { isCaseSensitive: true }),
    vscode.workspace.registerFileSystemProvider('virtual-readonly', folder, {
      isCaseSensitive: true,
      isReadonly: true,
    }),
    (vscode.workspace as unknown as WorkspaceWithSearch).registerFileSearchProvider('virtual', {
      provideFileSearchResults: (_, { folder: uri }) => folder.filesIn(uri),
    }),
  );
}

/** A part of the proposed API `fileSearchProvider`. VS Code itself compares the names with what is searched for. */
interface WorkspaceWithSearch {
  registerFileSearchProvider(
    scheme: string,
    provider: {
      provideFileSearchResults(query: unknown, options: { readonly folder: vscode.Uri }): Promise<vscode.Uri[]>;
    },
  ): vscode.Disposable;
}

interface Written {
  readonly bytes: Uint8Array;
  readonly mtime: number;
}

class VirtualFolder implements vscode.FileSystemProvider {
  readonly #changed = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
  readonly onDidChangeFile = this.#changed.event;
  /** What the window has written, and undefined for what it has deleted, by path. */
  readonly #written = new Map<string, Written | undefined>();

  constructor(private readonly origin: string) {}

  watch(): vscode.Disposable {
    return new vscode.Disposable(() => {});
  }

  async stat(uri: vscode.Uri): Promise<vscode.FileStat> {
    const written = this.#find(uri);
    if (!written) return (await this.#ask(uri, '?stat')).json();
    return { type: vscode.FileType.File, ctime: 0, mtime: written.mtime, size: written.bytes.length };
  }

  async readDirectory(uri: vscode.Uri): Promise<[string, vscode.FileType][]> {
    const names = new Map<string, vscode.FileType>(await (await this.#ask(uri, '?list')).json());
    const start = `${uri.path.replace(/\/$/, '')}/`;
    for (const [path, written] of this.#written) {
      const name = path.slice(start.length);
      if (!path.startsWith(start) || name.includes('/')) continue;
      if (written) names.set(name, vscode.FileType.File);
      else names.delete(name);
    }
    return [...names];
  }

  async readFile(uri: vscode.Uri): Promise<Uint8Array> {
    return this.#find(uri)?.bytes ?? new Uint8Array(await (await this.#ask(uri)).arrayBuffer());
  }

  async writeFile(uri: vscode.Uri, content: Uint8Array): Promise<void> {
    const { Changed, Created } = vscode.FileChangeType;
    const type = this.#written.get(uri.path) ? Changed : Created;
    this.#written.set(uri.path, { bytes: content.slice(), mtime: Date.now() });
    this.#changed.fire([{ type, uri }]);
  }

  delete(uri: vscode.Uri): void {
    this.#written.set(uri.path, undefined);
    this.#changed.fire([{ type: vscode.FileChangeType.Deleted, uri }]);
  }

  async rename(from: vscode.Uri, to: vscode.Uri): Promise<void> {
    await this.writeFile(to, await this.readFile(from));
    this.delete(from);
  }

  createDirectory(uri: vscode.Uri): void {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  /** All files, in folders within it too. */
  async filesIn(folder: vscode.Uri): Promise<vscode.Uri[]> {
    const entries = await this.readDirectory(folder);
    const files = entries.map(([name, type]) => {
      const uri = vscode.Uri.joinPath(folder, name);
      return type === vscode.FileType.Directory ? this.filesIn(uri) : [uri];
    });
    return (await Promise.all(files)).flat();
  }

  /** What the window has written there. */
  #find(uri: vscode.Uri): Written | undefined {
    if (this.#written.has(uri.path) && !this.#written.get(uri.path)) throw vscode.FileSystemError.FileNotFound(uri);
    return this.#written.get(uri.path);
  }

  async #ask({ path }: vscode.Uri, query = ''): Promise<Response> {
    const response = await fetch(`${this.origin}${path.split('/').map(encodeURIComponent).join('/')}${query}`);
    if (!response.ok) throw vscode.FileSystemError.FileNotFound(path);
    return response;
  }
}
