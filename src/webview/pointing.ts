/** What is pointed at, and what is known of it: computed here when the input's pixels are at hand, asked of the host when not. */
import { type Inspection, inspect, MAX_TAPS_LISTED, readWindow, type Spot } from '../core/inspect';
import type { Tensor } from '../core/tensor';
import type { FromHost, FromWebview } from '../protocol';
import { isOn, type Plan } from './plan';
import { Turn } from './turn';

/** Pictures up to this many samples are kept here whole, so that pointing needs no round trip. */
const mostSamples = 3_000_000;

export class Pointing {
  readonly #inspecting = new Turn();
  readonly #fetching = new Turn();
  #pixels: { readonly key: string; readonly tensor: Tensor } | undefined;
  #fetched: { readonly key: string; readonly shape: Tensor['shape'] } | undefined;
  #wanted: { readonly plan: Plan; readonly spot: Spot } | undefined;
  #answered: { readonly plan: Plan; readonly spot: Spot } | undefined;
  #asked: { readonly plan: Plan; readonly spot: Spot } | undefined;
  /** Values read under a plan: numbers on large pixels are drawn anew whenever the pointer moves. */
  #read: { readonly plan: Plan; readonly values: Map<string, readonly number[] | undefined> } | undefined;
  #inspection: Inspection | undefined;

  constructor(private readonly post: (message: FromWebview) => void) {}

  /** What is known of the pixel last pointed at. */
  get inspection(): Inspection | undefined {
    return this.#inspection;
  }

  /**
   * Points at a pixel under a plan, the last one when none is given, so that the knobs turn what is known of it too. The
   * inspection follows at once or when the host has answered. A pixel that the plan does not have is let go.
   */
  at(plan: Plan, spot: Spot | undefined = this.#inspection?.spot): void {
    if (!spot || !isOn(plan, spot)) {
      this.#away();
      return;
    }
    if (this.#answered?.plan === plan && sameSpot(this.#answered.spot, spot)) return;
    this.#wanted = { plan, spot };
    if (this.#pixels?.key === keyOf(plan)) {
      this.#inspection = inspect(this.#pixels.tensor, plan, plan.options, spot);
      this.#answered = this.#wanted;
    } else {
      this.#ask();
    }
  }

  /** Fetches a small picture's pixels, once the panes have theirs. */
  fetch(plan: Plan): void {
    const key = keyOf(plan);
    const [, channels, height, width] = plan.shape;
    if (channels * height * width > mostSamples || this.#fetched?.key === key) return;
    const revision = this.#fetching.take();
    if (revision === undefined) return;
    this.#fetched = { key, shape: plan.shape };
    this.post({ type: 'pixels', request: { revision, mode: plan.mode, orient: plan.orient } });
  }

  /** A pixel's exact values, where the input's pixels are at hand and few enough lie behind it to be read while drawing. */
  valuesAt(plan: Plan, pane: Spot['pane'], x: number, y: number): readonly number[] | undefined {
    if (this.#pixels?.key !== keyOf(plan)) return undefined;
    const { tensor } = this.#pixels;
    if (pane === 'input') {
      const [, channels, , width] = tensor.shape;
      const at = (y * width + x) * channels;
      return Array.from(tensor.data.subarray(at, at + channels));
    }
    const [vertical, horizontal] = plan[pane];
    if (vertical.kernel * horizontal.kernel > MAX_TAPS_LISTED) return undefined;
    if (this.#read?.plan !== plan) this.#read = { plan, values: new Map() };
    const { values } = this.#read;
    const key = `${pane} ${x} ${y}`;
    if (!values.has(key)) {
      const reading = readWindow(pane, tensor, plan[pane], plan.options, { x, y });
      values.set(
        key,
        reading?.channels.map(channel => (pane === 'max' ? channel.maximum : channel.average)),
      );
    }
    return values.get(key);
  }

  /** The picture has changed: nothing known is true any more. */
  reset(): void {
    this.#pixels = undefined;
    this.#fetched = undefined;
    this.#read = undefined;
    this.#fetching.reset();
    this.#inspecting.reset();
    this.#away();
  }

  inspected(message: FromHost & { type: 'inspected' }): void {
    if (!this.#inspecting.end(message.revision)) return;
    if (this.#wanted) {
      this.#inspection = message.inspection;
      this.#answered = this.#asked;
      this.#ask();
    }
  }

  pixels(message: FromHost & { type: 'pixels' }): void {
    if (!this.#fetching.end(message.revision) || !this.#fetched) return;
    const { key, shape } = this.#fetched;
    this.#pixels = message.data && { key, tensor: { shape, data: message.data } };
  }

  #away(): void {
    this.#wanted = undefined;
    this.#answered = undefined;
    this.#inspection = undefined;
  }

  #ask(): void {
    const wanted = this.#wanted;
    if (!wanted || (this.#answered?.plan === wanted.plan && sameSpot(this.#answered.spot, wanted.spot))) return;
    const revision = this.#inspecting.take();
    if (revision === undefined) return;
    this.#asked = wanted;
    const { mode, orient, options } = wanted.plan;
    this.post({ type: 'inspect', request: { revision, mode, orient, options, spot: wanted.spot } });
  }
}

function keyOf({ mode, orient }: Plan): string {
  return `${mode} ${orient}`;
}

export function sameSpot(a: Spot | undefined, b: Spot | undefined): boolean {
  return a?.pane === b?.pane && a?.x === b?.x && a?.y === b?.y;
}
