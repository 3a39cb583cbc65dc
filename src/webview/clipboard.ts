interface Picture {
  readonly png: Uint8Array<ArrayBuffer>;
  /** When to give up: by then the clipboard may hold something that was copied later. */
  readonly until: number;
}

/** Milliseconds that a picture waits for the page to have the focus. */
const patience = 10_000;

/** Puts pictures on the clipboard, which only a page in focus may do: after a menu or a picker that takes until it is back. */
export class Clipboard {
  /** The newest picture that waits. */
  #pending: Picture | undefined;

  /** @param onEnd takes why a picture was refused; nothing when it is on the clipboard */
  constructor(private readonly onEnd: (error?: string) => void) {
    window.addEventListener('focus', () => void this.#write());
  }

  copy(png: Uint8Array<ArrayBuffer>): void {
    this.#pending = { png, until: performance.now() + patience };
    if (document.hasFocus()) void this.#write();
  }

  /** One refused because the focus has just gone waits for it to come back. */
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
