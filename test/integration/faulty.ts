/** Engines that fail, where a test wants them to. */
import { Engines } from '../../src/engine/engines';
import { scratchFile, workerScript } from './conversation';
import { isWeb } from './host';

/**
 * What starts a thread that runs these lines. They have `onRequest(listener)`, `die()`, `thread`, which is its number in
 * threads.ts, and `beEngine()`, with which it becomes an engine like any other.
 */
export function threadOf(lines: string): string {
  const engine = JSON.stringify(workerScript);
  return isWeb
    ? URL.createObjectURL(new Blob([wordsInBrowser(engine), lines], { type: 'text/javascript' }))
    : scratchFile('worker.js', wordsInNode(engine) + lines).fsPath;
}

const wordsInNode = (engine: string) => `
  const { parentPort, threadId: thread } = require('worker_threads');
  const onRequest = listener => parentPort.on('message', listener);
  const die = () => process.exit(9);
  const beEngine = () => require(${engine});
`;

const wordsInBrowser = (engine: string) => `
  const thread = Number(/\\d+$/.exec(name)[0]);
  const onRequest = listener => addEventListener('message', ({ data }) => listener(data));
  const die = () => { throw new Error('dies'); };
  const beEngine = () => importScripts(${engine});
`;

/** Engines of which the first runs other lines, see {@link threadOf}. */
export class FirstFaulty extends Engines {
  #lines: string | undefined;

  constructor(lines: string) {
    super(workerScript);
    this.#lines = lines;
  }

  override take(...onDied: Parameters<Engines['take']>) {
    const lines = this.#lines;
    this.#lines = undefined;
    return lines === undefined ? super.take(...onDied) : new Engines(threadOf(lines)).take(...onDied);
  }
}
