import { startWorker } from '#platform';
import { Channel, type Outcome, type ReplyMessage } from '../channel';
import type { DecodeLimits } from '../decode/image';
import type { WorkerHandle } from '../platform/platform';
import type { Decoded, EngineCalls, EngineFailure } from './message';

/**
 * Limit of the worker's JavaScript heap in MB: a picture that needs more ends its worker and not the whole extension
 * host. Pixels are outside that heap; the decoder's pixel limit bounds them.
 */
const heapMegabytes = 2048;

/** The host's end of one engine, which runs in a worker thread. */
export class EngineClient {
  readonly #worker: WorkerHandle;
  readonly #channel: Channel<EngineCalls, EngineFailure>;
  #isClosed = false;
  /** Called once if the worker ends without {@link close}. */
  onDied: (failure: EngineFailure) => void = () => {};

  /** @param script the bundled worker, from the platform's `workerScript` */
  constructor(script: string, maxHeapMegabytes = heapMegabytes) {
    const worker = startWorker(script, { name: 'pooling-preview', heapMegabytes: maxHeapMegabytes });
    this.#worker = worker;
    this.#channel = new Channel((message, transfer) => worker.postMessage(message, transfer));
    worker.onMessage(reply => this.#channel.receive(reply as ReplyMessage<EngineCalls, EngineFailure>));
    worker.onDeath(death => this.#die(death));
  }

  /**
   * Decodes a file's bytes and keeps the pixels instead of the previous ones.
   *
   * @param own nothing else uses the bytes' memory, so that it can be moved to the worker and need not be copied
   */
  decode(bytes: Uint8Array, limits: DecodeLimits, own: boolean): Promise<Outcome<Decoded, EngineFailure>> {
    const whole = bytes.byteOffset === 0 && bytes.byteLength === bytes.buffer.byteLength;
    // A plain view of exactly these bytes: a Node Buffer would take the whole slab that it is part of along.
    const exact = whole ? new Uint8Array(bytes.buffer) : new Uint8Array(bytes);
    const moved = (own || !whole) && exact.buffer instanceof ArrayBuffer ? [exact.buffer] : [];
    return this.ask('decode', { bytes: exact, limits }, moved);
  }

  /** Sends a request. There is always a reply: `{ err }` if the worker dies or is closed meanwhile. */
  async ask<N extends keyof EngineCalls>(
    name: N,
    request: EngineCalls[N]['request'],
    transfer: readonly ArrayBuffer[] = [],
  ): Promise<Outcome<EngineCalls[N]['answer'], EngineFailure>> {
    try {
      return await this.#channel.call(name, request, transfer);
    } catch (error) {
      // The memory cannot be moved: nothing was sent, so no reply will come.
      return { err: { kind: 'died', message: String(error) } };
    }
  }

  /** Ends the thread at once, even during a decode. Can be called again. */
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
