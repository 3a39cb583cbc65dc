/**
 * `npm run test:browser [-- PART-OF-A-FILE-NAME …]`: the unit tests of what computes, as the extension is bundled for
 * browsers, in workers of a headless Chromium. One file after the other is a worker of its own.
 */
import { readdirSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { launchBrowser } from '../host/browser';
import { listen } from '../host/listen';
import { failureOf, report } from '../host/tally';
import { answering } from './answer';
import { bundle } from './bundle';
import type { Outcome, Report } from './report';

const test = join(import.meta.dirname, '..');
const folders = ['unit/core', 'unit/decode', 'unit/lab', 'browser'];
/** They measure processes of Node, or need packages that run only there. */
const onlyInNode = ['bombs.test.ts', 'fuzz.test.ts'];
/** For a file that hangs. */
const timeoutMs = 60_000;

function files(parts: readonly string[]): string[] {
  return folders
    .flatMap(folder => readdirSync(join(test, folder)).map(name => join(folder, name)))
    .filter(name => name.endsWith('.test.ts') && !onlyInNode.some(other => name.endsWith(other)))
    .filter(name => parts.length === 0 || parts.some(part => name.includes(part)));
}

/** Serves an empty page, the scripts, and what Node answers to tests. */
async function serve(scripts: ReadonlyMap<string, string>): Promise<{ server: Server; port: number }> {
  const answer = answering();
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url!, 'http://localhost');
    const script = scripts.get(pathname.slice(1));
    if (script !== undefined) {
      response.setHeader('content-type', 'text/javascript').end(script);
    } else if (pathname === '/ask') {
      await answer(request, response);
    } else {
      response.setHeader('content-type', 'text/html').end('<!doctype html><title>Tests</title>');
    }
  });
  return { server, port: await listen(server) };
}

/** Runs a script of tests in a worker. */
function run(page: Page, script: string): Promise<readonly Outcome[]> {
  return page.evaluate(
    ([script, timeoutMs]) => {
      const worker = new Worker(`/${script}`);
      return new Promise<readonly Outcome[]>(resolve => {
        worker.onmessage = ({ data }: MessageEvent<Report>) => resolve(data.outcomes);
        worker.onerror = ({ message }) => resolve([{ name: 'the file', failure: message }]);
        setTimeout(() => resolve([{ name: 'the file', failure: 'It has not come to its end' }]), timeoutMs);
      }).finally(() => worker.terminate());
    },
    [script, timeoutMs] as const,
  );
}

async function main(): Promise<number> {
  const wanted = files(process.argv.slice(2));
  if (wanted.length === 0) throw new Error('No file of tests has such a name');
  const browser = await launchBrowser();
  const { server, port } = await serve(await bundle(wanted.map(name => join(test, name))));
  const failures: string[] = [];
  let passed = 0;
  try {
    const page = await browser.newPage();
    await page.goto(`http://127.0.0.1:${port}/`);
    const left = [...wanted];
    const runSome = async () => {
      for (let name = left.shift(); name !== undefined; name = left.shift()) {
        const start = performance.now();
        const outcomes = await run(page, name.replace(/\.ts$/, '.js'));
        const failed = outcomes.filter(({ failure }) => failure !== undefined);
        passed += outcomes.length - failed.length;
        failures.push(...failed.map(({ name: title, failure }) => failureOf(`${name} › ${title}`, failure)));
        // A file without a test has run none.
        if (outcomes.length === 0) failures.push(`${name} has no tests`);
        console.log(
          `${failed.length > 0 ? '✖' : '✔'} ${name}: ${outcomes.length} tests, ${Math.round(performance.now() - start)} ms`,
        );
      }
    };
    await Promise.all(Array.from({ length: availableParallelism() }, runSome));
  } finally {
    await browser.close();
    server.close();
  }
  for (const failure of failures) console.error(failure);
  console.log(`${passed} passed, ${failures.length} failed`);
  report({ ring: 'unit in a browser', passed, failed: failures.length, failures });
  return failures.length > 0 ? 1 : 0;
}

void main().then(process.exit);
