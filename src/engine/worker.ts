/** The thread's entry: hands each question to the engine and its answer back, one after the other. */
import { workerPort } from '#platform';
import type { Question } from '../channel';
import { prepareDecoders } from '../decode/decode';
import type { Rendered } from '../protocol';
import { dispatch } from './dispatch';
import { ImageEngine } from './imageEngine';
import type { EngineCalls } from './message';

const port = workerPort();
const engine = new ImageEngine();

// A thread that is started ahead has the time: what is compiled now is not while a picture waits.
prepareDecoders();

port.onMessage(
  oneByOne(async message => {
    const reply = await dispatch(engine, message as Question<EngineCalls>);
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

/** The pixels that an answer carries, made for it alone: they move instead of being copied. */
function moved(answer: object): ArrayBuffer[] {
  const { tiles, data } = answer as { tiles?: Rendered['tiles']; data?: Uint8Array };
  return [...(tiles ?? []), ...(data ? [{ data }] : [])].map(each => each.data.buffer as ArrayBuffer);
}
