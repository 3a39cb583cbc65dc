import type { OnStage } from './image';

/** Reports the durations of a decode's stages. */
export class Stopwatch {
  #last = performance.now();

  constructor(private readonly onStage: OnStage | undefined) {}

  /** Ends a stage and begins the next. */
  lap(stage: string): void {
    const now = performance.now();
    this.onStage?.(stage, now - this.#last);
    this.#last = now;
  }
}
