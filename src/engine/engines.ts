import { EngineClient } from './client';
import type { EngineFailure } from './message';

/** Milliseconds between taking an engine and starting the next one: in that time a picture is being opened. */
const restMilliseconds = 2000;

/**
 * Supplies engines. With `ahead`, one unused engine is kept running: a new thread needs 80 to 100 ms until its first
 * reply, most of the time that decoding a 12-megapixel JPEG takes.
 */
export class Engines {
  #spare: EngineClient | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #disposed = false;

  /** @param script the bundled worker, from the platform's `workerScript` */
  constructor(
    private readonly script: string,
    private readonly ahead = false,
    private readonly rest = restMilliseconds,
  ) {}

  /** Whether an unused engine is running. */
  get hasSpare(): boolean {
    return this.#spare !== undefined;
  }

  /** @param onDied called once if the engine ends without having been closed */
  take(onDied: (failure: EngineFailure) => void): EngineClient {
    const engine = this.#spare ?? new EngineClient(this.script);
    this.#spare = undefined;
    engine.onDied = onDied;
    this.#restock();
    return engine;
  }

  async dispose(): Promise<void> {
    this.#disposed = true;
    clearTimeout(this.#timer);
    await this.#spare?.close();
  }

  #restock(): void {
    if (!this.ahead) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      if (this.#disposed || this.#spare) return;
      const engine = new EngineClient(this.script);
      // If it dies unused, the next `take` starts another.
      engine.onDied = () => {
        if (this.#spare === engine) this.#spare = undefined;
      };
      this.#spare = engine;
    }, this.rest);
  }
}
