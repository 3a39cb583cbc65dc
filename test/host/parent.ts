/** How often to look. */
const periodMs = 500;

/**
 * Interrupts this process when the one that started it has gone. npm runs scripts in a shell which, told to stop, does
 * so without a word to us. (Windows does not show it; there we would run on.)
 */
export function endWithParent(): void {
  const parent = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid !== parent) {
      clearInterval(watch);
      process.kill(process.pid, 'SIGINT');
    }
  }, periodMs);
  watch.unref();
}
