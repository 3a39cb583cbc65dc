/** The inspected pixel: computed here if the page has the input's pixels, else requested from the host. */
import { type Channel, Throttler } from '../channel';
import { inspect, MAX_TAPS_LISTED, readWindow, type Spot } from '../core/inspect';
import type { Place } from '../core/panes';
import { pixelOf, type Tensor } from '../core/tensor';
import { type InputView, sameView } from '../core/view';
import type { Calls, Inspected } from '../protocol';
import { isOn, layerOf, operatorsOf, type Plan, pooledIn } from './plan';

/** Inputs of up to this many samples are kept in the page, so that pointing at a pixel needs no request. */
const mostSamples = 3_000_000;

/** A pixel, and the plan to inspect it under. */
interface Pointed {
  readonly plan: Plan;
  readonly spot: Spot;
}

/** Inspects one pixel at a time, and keeps a small picture's samples for that. */
export class Inspecting {
  #inspecting = new Throttler();
  #fetching = new Throttler();
  /** Incremented when the picture changes: a reply for an earlier picture is dropped. */
  #picture = 0;
  #pixels: { readonly view: InputView; readonly tensor: Tensor } | undefined;
  #fetched: InputView | undefined;
  #wanted: Pointed | undefined;
  #answered: Pointed | undefined;
  /** Values read under a plan, kept because the numbers on large pixels are redrawn whenever the pointer moves. */
  #read: { readonly plan: Plan; readonly values: Map<string, readonly number[] | undefined> } | undefined;
  #inspection: Inspected | undefined;

  /** @param onAnswer called when a reply has brought an inspection or the input's pixels */
  constructor(
    private readonly channel: Channel<Calls>,
    private readonly onAnswer: () => void,
  ) {}

  /** The latest inspection; undefined if no pixel is inspected. */
  get inspection(): Inspected | undefined {
    return this.#inspection;
  }

  /**
   * Inspects a pixel under a plan; without `spot`, the last one again, so that the inspection follows the knobs. The
   * inspection is replaced at once, or when the host has replied. It is cleared if the plan does not contain the pixel.
   */
  at(plan: Plan, spot: Spot | undefined = this.#inspection?.spot): void {
    if (!spot || !isOn(plan, spot)) {
      this.clear();
      return;
    }
    if (this.#isAnswered({ plan, spot })) return;
    this.#wanted = { plan, spot };
    if (this.#hasPixels(plan)) {
      const layers = operatorsOf(plan).map(operator => layerOf(plan, operator)!);
      this.#inspection = inspect(this.#pixels!.tensor, layers, spot);
      this.#answered = this.#wanted;
    } else {
      void this.#inspecting.queue(() => this.#ask());
    }
  }

  /** Requests a small picture's pixels. Call it once the panes have their tiles, so as not to delay them. */
  fetch({ view, shape, alteration }: Plan): void {
    // Of an altered picture the host knows the pixels.
    if (alteration) return;
    const [, channels, height, width] = shape;
    if (channels * height * width > mostSamples || sameView(this.#fetched, view)) return;
    this.#fetched = view;
    const picture = this.#picture;
    void this.#fetching.queue(async () => {
      const outcome = await this.channel.call('pixels', { view });
      if (picture !== this.#picture || !('ok' in outcome)) return;
      this.#pixels = { view, tensor: { shape, data: outcome.ok.data } };
      this.onAnswer();
    });
  }

  /** Whether {@link valuesAt} has a pane's values: the input's pixels are here, and windows are small enough. */
  hasValues(plan: Plan, pane: Spot['pane']): boolean {
    if (!this.#hasPixels(plan)) return false;
    if (pane === 'input') return true;
    const axes = layerOf(plan, pane)?.axes;
    return axes !== undefined && axes[0].kernel * axes[1].kernel <= MAX_TAPS_LISTED;
  }

  /** A pixel's exact values; undefined without {@link hasValues}, which are read while drawing. */
  valuesAt(plan: Plan, pane: Spot['pane'], x: number, y: number): readonly number[] | undefined {
    if (!this.hasValues(plan, pane)) return undefined;
    const { tensor } = this.#pixels!;
    if (pane === 'input') return pixelOf(tensor, { x, y });
    const layer = layerOf(plan, pane)!;
    if (this.#read?.plan !== plan) this.#read = { plan, values: new Map() };
    const { values } = this.#read;
    const key = `${pane} ${x} ${y}`;
    if (!values.has(key)) {
      const reading = readWindow(layer, tensor, { x, y });
      values.set(
        key,
        reading?.channels.map(({ value }) => value),
      );
    }
    return values.get(key);
  }

  /** Clears everything: the picture has changed. */
  reset(): void {
    this.#picture++;
    // New throttlers: requests still running for the previous picture must not delay the next ones.
    this.#inspecting = new Throttler();
    this.#fetching = new Throttler();
    this.#pixels = undefined;
    this.#fetched = undefined;
    this.#read = undefined;
    this.clear();
  }

  /** No pixel is inspected any more. */
  clear(): void {
    this.#wanted = undefined;
    this.#answered = undefined;
    this.#inspection = undefined;
  }

  /** Requests the newest wanted inspection, unless it is already there. */
  async #ask(): Promise<void> {
    const wanted = this.#wanted;
    if (!wanted || this.#isAnswered(wanted)) return;
    const { plan, spot } = wanted;
    const picture = this.#picture;
    const outcome = await this.channel.call('inspect', { ...pooledIn(plan), operators: operatorsOf(plan), spot });
    // Drop the reply if the picture has changed or no pixel is inspected any more.
    if (picture !== this.#picture || !this.#wanted) return;
    this.#inspection = 'ok' in outcome ? outcome.ok : { spot, windows: {}, uses: {} };
    this.#answered = wanted;
    this.onAnswer();
  }

  /** Whether the pixels that a plan pools are here. */
  #hasPixels({ view, alteration }: Plan): boolean {
    return !alteration && sameView(this.#pixels?.view, view);
  }

  #isAnswered({ plan, spot }: Pointed): boolean {
    return this.#answered?.plan === plan && sameSpot(this.#answered.spot, spot);
  }
}

/** Whether two spots are the same pixel, or both undefined. */
export function sameSpot(a: Place | undefined, b: Place | undefined): boolean {
  return a?.pane === b?.pane && a?.x === b?.x && a?.y === b?.y;
}
