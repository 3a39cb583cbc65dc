/**
 * Whose turn it is: the webview asks one thing at a time and asks anew, with what is wanted by then, once it is answered.
 * The pipe to the host is slow beside a held-down key, so asking at every step would queue stale work behind itself.
 */
export class Turn {
  /** Begins anywhere, so that an answer meant for the page before a reload is not taken for one of ours. */
  #revision = Math.floor(Math.random() * 2 ** 40);
  #busy = false;

  /** A revision to ask under, or nothing while an answer is still awaited. */
  take(): number | undefined {
    if (this.#busy) return undefined;
    this.#busy = true;
    return ++this.#revision;
  }

  /** Takes an answer; false when it is not the one awaited. */
  end(revision: number): boolean {
    if (!this.#busy || revision !== this.#revision) return false;
    this.#busy = false;
    return true;
  }

  /** Stops waiting: an answer that still comes is not awaited any more. */
  reset(): void {
    this.#busy = false;
  }
}
