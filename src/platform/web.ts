/** The platform for browsers: the web extension host of VS Code, which is a worker itself, and the threads it starts. */
import type { Platform, WorkerDeath, WorkerHandle } from './platform';

export { crc32 } from './web/crc32';
export { inflate, inflatePieces, inflateStart } from './web/inflate/inflate';
export { writePng } from './web/writePng';

export const homeFolder: Platform['homeFolder'] = () => undefined;

export const localFiles: Platform['localFiles'] = undefined;

// No worker may be started from the address of a remote extension's file, but from a blob. This platform is its first
// part, and what the engine requires.
export const workerScript: Platform['workerScript'] = async (_folder, read) => {
  const parts = await Promise.all(['web/platform.js', 'worker.js'].map(read));
  return URL.createObjectURL(
    new Blob(
      parts.map(part => new Uint8Array(part)),
      { type: 'text/javascript' },
    ),
  );
};

export const startWorker: Platform['startWorker'] = (script, { name }) => {
  try {
    return handleOf(new Worker(script, { name }));
  } catch (error) {
    return unstarted({ kind: 'died', message: String(error) });
  }
};

function handleOf(worker: Worker): WorkerHandle {
  return {
    postMessage: (message, transfer) => worker.postMessage(message, [...transfer]),
    onMessage: listener => worker.addEventListener('message', ({ data }) => listener(data)),
    onDeath: listener => {
      worker.addEventListener('messageerror', () => listener({ kind: 'died', message: 'A message cannot be read' }));
      worker.addEventListener('error', event => {
        // Otherwise it is an error of the extension host, too.
        event.preventDefault();
        // A browser lets a worker live on after an error that nothing caught, in whatever state that has left it.
        worker.terminate();
        listener(deathBy(event.message));
      });
    },
    terminate: async () => worker.terminate(),
  };
}

/** @param message of an error in the worker; undefined if its script could not be read */
function deathBy(message = 'The script of the worker cannot be run'): WorkerDeath {
  // 'Uncaught RangeError: Array buffer allocation failed', 'uncaught exception: out of memory'
  return /RangeError|out of memory/i.test(message) ? { kind: 'memory' } : { kind: 'died', message };
}

/** A worker that has died before it ran. */
function unstarted(death: WorkerDeath): WorkerHandle {
  return {
    postMessage: () => {},
    onMessage: () => {},
    onDeath: listener => queueMicrotask(() => listener(death)),
    terminate: async () => {},
  };
}

export const workerPort: Platform['workerPort'] = () => {
  const port = self as unknown as DedicatedWorkerGlobalScope;
  return {
    postMessage: (message, transfer) => port.postMessage(message, [...transfer]),
    onMessage: listener => port.addEventListener('message', ({ data }) => listener(data)),
  };
};
