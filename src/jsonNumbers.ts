/** VS Code sends messages to a page as JSON, which has finite numbers only: ±∞ and NaN travel as text. */

interface NumberText {
  readonly number: string;
}

/** A message as it can be sent. Typed arrays, which VS Code sends beside the JSON, stay as they are. */
export function withNumberTexts(message: unknown): unknown {
  return mapped(message, value =>
    typeof value === 'number' && !Number.isFinite(value) ? ({ number: String(value) } satisfies NumberText) : undefined,
  );
}

/** The message that was sent. */
export function withNumbers(message: unknown): unknown {
  return mapped(message, value => (isNumberText(value) ? Number(value.number) : undefined));
}

function isNumberText(value: unknown): value is NumberText {
  if (!isPlain(value)) return false;
  const [[name, text] = [], ...others] = Object.entries(value);
  return name === 'number' && typeof text === 'string' && others.length === 0;
}

/** A copy of arrays and plain objects in which `change` has replaced what it gives a value for. */
function mapped(value: unknown, change: (value: unknown) => unknown): unknown {
  const changed = change(value);
  if (changed !== undefined) return changed;
  if (Array.isArray(value)) return value.map(each => mapped(each, change));
  if (!isPlain(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, mapped(each, change)]));
}

function isPlain(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}
