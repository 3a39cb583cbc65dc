/** The platform for Node, which VS Code's desktop and remote extension hosts are. */
import { homedir } from 'node:os';
import { join } from 'node:path';
import { parentPort, Worker } from 'node:worker_threads';
import type { Platform, WorkerDeath } from './platform';
import * as pngjs from './pngjs';

export { localFiles } from './localFiles';
export { crc32, inflate, inflatePieces, inflateStart } from './nodeZlib';

export const homeFolder: Platform['homeFolder'] = homedir;

export const writePng: Platform['writePng'] = async picture => pngjs.writePng(picture);

export const workerScript: Platform['workerScript'] = async folder => join(folder, 'worker.js');

export const startWorker: Platform['startWorker'] = (script, { name, heapMegabytes }) => {
  const worker = new Worker(script, { resourceLimits: { maxOldGenerationSizeMb: heapMegabytes }, name });
  return {
    postMessage: (message, transfer) => worker.postMessage(message, transfer),
    onMessage: listener => worker.on('message', listener),
    onDeath: listener => {
      worker.on('messageerror', error => listener(deathBy(error)));
      worker.on('error', error => listener(deathBy(error)));
      worker.on('exit', code => listener({ kind: 'died', message: `worker exit code ${code}` }));
    },
    terminate: async () => {
      await worker.terminate();
    },
  };
};

function deathBy(error: Error & { code?: string }): WorkerDeath {
  return error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? { kind: 'memory' } : { kind: 'died', message: error.message };
}

export const workerPort: Platform['workerPort'] = () => {
  const port = parentPort!;
  return {
    postMessage: (message, transfer) => port.postMessage(message, transfer),
    onMessage: listener => port.on('message', listener),
  };
};
