interface Picture {
  readonly png: Uint8Array<ArrayBuffer>;
  /** `performance.now()` time at which the picture is dropped: by then the user may have copied something else. */
  readonly until: number;
}

/** Milliseconds that a picture waits for the page to get the focus. */
const patience = 10_000;

/**
 * Writes pictures to the clipboard. Only a page with the focus may do so, and after a menu or a picker the focus
 * returns late.
 */
export class Clipboard {
  /** The newest picture that is not written yet. */
  #pending: Picture | undefined;

  /**
   * @param onEnd called without an argument once the picture is on the clipboard, else with the reason of the refusal
   */
  constructor(private readonly onEnd: (error?: string) => void) {
    window.addEventListener('focus', () => void this.#write());
  }

  copy(png: Uint8Array<ArrayBuffer>): void {
    this.#pending = { png, until: performance.now() + patience };
    if (document.hasFocus()) void this.#write();
  }

  /**
   * Writes the pending picture. If that fails because the page lost the focus, the picture waits for the next focus.
   */
  async #write(): Promise<void> {
    const picture = this.#pending;
    if (!picture) return;
    if (performance.now() > picture.until) {
      this.#pending = undefined;
      return;
    }
    const blob = new Blob([picture.png], { type: 'image/png' });
    let error: string | undefined;
    try {
      await navigator.clipboard.write([new ClipboardItem({ 'image/png': blob })]);
    } catch (reason) {
      if (!document.hasFocus()) return;
      error = reason instanceof Error ? reason.message : String(reason);
    }
    if (this.#pending !== picture) return;
    this.#pending = undefined;
    this.onEnd(error);
  }
}
