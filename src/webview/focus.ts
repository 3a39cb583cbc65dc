/** Keeps the focus in the page where the user left it, and puts it on the first picture at first. */

/** What a page without a history of its own begins with, and what is there instead of a picture. */
const firsts = ['canvas[data-kind]', '.message button'];

/** Where the focus belongs when the page has it but none of its elements does. */
export class Focus {
  #last: HTMLElement | undefined;
  /** The pane whose picture had the focus last. */
  #kind: string | undefined;

  constructor(private readonly root: HTMLElement) {
    // A focus that came by itself draws no ring around the picture before a key is used.
    const pointing = (isPointing: boolean) => root.classList.toggle('pointing', isPointing);
    pointing(true);
    window.addEventListener('keydown', () => pointing(false), true);
    window.addEventListener('pointerdown', () => pointing(true), true);
    root.addEventListener('focusin', ({ target }) => {
      this.#last = target as HTMLElement;
      this.#kind = this.#last.dataset['kind'] ?? this.#kind;
    });
    window.addEventListener('focus', () => this.#restore());
  }

  /** Call it after each rendering: the element that had the focus may be gone. */
  keep(): void {
    if (!this.#last?.isConnected || !this.#last.checkVisibility()) this.#restore();
  }

  #restore(): void {
    if (!document.hasFocus() || document.activeElement !== document.body) return;
    const last = this.#last;
    const isThere = last?.isConnected && last.checkVisibility() && !last.matches(':disabled');
    (isThere ? last : this.#first())?.focus({ preventScroll: true });
  }

  #first(): HTMLElement | null {
    const names = [`canvas[data-kind="${this.#kind}"]`, ...firsts];
    return names.reduce<HTMLElement | null>((found, name) => found ?? this.root.querySelector(name), null);
  }
}
