/** Times the stages of a decode for whoever asked. */
export class Stopwatch {
  #last = performance.now();

  constructor(private readonly report: ((stage: string, milliseconds: number) => void) | undefined) {}

  /** Ends a stage; the next begins here. */
  lap(stage: string): void {
    const now = performance.now();
    this.report?.(stage, now - this.#last);
    this.#last = now;
  }
}
