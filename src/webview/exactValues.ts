/** Exact values of the pixels that are large enough for numbers. Tiles have bytes, which truncate averages. */
import { type Channel, type Outcome, Throttler } from '../channel';
import { isEqual } from '../core/equal';
import { isStage, layersBefore, type ValuedPane } from '../core/panes';
import type { Rectangle } from '../core/region';
import { sameView } from '../core/view';
import { type Calls, mostValuePixels, type Values } from '../protocol';
import { madeOf, type Plan, pooledIn } from './plan';
import { computedLayers } from './stack/stackPlan';

/** What was answered for a pane. */
interface Held {
  /** The newest plan under which these are the pane's values. */
  plan: Plan;
  readonly region: Rectangle;
  /** `height × width × channels`; absent if the request failed. */
  readonly data: Float32Array | undefined;
}

/** Requests the values of the parts that the panes show, one pane at a time. */
export class ExactValues {
  #throttler = new Throttler();
  /** Incremented when the picture changes: a reply for an earlier picture is dropped. */
  #picture = 0;
  #wanted: { readonly plan: Plan; readonly regions: Readonly<Partial<Record<ValuedPane, Rectangle>>> } | undefined;
  readonly #held = new Map<ValuedPane, Held>();

  /** @param onValues called when a reply has brought values */
  constructor(
    private readonly channel: Channel<Calls>,
    private readonly onValues: () => void,
  ) {}

  /** Drops the values of the previous picture. */
  reset(): void {
    this.#picture++;
    // A new throttler: a request still running for the previous picture must not delay the next one.
    this.#throttler = new Throttler();
    this.#wanted = undefined;
    this.#held.clear();
  }

  /**
   * Requests what is missing of these regions under a plan. Call it before drawing, whenever the plan or the view has
   * changed. Regions of more than {@link mostValuePixels} pixels are left out.
   *
   * @param regions the visible part of each pane whose pixels are large enough for numbers, in the pane's own pixels
   */
  show(plan: Plan, regions: Readonly<Partial<Record<ValuedPane, Rectangle>>>): void {
    this.#wanted = { plan, regions };
    for (const [pane, held] of this.#held) if (hasSameValues(pane, held.plan, plan)) held.plan = plan;
    if (this.#missing()) void this.#throttler.queue(() => this.#fetch());
  }

  /** A pixel's exact values under a plan; undefined if they are not here, or not yet. */
  valuesAt(plan: Plan, pane: ValuedPane, x: number, y: number): readonly number[] | undefined {
    const held = this.#held.get(pane);
    if (!held?.data || held.plan !== plan) return undefined;
    const { region, data } = held;
    const [column, row] = [x - region.x, y - region.y];
    if (column < 0 || row < 0 || column >= region.width || row >= region.height) return undefined;
    const channels = data.length / (region.width * region.height);
    const at = (row * region.width + column) * channels;
    return Array.from(data.subarray(at, at + channels));
  }

  /** Requests what is missing until nothing is, each time under the newest plan and for the newest regions. */
  async #fetch(): Promise<void> {
    const picture = this.#picture;
    for (let next = this.#missing(); next; next = this.#missing()) {
      const { plan, pane, region } = next;
      const outcome = await this.#ask(plan, pane, region);
      if (picture !== this.#picture) return;
      const newest = this.#wanted?.plan ?? plan;
      // A failure is kept like values, so that the same request is not sent again.
      const data = 'ok' in outcome ? outcome.ok.data : undefined;
      this.#held.set(pane, { plan: hasSameValues(pane, plan, newest) ? newest : plan, region, data });
      if (data) this.onValues();
    }
  }

  #ask(plan: Plan, pane: ValuedPane, region: Rectangle): Promise<Outcome<Values>> {
    if (!isStage(pane)) return this.channel.call('values', { ...pooledIn(plan), pane, region });
    const { view, stack } = plan;
    const layers = stack ? computedLayers(stack).slice(0, layersBefore(pane)) : [];
    return this.channel.call('stageValues', { view, layers, region });
  }

  /** The first pane whose wanted region is not here. */
  #missing(): { readonly plan: Plan; readonly pane: ValuedPane; readonly region: Rectangle } | undefined {
    if (!this.#wanted) return undefined;
    const { plan, regions } = this.#wanted;
    for (const [pane, { x, y, width, height }] of Object.entries(regions) as [ValuedPane, Rectangle][]) {
      const region = { x, y, width, height };
      const held = this.#held.get(pane);
      const isHere = held?.plan === plan && contains(held.region, region);
      if (!isHere && width * height <= mostValuePixels) return { plan, pane, region };
    }
    return undefined;
  }
}

/** Whether a pane's values are equal under two plans of the same picture. */
function hasSameValues(pane: ValuedPane, a: Plan, b: Plan): boolean {
  return a === b || (sameView(a.view, b.view) && isEqual(madeOf(pane, a), madeOf(pane, b)));
}

function contains(outer: Rectangle, inner: Rectangle): boolean {
  return (
    outer.x <= inner.x &&
    outer.y <= inner.y &&
    outer.x + outer.width >= inner.x + inner.width &&
    outer.y + outer.height >= inner.y + inner.height
  );
}
