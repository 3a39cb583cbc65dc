/** Milliseconds that each position stays. */
const pace = 900;

/** Moves a row of pixels under its windows: from rest to the stride, pixel by pixel, and again. */
export class ShiftAnimation {
  #moved = 0;
  #timer: ReturnType<typeof setInterval> | undefined;

  /**
   * @param stride of the windows, which can change meanwhile
   * @param isStill whether nothing may move by itself
   */
  constructor(
    private readonly stride: () => number,
    private readonly onChange: () => void,
    private readonly isStill = () => matchMedia('(prefers-reduced-motion: reduce)').matches,
  ) {}

  /** In pixels, from 0 to the stride. */
  get moved(): number {
    return Math.min(this.#moved, this.stride());
  }

  get canPlay(): boolean {
    return !this.isStill();
  }

  get isPlaying(): boolean {
    return this.#timer !== undefined;
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  /** Plays, or pauses. */
  toggle(): void {
    const begins = !this.isPlaying && this.canPlay;
    this.stop();
    if (begins) this.#timer = setInterval(() => this.#tick(), pace);
    this.onChange();
  }

  /** One pixel by hand, round the ends: it does not move by itself any more. */
  step(by: 1 | -1): void {
    this.stop();
    this.#move(by);
  }

  #tick(): void {
    if (this.canPlay) this.#move(1);
    else this.toggle();
  }

  #move(by: 1 | -1): void {
    const positions = this.stride() + 1;
    this.#moved = (this.moved + by + positions) % positions;
    this.onChange();
  }
}
