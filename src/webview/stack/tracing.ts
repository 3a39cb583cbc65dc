/** The pixel of a stack that is pointed at: its receptive field, and where its value comes from. */
import { type Channel, Throttler } from '../../channel';
import { layersBefore, type Place, type StackPane } from '../../core/panes';
import { fieldsOf } from '../../core/receptiveField';
import type { Rectangle } from '../../core/region';
import type { Calls, Trace } from '../../protocol';
import { sameSpot } from '../inspection';
import { isOn, type Plan } from '../plan';
import { computedLayers } from './stackPlan';

/** A pixel, and what is known of it. */
export interface Traced {
  readonly place: Place & { readonly pane: StackPane };
  /** What it sees of the input, then of each output up to its own, where it is the pixel itself. */
  readonly fields: readonly Rectangle[];
  /** Absent until the host has replied. */
  readonly trace?: Trace;
}

interface Pointed {
  readonly plan: Plan;
  readonly place: Place & { readonly pane: StackPane };
}

/** Follows one pixel at a time. */
export class Tracing {
  #throttler = new Throttler();
  /** Incremented when the picture changes: a reply for an earlier picture is dropped. */
  #picture = 0;
  #wanted: Pointed | undefined;
  #traced: Traced | undefined;
  #answered: Pointed | undefined;

  /** @param onAnswer called when a reply has brought a trace */
  constructor(
    private readonly channel: Channel<Calls>,
    private readonly onAnswer: () => void,
  ) {}

  /** The latest pixel; undefined if there is none. */
  get traced(): Traced | undefined {
    return this.#traced;
  }

  /** Follows a pixel under a plan; without `place` the last one again. Cleared if the plan does not contain it. */
  at(plan: Plan, place: Place | undefined = this.#traced?.place): void {
    const { stack } = plan;
    if (!stack || !place || !isOn(plan, place)) {
      this.clear();
      return;
    }
    const wanted = { plan, place: place as Pointed['place'] };
    if (isSame(this.#wanted, wanted)) return;
    this.#wanted = wanted;
    const axes = stack.stages.slice(0, layersBefore(wanted.place.pane)).map(stage => stage.axes);
    // The field needs no pixels, so it is there at once; the values before stay until the next ones are here.
    this.#traced = { place: wanted.place, fields: fieldsOf(axes, place) };
    void this.#throttler.queue(() => this.#ask());
  }

  /** Clears everything: the picture has changed. */
  reset(): void {
    this.#picture++;
    // A new throttler: a request still running for the previous picture must not delay the next one.
    this.#throttler = new Throttler();
    this.clear();
  }

  /** No pixel is followed any more. */
  clear(): void {
    this.#wanted = undefined;
    this.#answered = undefined;
    this.#traced = undefined;
  }

  /** Requests what is known of the newest wanted pixel, unless it is already there. */
  async #ask(): Promise<void> {
    const wanted = this.#wanted;
    const stack = wanted?.plan.stack;
    if (!wanted || !stack || isSame(this.#answered, wanted)) return;
    const { plan, place } = wanted;
    const picture = this.#picture;
    const { x, y } = place;
    const layers = computedLayers(stack).slice(0, layersBefore(place.pane));
    const outcome = await this.channel.call('trace', { view: plan.view, layers, point: { x, y } });
    if (picture !== this.#picture || !isSame(this.#wanted, wanted) || !this.#traced) return;
    this.#answered = wanted;
    if ('ok' in outcome) this.#traced = { ...this.#traced, trace: outcome.ok };
    this.onAnswer();
  }
}

function isSame(a: Pointed | undefined, b: Pointed): boolean {
  return a?.plan === b.plan && sameSpot(a.place, b.place);
}
