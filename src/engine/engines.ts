import { EngineClient } from './client';
import type { EngineFailure } from './message';

/** Milliseconds after one engine was taken in which the next is not started yet: a picture is being opened just then. */
const restMilliseconds = 2000;

/**
 * Where engines come from. With `ahead`, one more than are in use is kept started: a thread takes 80 to 100 ms to its first
 * answer, most of what decoding a 12-megapixel JPEG takes.
 */
export class Engines {
  #spare: EngineClient | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #disposed = false;

  /** @param script path of the bundled worker */
  constructor(
    private readonly script: string,
    private readonly ahead = false,
    private readonly rest = restMilliseconds,
  ) {}

  /** Whether the next engine is started already. */
  get hasSpare(): boolean {
    return this.#spare !== undefined;
  }

  /** @param onDied called once when the engine ends without having been closed */
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
      // One that dies unused is nobody's loss.
      engine.onDied = () => {
        if (this.#spare === engine) this.#spare = undefined;
      };
      this.#spare = engine;
    }, this.rest);
  }
}
