import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { build } from 'esbuild';
import { answering } from '../browser/answer';
import { forBrowsers } from '../browser/bundle';
import { listen } from './listen';
import { tallyVariable } from './tally';

/**
 * Bundles suites for the web extension host into one script, for it can load no other, and answers them what they ask of
 * Node.
 *
 * @param entry in test/integration
 * @param script where the script is written
 * @param environment what they find in `process.env`
 * @returns what ends the answering, and removes what the suites have written
 */
export async function serveSuites(
  entry: string,
  script: string,
  environment: Readonly<Record<string, string>>,
): Promise<() => void> {
  const tally = process.env[tallyVariable];
  // A page that anyone has open in a browser can find the port, but not this name.
  const path = `/${randomUUID()}`;
  const folder = mkdtempSync(join(tmpdir(), 'pooling-preview-'));
  const answer = answering([folder, ...(tally ? [tally] : [])]);
  const server = createServer(async (request, response) => {
    response.setHeader('access-control-allow-origin', '*');
    if (request.url!.startsWith(`${path}?`)) await answer(request, response);
    else response.writeHead(404).end();
  });
  const port = await listen(server);
  await build({
    ...forBrowsers(`http://127.0.0.1:${port}${path}`, {
      ...environment,
      ...(tally && { [tallyVariable]: tally }),
    }),
    entryPoints: [resolve(__dirname, '../integration', entry)],
    outfile: script,
    format: 'cjs',
    external: ['vscode'],
    // Its errors name places in the script, which has the lines of the sources one after the other.
    sourcemap: false,
  });
  return () => {
    server.close();
    rmSync(folder, { recursive: true, force: true });
  };
}
