/** A few pixels of one row of the picture, for a drawing. */
import { type Channel, Throttler } from '../../channel';
import { isEqual } from '../../core/equal';
import type { Rectangle } from '../../core/region';
import type { Calls, ValuesRequest } from '../../protocol';
import type { Plan } from '../plan';

/** Requests the pixels of one place at a time. */
export class PictureRow {
  #throttler = new Throttler();
  #asked: ValuesRequest | undefined;
  #data: Float32Array | undefined;

  /** @param onValues called when a reply has brought pixels */
  constructor(
    private readonly channel: Channel<Calls>,
    private readonly onValues: () => void,
  ) {}

  /** Drops the pixels of the previous picture. */
  reset(): void {
    this.#throttler = new Throttler();
    this.#asked = undefined;
    this.#data = undefined;
  }

  /** The values of one channel of these pixels, before any alteration; undefined until they are here. */
  values({ view, options, shape: [, channels] }: Plan, region: Rectangle, channel: number): number[] | undefined {
    const request: ValuesRequest = { view, options, pane: 'input', region };
    if (!isEqual(this.#asked, request)) {
      this.#asked = request;
      this.#data = undefined;
      void this.#throttler.queue(() => this.#ask(request));
    }
    return this.#data && Array.from(this.#data).filter((_, i) => i % channels === channel);
  }

  async #ask(request: ValuesRequest): Promise<void> {
    const outcome = await this.channel.call('values', request);
    if (this.#asked !== request || !('ok' in outcome)) return;
    this.#data = outcome.ok.data;
    this.onValues();
  }
}
