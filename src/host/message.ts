/** Reads what comes from the page with suspicion: anything may arrive, and only well-formed messages pass. */
import * as v from 'valibot';
import { exportCommands, type FromPage, remedies } from '../protocol';
import { calls, index, operatorList, options, view } from '../schema';

/** Longer than any pixel's values are written. */
const mostPixelText = 200;

const status = v.object({
  view,
  options,
  operators: operatorList,
  scale: v.pipe(v.number(), v.finite(), v.gtValue(0)),
  pixel: v.exactOptional(v.pipe(v.string(), v.maxLength(mostPixelText))),
});

const notice = v.variant('type', [
  v.object({ type: v.literal('ready'), heard: v.exactOptional(v.boolean()) }),
  v.object({ type: v.literal('status'), status }),
  v.object({ type: v.literal('export'), command: v.picklist(exportCommands) }),
  v.object({ type: v.literal('copied'), error: v.exactOptional(v.string()) }),
  v.object({ type: v.literal('cancel') }),
  v.object({ type: v.literal('remedy'), remedy: v.picklist(remedies) }),
]);

const question = v.variant('call', [
  v.object({ call: v.literal('render'), id: index, request: calls.render }),
  v.object({ call: v.literal('inspect'), id: index, request: calls.inspect }),
  v.object({ call: v.literal('pixels'), id: index, request: calls.pixels }),
  v.object({ call: v.literal('counts'), id: index, request: calls.counts }),
]);

const message = v.union([question, notice]);

/** The message, built anew from its known fields; undefined when it is none. */
export function parseMessage(value: unknown): FromPage | undefined {
  const { success, output } = v.safeParse(message, value);
  return success ? output : undefined;
}
