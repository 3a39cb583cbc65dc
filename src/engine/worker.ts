/** Entry of the worker thread: the engine carries out one request after the other. */
import { workerPort } from '#platform';
import type { CallMessage } from '../channel';
import { prepareDecoders } from '../decode/decode';
import type { Rendered } from '../protocol';
import { dispatch } from './dispatch';
import { ImageEngine } from './imageEngine';
import type { EngineCalls } from './message';

const port = workerPort();
const engine = new ImageEngine();

// An engine that is started ahead compiles now, so that no picture has to wait for it.
prepareDecoders();

port.onMessage(
  oneByOne(async message => {
    const reply = await dispatch(engine, message as CallMessage<EngineCalls>);
    port.postMessage(reply, 'ok' in reply.outcome ? moved(reply.outcome.ok) : []);
  }),
);

/** Handles messages in their order, each when the one before is done. */
function oneByOne(handle: (message: unknown) => Promise<void>): (message: unknown) => void {
  let last = Promise.resolve();
  return message => {
    last = last.then(() => handle(message));
  };
}

/** The buffers in a reply. They were made for this reply, so they are moved and not copied. */
function moved(answer: object): ArrayBuffer[] {
  const { tiles, data } = answer as { tiles?: Rendered['tiles']; data?: Uint8Array | Float32Array };
  return [...(tiles ?? []), ...(data ? [{ data }] : [])].map(each => each.data.buffer as ArrayBuffer);
}
