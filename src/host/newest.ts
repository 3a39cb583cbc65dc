/** Carries out one request at a time; of those that come meanwhile only the newest waits, the others are forgotten. */
export class Newest<T> {
  #busy = false;
  #waiting: { readonly request: T } | undefined;

  /** @param carryOut does the work and reports by itself; what it rejects with goes to `onError` */
  constructor(
    private readonly carryOut: (request: T) => Promise<void>,
    private readonly onError: (error: unknown, request: T) => void,
  ) {}

  submit(request: T): void {
    if (this.#busy) {
      this.#waiting = { request };
      return;
    }
    this.#busy = true;
    this.carryOut(request)
      .catch(error => this.onError(error, request))
      .finally(() => {
        this.#busy = false;
        const next = this.#waiting;
        this.#waiting = undefined;
        if (next) this.submit(next.request);
      });
  }
}
