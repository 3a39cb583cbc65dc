/** The thread's entry: hands each message to the studio and its answer back, one after the other. */
import { workerPort } from '#platform';
import { prepareDecoders } from '../decode/decode';
import { answer } from './answer';
import type { EngineReply, EngineRequest, Pixels, Rendered } from './message';
import { Studio } from './studio';

const port = workerPort();
const studio = new Studio();
let last: Promise<void> = Promise.resolve();

// A thread that is started ahead has the time: what is compiled now is not while a picture waits.
prepareDecoders();

port.onMessage(message => {
  const request = message as EngineRequest;
  last = last.then(async () => {
    const outcome = await answer(studio, request);
    const reply: EngineReply = { id: request.id, outcome };
    port.postMessage(reply, 'ok' in outcome ? moved(outcome.ok) : []);
  });
});

/** The pixels that an answer carries, made for it alone: they move instead of being copied. */
function moved(answer: object): ArrayBuffer[] {
  if ('tiles' in answer) return (answer as Rendered).tiles.map(({ data }) => data.buffer as ArrayBuffer);
  if ('data' in answer) return [(answer as Pixels).data.buffer as ArrayBuffer];
  return [];
}
