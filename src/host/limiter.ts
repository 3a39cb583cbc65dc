/**
 * Runs a limited number of jobs at a time. The newest waiting job goes first: of twenty pictures opened at once, the
 * user looks at the one opened last.
 */
export class Limiter {
  #free: number;
  readonly #waiting: (() => void)[] = [];

  constructor(places: number) {
    this.#free = places;
  }

  /** Runs the job as soon as there is a place for it. The job itself has to check whether it is still wanted. */
  async queue<T>(job: () => Promise<T>): Promise<T> {
    if (this.#free > 0) this.#free--;
    else await new Promise<void>(resolve => this.#waiting.push(resolve));
    try {
      return await job();
    } finally {
      const next = this.#waiting.pop();
      if (next) next();
      else this.#free++;
    }
  }
}
