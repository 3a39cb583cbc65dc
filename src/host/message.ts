/** Validates messages from the page: any value may arrive, only well-formed messages pass. */
import * as v from 'valibot';
import { codeActions, exportCommands, type FromPage, remedies } from '../protocol';
import { alteration, callNames, calls, hint, index, number, operatorList, options, stack, view } from '../schema';

/** Characters: longer than the text of any pixel's values. */
const mostPixelText = 200;

/** Characters: longer than any framework's message. */
const mostRefusal = 2000;

/** Characters: a table of a chart's numbers. */
const mostCopied = 5000;

/** Characters of a text that describes what a page shows. */
const mostDescription = 100_000;

const status = v.object({
  view,
  alteration: v.exactOptional(alteration),
  options,
  operators: operatorList,
  scale: v.pipe(number, v.gtValue(0)),
  pixel: v.exactOptional(v.pipe(v.string(), v.maxLength(mostPixelText))),
  refusal: v.exactOptional(v.pipe(v.string(), v.maxLength(mostRefusal))),
  stack: v.exactOptional(stack),
});

/** Characters as JSON: some four times a page's saved state with as many layers as there can be. */
const mostState = 50_000;

/** A saved state. Only its size is checked: the page that begins with it checks the rest. */
const savedState = v.custom<object>(
  value => typeof value === 'object' && value !== null && !Array.isArray(value) && sizeOf(value) <= mostState,
);

const notice = v.variant('type', [
  v.object({ type: v.literal('ready'), heard: v.exactOptional(v.boolean()), state: hint(savedState) }),
  v.object({ type: v.literal('chosen'), state: savedState }),
  v.object({ type: v.literal('status'), status: v.exactOptional(status) }),
  v.object({ type: v.literal('export'), command: v.picklist(exportCommands) }),
  v.object({ type: v.literal('copyText'), text: v.pipe(v.string(), v.maxLength(mostCopied)) }),
  v.object({ type: v.literal('copied'), error: v.exactOptional(v.string()) }),
  v.object({ type: v.literal('description'), text: v.pipe(v.string(), v.maxLength(mostDescription)) }),
  v.object({ type: v.literal('taken') }),
  v.object({ type: v.literal('code'), action: v.picklist(codeActions) }),
  v.object({ type: v.literal('cancel') }),
  v.object({ type: v.literal('remedy'), remedy: v.picklist(remedies) }),
]);

const callMessage = v.object({ id: index, call: v.picklist(callNames), request: v.unknown() });

/** The message, built anew from its known fields; undefined if it is malformed. */
export function parseMessage(value: unknown): FromPage | undefined {
  const asked = v.safeParse(callMessage, value);
  if (asked.success) {
    const { call } = asked.output;
    const request = v.safeParse(calls[call], asked.output.request);
    // Safe: the table of schemas has the same names as the table of requests.
    return request.success ? ({ ...asked.output, request: request.output } as FromPage) : undefined;
  }
  const told = v.safeParse(notice, value);
  return told.success ? told.output : undefined;
}

/** How many characters a value takes as JSON; infinitely many if it cannot be written so. */
function sizeOf(value: object): number {
  try {
    return JSON.stringify(value).length;
  } catch {
    return Number.POSITIVE_INFINITY;
  }
}

/** The id of a message that may be a request: even a malformed request must get a reply. */
export function callId(value: unknown): number | undefined {
  const { success, output } = v.safeParse(v.object({ id: index }), value);
  return success ? output.id : undefined;
}
