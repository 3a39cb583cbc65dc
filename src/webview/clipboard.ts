interface Picture {
  readonly png: Uint8Array<ArrayBuffer>;
  /** Takes why it was refused; nothing when it is on the clipboard. */
  readonly onEnd: (error?: string) => void;
  /** When to give up: by then the clipboard may hold something that was copied later. */
  readonly until: number;
}

/** Milliseconds that a picture waits for the page to have the focus. */
const patience = 10_000;

let pending: Picture | undefined;

/** Puts a PNG on the clipboard, which only a page in focus may do: after a menu or a picker that takes until it is back. */
export function copyPicture(png: Picture['png'], onEnd: Picture['onEnd']): void {
  pending = { png, onEnd, until: performance.now() + patience };
  if (document.hasFocus()) void write();
}

/** The newest picture that waits. One refused because the focus has just gone waits for it to come back. */
async function write(): Promise<void> {
  const picture = pending;
  if (!picture) return;
  if (performance.now() > picture.until) {
    pending = undefined;
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
  if (pending !== picture) return;
  pending = undefined;
  picture.onEnd(error);
}

window.addEventListener('focus', () => void write());
