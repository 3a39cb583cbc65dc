import type { OnStage } from './image';

/** Times the stages of a decode for whoever asked. */
export class Stopwatch {
  #last = performance.now();

  constructor(private readonly onStage: OnStage | undefined) {}

  /** Ends a stage; the next begins here. */
  lap(stage: string): void {
    const now = performance.now();
    this.onStage?.(stage, now - this.#last);
    this.#last = now;
  }
}
