import * as assert from 'node:assert/strict';

/** Waits until something is there; fails with what was awaited. */
export async function eventually<T>(
  what: string,
  probe: () => T | undefined | false,
  milliseconds = 30_000,
): Promise<T> {
  for (const end = Date.now() + milliseconds; ; ) {
    const found = probe();
    if (found) return found;
    assert.ok(Date.now() < end, `not within ${milliseconds} ms: ${what}`);
    await new Promise(resolve => setTimeout(resolve, 10));
  }
}
