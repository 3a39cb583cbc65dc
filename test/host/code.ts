/**
 * The embedded VS Code behind the flags of the `code` command, so that what starts VS Code Desktop can start this:
 *
 *     code.cjs [FOLDER] --extensionDevelopmentPath=DIR [--extensionTestsPath=FILE] [--user-data-dir=DIR] [--locale=ko] [--web] …
 *
 * With `--extensionTestsPath` it runs that module in the extension host of a window that nobody sees, prints its console,
 * and ends with its exit code. Without, it prints the address of the window and serves it until Ctrl-C.
 * The environment variable VSCODE_VERSION chooses between the versions of versions.ts; as a flag it would be one that
 * `code` does not have.
 */
import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { runExtensionTests } from './run-tests';
import { serve } from './serve';
import { startServer, workbenchUrl } from './server';
import { parseVersion } from './versions';

const options = {
  extensionDevelopmentPath: { type: 'string' },
  extensionTestsPath: { type: 'string' },
  'user-data-dir': { type: 'string' },
  'extensions-dir': { type: 'string' },
  'folder-uri': { type: 'string' },
  locale: { type: 'string' },
  web: { type: 'boolean' },
  // Accepted and without effect: each is the case here anyway, or means nothing in a browser.
  'no-sandbox': { type: 'boolean' },
  'disable-gpu': { type: 'boolean' },
  'disable-gpu-sandbox': { type: 'boolean' },
  'disable-extensions': { type: 'boolean' },
  'disable-updates': { type: 'boolean' },
  'disable-telemetry': { type: 'boolean' },
  'disable-workspace-trust': { type: 'boolean' },
  'skip-welcome': { type: 'boolean' },
  'skip-release-notes': { type: 'boolean' },
  'new-window': { type: 'boolean', short: 'n' },
  wait: { type: 'boolean', short: 'w' },
} as const;

/** Runs with these arguments and resolves with the exit code; what goes wrong is printed. */
export async function code(args: readonly string[]): Promise<number> {
  try {
    return await run(args);
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    return 1;
  }
}

async function run(args: readonly string[]): Promise<number> {
  const { values, positionals, tokens } = parseArgs({
    args: [...args],
    options,
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  for (const token of tokens) {
    if (token.kind === 'option' && !(token.name in options)) {
      // `code` also goes on after this warning.
      console.warn(`Warning: '${token.rawName}' is not in the list of options of the embedded VS Code`);
    }
  }
  const text = (name: keyof typeof options) => {
    const value = values[name];
    return typeof value === 'string' && value !== '' ? value : undefined;
  };

  const folderUri = text('folder-uri');
  const folder = folderUri ? fileURLToPath(folderUri) : positionals[0];
  if (folder !== undefined && !statSync(folder, { throwIfNoEntry: false })?.isDirectory()) {
    console.error(`${resolve(folder)} is not a folder`);
    return 1;
  }

  const server = await startServer({
    version: parseVersion(process.env['VSCODE_VERSION']),
    userDataDir: text('user-data-dir'),
    extensionsDir: text('extensions-dir'),
    locale: text('locale'),
    web: values.web === true,
  });
  const window = {
    folder,
    extensionDevelopmentPath: text('extensionDevelopmentPath'),
    extensionTestsPath: text('extensionTestsPath'),
  };
  try {
    const run = window.extensionTestsPath ? runExtensionTests : serve;
    return await run(workbenchUrl(server, window), server.ended);
  } finally {
    await server.stop();
  }
}
