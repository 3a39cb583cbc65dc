/** What an alteration does to poolings, in numbers: at the present setting, and at others for a chart. */
import type { Channel } from '../../channel';
import { isEqual } from '../../core/equal';
import type { PerOperator } from '../../core/inspect';
import type { Rectangle } from '../../core/region';
import type { Score } from '../../lab/score';
import type { ShiftChange } from '../../lab/shiftChange';
import type { Calls, CompareRequest } from '../../protocol';

/** One measurement. */
export type Measure = { readonly call: 'scores' | 'shiftChanges'; readonly request: CompareRequest };

/** What was measured; no numbers if the host refused. */
export interface Measured {
  readonly of: PerOperator<Partial<Score & ShiftChange>>;
  readonly part?: Rectangle;
}

/** So many answers are kept: a turn of a slider and back needs no new ones. */
const mostKept = 400;

/** Milliseconds without another turn of a slider. */
const rest = 150;

/** Requests measurements one after the other, of a chart's points two at a time; the newest list only. */
export class Measuring {
  readonly #answers = new Map<string, Measured>();
  #wanted: readonly Measure[] = [];
  /** The measurements that are under way. */
  readonly #underWay = new Set<string>();
  readonly #isBusy = { present: false, chart: false };
  /** Whether the page has drawn all that is known. */
  #isTold = true;
  /** Incremented when the picture changes: a reply for an earlier picture is dropped. */
  #picture = 0;
  #patience: ReturnType<typeof setTimeout> | undefined;
  #latest: { readonly measure: Measure; readonly measured: Measured } | undefined;

  /** @param onAnswer called when there are other numbers: a reply has brought them, or they were known */
  constructor(
    private readonly channel: Channel<Calls>,
    private readonly onAnswer: () => void,
  ) {}

  /**
   * Requests these, in their order, as far as they are not known.
   * @param isLong whether one takes so long that it would hold back the pictures while a slider moves: then it waits until
   * that rests
   */
  want(wanted: readonly Measure[], isLong: boolean): void {
    if (isEqual(wanted, this.#wanted)) return;
    this.#wanted = wanted;
    const [first] = wanted;
    this.#endPatience();
    if (isLong) this.#patience = setTimeout(() => this.#begin(), rest);
    else this.#begin();
    const known = first && this.answer(first);
    if (known) this.#tell(first, known);
  }

  /** The numbers of a measurement; undefined until they are here. */
  answer(measure: Measure): Measured | undefined {
    return this.#answers.get(keyOf(measure));
  }

  /** The newest answer to the first of a list: it stays until the next one is here. */
  get latest(): { readonly measure: Measure; readonly measured: Measured } | undefined {
    return this.#latest;
  }

  /** Drops everything: the picture has changed. */
  reset(): void {
    this.#picture++;
    this.#answers.clear();
    this.#underWay.clear();
    this.#wanted = [];
    this.#endPatience();
    this.#latest = undefined;
  }

  /** Without numbers the last ones stay, as the pictures do. */
  #tell(measure: Measure, measured: Measured): void {
    if (isEqual(this.#latest?.measure, measure)) return;
    if (Object.keys(measured.of).length > 0) this.#latest = { measure, measured };
    this.onAnswer();
  }

  #endPatience(): void {
    clearTimeout(this.#patience);
    this.#patience = undefined;
  }

  #begin(): void {
    this.#endPatience();
    void this.#run('present');
    // A chart has many points that take the engine little time: it need not wait for the messages between two of them.
    void this.#run('chart');
  }

  async #run(lane: 'present' | 'chart'): Promise<void> {
    if (this.#isBusy[lane]) return;
    this.#isBusy[lane] = true;
    for (let next = this.#next(lane); next; next = this.#next(lane)) {
      const picture = this.#picture;
      const key = keyOf(next);
      this.#underWay.add(key);
      const reply = this.channel.call(next.call, next.request);
      // What the last reply brought is drawn while the engine is at the next one.
      this.#tellRest();
      const outcome = await reply;
      if (picture !== this.#picture) continue;
      this.#underWay.delete(key);
      // A failure counts as an answer, so that the same request is not sent again; tiles report it.
      const measured: Measured = 'ok' in outcome ? outcome.ok : { of: {} };
      this.#keep(key, measured);
      if (isEqual(next, this.#wanted[0])) this.#tell(next, measured);
      else this.#isTold = false;
    }
    this.#isBusy[lane] = false;
    this.#tellRest();
  }

  #tellRest(): void {
    if (this.#isTold) return;
    this.#isTold = true;
    this.onAnswer();
  }

  /** While a slider moves there is none. */
  #next(lane: 'present' | 'chart'): Measure | undefined {
    if (this.#patience !== undefined) return undefined;
    return this.#wanted.find(measure => {
      const key = keyOf(measure);
      const isOfLane = lane === 'present' || measure.request.isSample;
      return isOfLane && !this.#answers.has(key) && !this.#underWay.has(key);
    });
  }

  #keep(key: string, measured: Measured): void {
    const [oldest] = this.#answers.keys();
    if (this.#answers.size >= mostKept && oldest !== undefined) this.#answers.delete(oldest);
    this.#answers.set(key, measured);
  }
}

function keyOf({ call, request }: Measure): string {
  return JSON.stringify([call, request]);
}
