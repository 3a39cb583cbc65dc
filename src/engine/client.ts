import { startWorker } from '#platform';
import type { Inspection } from '../core/inspect';
import type { DecodeLimits } from '../decode/image';
import type { WorkerHandle } from '../platform/platform';
import type { CountsOfPanes, CountsRequest, InspectRequest, PixelsRequest, RenderRequest } from '../protocol';
import type {
  Decoded,
  Encoded,
  EncodeRequest,
  EngineCall,
  EngineCalls,
  EngineFailure,
  EngineReply,
  EngineRequest,
  Outcome,
  Pixels,
  Rendered,
} from './message';

/**
 * Bounds the worker's JavaScript heap in MB, so that a picture that needs more ends its worker and not the whole
 * extension host. Pixels live outside that heap; they are bounded by the decoder's pixel limit.
 */
const heapMegabytes = 2048;

/** The host's end of one worker thread. Every call is answered, with `{ err }` when the worker dies or is closed meanwhile. */
export class EngineClient {
  readonly #worker: WorkerHandle;
  readonly #pending = new Map<number, (outcome: Outcome<never>) => void>();
  #lastId = 0;
  #end: EngineFailure | undefined;
  /** Called once when the worker ends without having been closed. */
  onDied: (failure: EngineFailure) => void = () => {};

  /** @param script the bundled worker's path */
  constructor(script: string, maxHeapMegabytes = heapMegabytes) {
    this.#worker = startWorker(script, { name: 'pooling-preview', heapMegabytes: maxHeapMegabytes });
    this.#worker.onMessage(reply => this.#settle(reply as EngineReply));
    this.#worker.onDeath(death => {
      if (this.#end) return;
      this.#finish(death);
      this.onDied(death);
    });
  }

  /**
   * Decodes a file's bytes and keeps its pixels, instead of those before. `own` says that nobody else holds the bytes'
   * memory, which then moves to the worker instead of being copied.
   */
  decode(bytes: Uint8Array, limits: DecodeLimits, own: boolean): Promise<Outcome<Decoded>> {
    const whole = bytes.byteOffset === 0 && bytes.byteLength === bytes.buffer.byteLength;
    // A plain view: a Node Buffer would arrive as one too, but its slab of other people's bytes would come along.
    const exact = whole ? new Uint8Array(bytes.buffer) : new Uint8Array(bytes);
    const moved = (own || !whole) && exact.buffer instanceof ArrayBuffer ? [exact.buffer] : [];
    return this.#call('decode', { bytes: exact, limits }, moved);
  }

  render(request: RenderRequest): Promise<Outcome<Rendered>> {
    return this.#call('render', request);
  }

  inspect(request: InspectRequest): Promise<Outcome<Inspection>> {
    return this.#call('inspect', request);
  }

  pixels(request: PixelsRequest): Promise<Outcome<Pixels>> {
    return this.#call('pixels', request);
  }

  counts(request: CountsRequest): Promise<Outcome<CountsOfPanes>> {
    return this.#call('counts', request);
  }

  encode(request: EncodeRequest): Promise<Outcome<Encoded>> {
    return this.#call('encode', request);
  }

  /** Ends the thread, at once even in the middle of a decode. Safe to call again. */
  async close(): Promise<void> {
    if (!this.#end) this.#finish({ kind: 'closed' });
    await this.#worker.terminate();
  }

  #call<C extends EngineCall>(
    call: C,
    request: EngineCalls[C]['request'],
    transfer: ArrayBuffer[] = [],
  ): Promise<Outcome<EngineCalls[C]['answer']>> {
    if (this.#end) return Promise.resolve({ err: this.#end });
    const id = ++this.#lastId;
    return new Promise(resolve => {
      this.#pending.set(id, resolve);
      try {
        this.#worker.postMessage({ id, call, request } as EngineRequest, transfer);
      } catch (error) {
        // Memory that may not be moved: nothing was sent, so nothing will answer.
        this.#settle({ id, outcome: { err: { kind: 'died', message: String(error) } } });
      }
    });
  }

  #settle({ id, outcome }: EngineReply): void {
    const resolve = this.#pending.get(id);
    this.#pending.delete(id);
    resolve?.(outcome as Outcome<never>);
  }

  #finish(failure: EngineFailure): void {
    this.#end = failure;
    const pending = [...this.#pending.values()];
    this.#pending.clear();
    for (const resolve of pending) resolve({ err: failure });
  }
}
