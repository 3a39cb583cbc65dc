/** What is pointed at, and what is known of it: computed here when the input's pixels are at hand, asked of the host when not. */
import { type Channel, Throttler } from '../channel';
import { type Inspection, inspect, MAX_TAPS_LISTED, readWindow, type Spot } from '../core/inspect';
import type { Tensor } from '../core/tensor';
import { type InputView, sameView } from '../core/view';
import type { Calls } from '../protocol';
import { isOn, layerOf, operatorsOf, type Plan } from './plan';

/** Pictures up to this many samples are kept here whole, so that pointing needs no round trip. */
const mostSamples = 3_000_000;

/** A pixel under a plan. */
interface Question {
  readonly plan: Plan;
  readonly spot: Spot;
}

export class Inspecting {
  #inspecting = new Throttler();
  #fetching = new Throttler();
  /** Counts the pictures: an answer of one before is of no use. */
  #picture = 0;
  #pixels: { readonly view: InputView; readonly tensor: Tensor } | undefined;
  #fetched: InputView | undefined;
  #wanted: Question | undefined;
  #answered: Question | undefined;
  /** Values read under a plan: numbers on large pixels are drawn anew whenever the pointer moves. */
  #read: { readonly plan: Plan; readonly values: Map<string, readonly number[] | undefined> } | undefined;
  #inspection: Inspection | undefined;

  /** @param onAnswer told when something was found that had to be asked for */
  constructor(
    private readonly channel: Channel<Calls>,
    private readonly onAnswer: () => void,
  ) {}

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
    if (this.#isAnswered({ plan, spot })) return;
    this.#wanted = { plan, spot };
    if (sameView(this.#pixels?.view, plan.view)) {
      const layers = operatorsOf(plan).map(operator => layerOf(plan, operator)!);
      this.#inspection = inspect(this.#pixels!.tensor, layers, spot);
      this.#answered = this.#wanted;
    } else {
      void this.#inspecting.queue(() => this.#ask());
    }
  }

  /** Fetches a small picture's pixels, once the panes have theirs. */
  fetch({ view, shape }: Plan): void {
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

  /** A pixel's exact values, where the input's pixels are at hand and few enough lie behind it to be read while drawing. */
  valuesAt(plan: Plan, pane: Spot['pane'], x: number, y: number): readonly number[] | undefined {
    if (!sameView(this.#pixels?.view, plan.view)) return undefined;
    const { tensor } = this.#pixels!;
    if (pane === 'input') {
      const [, channels, , width] = tensor.shape;
      const at = (y * width + x) * channels;
      return Array.from(tensor.data.subarray(at, at + channels));
    }
    const layer = layerOf(plan, pane);
    if (!layer || layer.axes[0].kernel * layer.axes[1].kernel > MAX_TAPS_LISTED) return undefined;
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

  /** The picture has changed: nothing known is true any more. */
  reset(): void {
    this.#picture++;
    // What the host still works on for the picture before holds nothing up.
    this.#inspecting = new Throttler();
    this.#fetching = new Throttler();
    this.#pixels = undefined;
    this.#fetched = undefined;
    this.#read = undefined;
    this.#away();
  }

  #away(): void {
    this.#wanted = undefined;
    this.#answered = undefined;
    this.#inspection = undefined;
  }

  /** Asks for what is wanted by now. */
  async #ask(): Promise<void> {
    const wanted = this.#wanted;
    if (!wanted || this.#isAnswered(wanted)) return;
    const { plan, spot } = wanted;
    const picture = this.#picture;
    const { view, options } = plan;
    const outcome = await this.channel.call('inspect', { view, options, operators: operatorsOf(plan), spot });
    // By then nothing may be pointed at any more.
    if (picture !== this.#picture || !this.#wanted) return;
    this.#inspection = 'ok' in outcome ? outcome.ok : { spot, windows: {}, uses: {} };
    this.#answered = wanted;
    this.onAnswer();
  }

  #isAnswered({ plan, spot }: Question): boolean {
    return this.#answered?.plan === plan && sameSpot(this.#answered.spot, spot);
  }
}

/** Whether two pixels are the same one, or both are none. */
export function sameSpot(a: Spot | undefined, b: Spot | undefined): boolean {
  return a?.pane === b?.pane && a?.x === b?.x && a?.y === b?.y;
}
