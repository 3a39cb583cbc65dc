import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Where a VS Code has the script of its window. */
export const workbenchScript = '/out/vs/code/browser/workbench/workbench.js';

/** What code-server has built into the window, and what stands there in a VS Code without a server. */
const changes: readonly (readonly [found: RegExp, instead: string])[] = [
  // Its server is the remote machine of each window.
  [/remoteAuthority:location\.host/, 'remoteAuthority:void 0'],
  // The server keeps the user's settings; elsewhere the browser does.
  [
    /(\w+)\.file\(this\.userDataPath\)\.with\(\{scheme:\w+\.vscodeRemote\}\)/,
    '$1.file("/").with({scheme:"vscode-userdata"})',
  ],
];

/**
 * The script of a window that has no server.
 * @param vscode the folder of a VS Code's server
 */
export function serverlessWorkbench(vscode: string): string {
  return changes.reduce(
    (script, [found, instead]) => {
      if (!found.test(script)) throw new Error(`This VS Code's window is built in another way: it has no ${found}`);
      return script.replace(found, instead);
    },
    readFileSync(join(vscode, workbenchScript), 'utf8'),
  );
}
