import { openInUsersBrowser } from './users-browser';

/**
 * Tells a person where a window is, and waits until Ctrl-C. Resolves with an exit code.
 * @param ended resolves with a log when the server ends by itself
 */
export async function serve(url: string, ended: Promise<string> = new Promise(() => {})): Promise<number> {
  console.log(`\nVS Code is open at\n\n  ${url}\n\nCtrl-C ends it.`);
  openInUsersBrowser(url);
  const interrupted = new Promise<void>(done => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.once(signal, () => done());
    }
  });
  const log = await Promise.race([ended, interrupted]);
  if (log !== undefined) {
    console.error(`The server has ended. Its log:\n${log}`);
    return 1;
  }
  return 0;
}
