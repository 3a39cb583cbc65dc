import { readdirSync, readFileSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join, relative } from 'node:path';
import { buildSync } from 'esbuild';
import { listen } from '../listen';
import type { VSCodeVersion } from '../versions';
import { ensureVSCode } from '../vscode';
import { page, type WebWindow } from './page';
import { serverlessWorkbench, workbenchScript } from './workbench';

interface WebServerOptions extends WebWindow {
  readonly version: VSCodeVersion;
  /** Of the extension under development. */
  readonly extensionDevelopmentPath: string;
  /** The folder that is open; the window reads it, and keeps to itself what it writes. */
  readonly folder: string;
}

export interface WebServer {
  /** Of the window. */
  readonly url: string;
  stop(): Promise<void>;
}

const contentTypes: Readonly<Record<string, string>> = {
  '.css': 'text/css',
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.wasm': 'application/wasm',
};

/**
 * Serves a VS Code without a server, as vscode.dev is one: nothing but files comes from here, on a free port of this
 * machine. Installs it if need be.
 *
 * `@vscode/test-web` would do it with 113 packages more and a VS Code that is downloaded from elsewhere.
 */
export async function startWebServer(options: WebServerOptions): Promise<WebServer> {
  const vscode = await ensureVSCode(options.version);
  const made: Readonly<Record<string, string>> = {
    [`/vscode${workbenchScript}`]: serverlessWorkbench(vscode),
    '/provider/main.js': provider(),
  };
  const roots: Readonly<Record<string, string>> = {
    vscode,
    provider: join(__dirname, 'folder'),
    extension: options.extensionDevelopmentPath,
    folder: options.folder,
  };
  const server = createServer((request, response) => {
    const { pathname, search } = new URL(request.url!, 'http://localhost');
    const { status, type, body } = answer(decodeURIComponent(pathname), search);
    response.writeHead(status, {
      'content-type': type,
      'access-control-allow-origin': '*',
      'cache-control': 'no-cache',
    });
    response.end(body);
  });
  const port = await listen(server);

  function answer(path: string, search: string) {
    if (path === '/') return found('.html', page(`localhost:${port}`, options));
    const type = extname(path);
    if (Object.hasOwn(made, path)) return found(type, made[path]!);
    const [, name = '', rest = '/'] = /^\/(\w+)(\/.*)?$/.exec(path) ?? [];
    if (!Object.hasOwn(roots, name)) return missing;
    const file = join(roots[name]!, rest);
    if (relative(roots[name]!, file).startsWith('..')) return missing;
    try {
      const queries: Readonly<Record<string, () => string>> = {
        '?stat': () => stateOf(file),
        '?list': () => entriesOf(file),
      };
      const query = queries[search];
      return query ? found('.json', query()) : found(type, readFileSync(file));
    } catch {
      // The package leaves out what VS Code's own extensions are in browsers: they then do nothing.
      const isOwn = name === 'vscode' && rest.startsWith('/extensions/') && type === '.js';
      return isOwn ? found(type, 'exports.activate = () => {};') : missing;
    }
  }

  return {
    url: `http://localhost:${port}/`,
    stop: () =>
      new Promise(resolve => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

const missing = { status: 404, type: 'text/plain', body: '' };

function found(extension: string, body: string | Uint8Array) {
  return { status: 200, type: contentTypes[extension] ?? 'application/octet-stream', body };
}

/** As `vscode.FileStat`. */
function stateOf(file: string): string {
  const state = statSync(file);
  return JSON.stringify({
    type: state.isDirectory() ? 2 : 1,
    ctime: state.ctimeMs,
    mtime: state.mtimeMs,
    size: state.size,
  });
}

/** As `vscode.FileSystem.readDirectory` gives them. */
function entriesOf(folder: string): string {
  const entries = readdirSync(folder, { withFileTypes: true });
  return JSON.stringify(entries.map(entry => [entry.name, entry.isDirectory() ? 2 : 1]));
}

/** The extension that provides the folder. */
function provider(): string {
  const { outputFiles } = buildSync({
    entryPoints: [join(__dirname, 'folder/main.ts')],
    bundle: true,
    write: false,
    platform: 'browser',
    format: 'cjs',
    external: ['vscode'],
  });
  return outputFiles[0]!.text;
}
