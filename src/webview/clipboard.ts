let pending: Uint8Array<ArrayBuffer> | undefined;

/** Puts a PNG on the clipboard, which only a page in focus may do: after a menu or a picker that takes until it is back. */
export function copyPicture(png: Uint8Array<ArrayBuffer>): void {
  pending = png;
  if (document.hasFocus()) void write();
}

/** The newest picture that waits. A refused one goes on waiting for the next time that the page has the focus. */
async function write(): Promise<void> {
  const png = pending;
  if (!png) return;
  try {
    await navigator.clipboard.write([new ClipboardItem({ 'image/png': new Blob([png], { type: 'image/png' }) })]);
    if (pending === png) pending = undefined;
  } catch (error) {
    console.warn('The picture was not copied:', error);
  }
}

window.addEventListener('focus', () => void write());
