/** A task that is done once, for all who ask for its result. If it fails, the next who asks has it done again. */
export class Once<T> {
  #result: Promise<T> | undefined;

  constructor(private readonly task: () => Promise<T>) {}

  /** @throws what the task throws */
  get(): Promise<T> {
    this.#result ??= this.task().catch(error => {
      this.#result = undefined;
      throw error;
    });
    return this.#result;
  }
}
