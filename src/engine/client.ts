import { startWorker } from '#platform';
import { Channel, type Outcome, type Reply } from '../channel';
import type { DecodeLimits } from '../decode/image';
import type { WorkerHandle } from '../platform/platform';
import type { Decoded, EngineCalls, EngineFailure } from './message';

/**
 * Bounds the worker's JavaScript heap in MB, so that a picture that needs more ends its worker and not the whole
 * extension host. Pixels live outside that heap; they are bounded by the decoder's pixel limit.
 */
const heapMegabytes = 2048;

/** The host's end of one engine, a worker thread. */
export class EngineClient {
  readonly #worker: WorkerHandle;
  readonly #channel: Channel<EngineCalls, EngineFailure>;
  #isClosed = false;
  /** Called once when the worker ends without having been closed. */
  onDied: (failure: EngineFailure) => void = () => {};

  /** @param script the bundled worker's path */
  constructor(script: string, maxHeapMegabytes = heapMegabytes) {
    const worker = startWorker(script, { name: 'pooling-preview', heapMegabytes: maxHeapMegabytes });
    this.#worker = worker;
    this.#channel = new Channel((question, transfer) => worker.postMessage(question, transfer));
    worker.onMessage(reply => this.#channel.receive(reply as Reply<EngineCalls, EngineFailure>));
    worker.onDeath(death => this.#die(death));
  }

  /**
   * Decodes a file's bytes and keeps its pixels, instead of those before. `own` says that nobody else holds the bytes'
   * memory, which then moves to the worker instead of being copied.
   */
  decode(bytes: Uint8Array, limits: DecodeLimits, own: boolean): Promise<Outcome<Decoded, EngineFailure>> {
    const whole = bytes.byteOffset === 0 && bytes.byteLength === bytes.buffer.byteLength;
    // A plain view: a Node Buffer would arrive as one too, but its slab of other people's bytes would come along.
    const exact = whole ? new Uint8Array(bytes.buffer) : new Uint8Array(bytes);
    const moved = (own || !whole) && exact.buffer instanceof ArrayBuffer ? [exact.buffer] : [];
    return this.ask('decode', { bytes: exact, limits }, moved);
  }

  /** Asks the engine. It is always answered, with `{ err }` when the worker dies or is closed meanwhile. */
  async ask<N extends keyof EngineCalls>(
    name: N,
    request: EngineCalls[N]['request'],
    transfer: readonly ArrayBuffer[] = [],
  ): Promise<Outcome<EngineCalls[N]['answer'], EngineFailure>> {
    try {
      return await this.#channel.call(name, request, transfer);
    } catch (error) {
      // Memory that may not be moved: nothing was sent, so nothing will answer.
      return { err: { kind: 'died', message: String(error) } };
    }
  }

  /** Ends the thread, at once even in the middle of a decode. Safe to call again. */
  async close(): Promise<void> {
    this.#isClosed = true;
    this.#channel.end({ kind: 'closed' });
    await this.#worker.terminate();
  }

  #die(failure: EngineFailure): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#channel.end(failure);
    this.onDied(failure);
  }
}
