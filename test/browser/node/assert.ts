/** What the tests use of `node:assert/strict`, with its results. */

/** Fails a test. */
export class AssertionError extends Error {
  override readonly name = 'AssertionError';
}

type Message = string | Error | undefined;
type Expected = RegExp | (new (...args: never[]) => unknown) | ((error: unknown) => boolean) | object;

export function fail(message: Message = 'Failed'): never {
  throw message instanceof Error ? message : new AssertionError(message);
}

export function ok(value: unknown, message?: Message): asserts value {
  if (!value) fail(message ?? `${show(value)} is not true`);
}

export function equal(actual: unknown, expected: unknown, message?: Message): void {
  if (!Object.is(actual, expected)) fail(message ?? `${show(actual)} instead of ${show(expected)}`);
}

export function notEqual(actual: unknown, expected: unknown, message?: Message): void {
  if (Object.is(actual, expected)) fail(message ?? `${show(actual)}, of all`);
}

export function deepEqual(actual: unknown, expected: unknown, message?: Message): void {
  const path = difference(actual, expected);
  if (path !== undefined)
    fail(message ?? `${show(actual)} instead of ${show(expected)}, from ${path || 'the start'} on`);
}

export function notDeepEqual(actual: unknown, expected: unknown, message?: Message): void {
  if (difference(actual, expected) === undefined) fail(message ?? `${show(actual)}, of all`);
}

export function match(text: string, pattern: RegExp, message?: Message): void {
  if (!pattern.test(text)) fail(message ?? `${text} does not match ${pattern}`);
}

export function doesNotMatch(text: string, pattern: RegExp, message?: Message): void {
  if (pattern.test(text)) fail(message ?? `${text} matches ${pattern}`);
}

export function throws(run: () => unknown, expected?: Expected | string, message?: Message): void {
  let thrown: { readonly error: unknown } | undefined;
  try {
    run();
  } catch (error) {
    thrown = { error };
  }
  check(thrown, expected, message);
}

export async function rejects(
  run: Promise<unknown> | (() => Promise<unknown>),
  expected?: Expected | string,
  message?: Message,
): Promise<void> {
  const thrown = await (typeof run === 'function' ? run() : run).then(
    () => undefined,
    error => ({ error }),
  );
  check(thrown, expected, message);
}

function check(
  thrown: { readonly error: unknown } | undefined,
  given: Expected | string | undefined,
  also: Message,
): void {
  const [expected, message] = typeof given === 'string' ? [undefined, given] : [given, also];
  if (!thrown) fail(message ?? 'Nothing was thrown');
  if (expected && !isAsExpected(thrown.error, expected)) {
    fail(
      message ??
        `What was thrown is another: ${thrown.error instanceof Error ? thrown.error.stack : show(thrown.error)}`,
    );
  }
}

function isAsExpected(error: unknown, expected: Expected): boolean {
  if (expected instanceof RegExp) return expected.test(String(error));
  if (typeof expected === 'object') {
    return Object.entries(expected).every(([key, value]) => {
      const actual = (error as Record<string, unknown>)[key];
      return value instanceof RegExp && typeof actual === 'string'
        ? value.test(actual)
        : difference(actual, value) === undefined;
    });
  }
  if (expected.prototype !== undefined && error instanceof expected) return true;
  if (Object.prototype.isPrototypeOf.call(Error, expected)) return false;
  return (expected as (error: unknown) => boolean)(error) === true;
}

/** Where two values differ, as a path; undefined if nowhere. Types count, −0 is not 0, and NaN is NaN. */
function difference(a: unknown, b: unknown, path = ''): string | undefined {
  if (Object.is(a, b)) return undefined;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return path;
  if (Object.getPrototypeOf(a) !== Object.getPrototypeOf(b)) return path;
  if (a instanceof Map) return difference([...a], [...(b as typeof a)], path);
  if (a instanceof Set)
    return a.size === (b as typeof a).size && [...a].every(each => (b as typeof a).has(each)) ? undefined : path;
  if (a instanceof Error && a.message !== (b as Error).message) return `${path}.message`;
  if (ArrayBuffer.isView(a)) return numbersDiffer(a as Uint8Array, b as Uint8Array, path);
  if (a instanceof ArrayBuffer) return difference(new Uint8Array(a), new Uint8Array(b as ArrayBuffer), path);
  const keys = Object.keys(a);
  if (keys.length !== Object.keys(b).length) return path;
  for (const key of keys) {
    if (!Object.hasOwn(b, key)) return `${path}.${key}`;
    const at = difference((a as Record<string, unknown>)[key], (b as Record<string, unknown>)[key], `${path}.${key}`);
    if (at !== undefined) return at;
  }
  return undefined;
}

function numbersDiffer(a: Uint8Array, b: Uint8Array, path: string): string | undefined {
  if (a.length !== b.length) return `${path}.length`;
  for (let i = 0; i < a.length; i++) if (!Object.is(a[i], b[i])) return `${path}.${i}`;
  return undefined;
}

function show(value: unknown): string {
  if (typeof value === 'function') return value.name;
  const text = JSON.stringify(value, (_, part) => (typeof part === 'bigint' ? String(part) : part)) ?? String(value);
  return text.length > 300 ? `${text.slice(0, 300)} …` : text;
}

/** `assert(value)` and all others as its properties. */
export default Object.assign(ok.bind(undefined), {
  AssertionError,
  deepEqual,
  doesNotMatch,
  equal,
  fail,
  match,
  notDeepEqual,
  notEqual,
  ok,
  rejects,
  throws,
});
