/**
 * Lets a few jobs through at a time. The newest that waits goes first: of twenty pictures opened at once, the one opened
 * last is the one being looked at.
 */
export class Limiter {
  #free: number;
  readonly #waiting: (() => void)[] = [];

  constructor(places: number) {
    this.#free = places;
  }

  /** Runs the job once there is a place. A job that is no longer wanted by then has to see that itself. */
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
