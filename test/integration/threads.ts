/** The threads of this host that have begun since the suites were loaded, the extension's own among them. */
import { eventually } from './eventually';
import { isWeb } from './host';

/** The numbers of those that have not ended. */
const running = new Set<number>();

if (isWeb) followInBrowser();
else {
  process.on('worker', worker => {
    const { threadId } = worker;
    running.add(threadId);
    worker.once('exit', () => running.delete(threadId));
  });
}

/** Nothing tells there that a thread has ended, but what ends it can be seen. A thread finds its number at the end of its name. */
function followInBrowser(): void {
  const { Worker: Begun } = globalThis;
  let last = 0;
  globalThis.Worker = function begin(script: string | URL, options: WorkerOptions = {}): Worker {
    const id = ++last;
    const worker = new Begun(script, { ...options, name: `${options.name} ${id}` });
    running.add(id);
    const terminate = worker.terminate.bind(worker);
    worker.terminate = () => {
      running.delete(id);
      terminate();
    };
    return worker;
  } as unknown as typeof Worker;
}

/** Whether the thread that calls itself so has not ended. */
export const isAlive = (threadId: number) => running.has(threadId);

/** How many threads have not ended yet. */
export const threads = () => running.size;

/** Between tests the extension keeps one thread ready for the next picture, or is about to start it. */
export const onlySpareThread = () => eventually('the threads have ended', () => threads() <= 1);
