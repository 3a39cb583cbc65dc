import { answer, type CallMessage, type ReplyMessage } from '../channel';
import { PoolError } from '../core/options';
import { DecodeError } from '../decode/error';
import { EmptyError, type ImageEngine, OutsideError } from './imageEngine';
import type { EngineCalls, EngineFailure } from './message';

/** Lets an engine carry out a request. Whatever goes wrong becomes a failure in the reply. */
export function dispatch(
  engine: ImageEngine,
  message: CallMessage<EngineCalls>,
): Promise<ReplyMessage<EngineCalls, EngineFailure>> {
  return answer<EngineCalls, EngineFailure>(
    {
      decode: ({ bytes, limits }) => engine.decode(bytes, limits),
      render: request => engine.render(request),
      inspect: request => engine.inspect(request),
      pixels: request => engine.pixels(request),
      values: request => engine.values(request),
      counts: request => engine.counts(request),
      scores: request => engine.scores(request),
      shiftChanges: request => engine.shiftChanges(request),
      stages: request => engine.stages(request),
      trace: request => engine.trace(request),
      stageValues: request => engine.stageValues(request),
      encode: request => engine.encode(request),
      encodeStage: request => engine.encodeStage(request),
    },
    message,
    toFailure,
  );
}

function toFailure(error: unknown): EngineFailure {
  if (error instanceof PoolError) return { kind: 'refused', message: error.message };
  if (error instanceof DecodeError) {
    return { kind: 'decode', code: error.code, template: error.template, values: error.values };
  }
  if (error instanceof EmptyError) return { kind: 'empty' };
  if (error instanceof OutsideError) return { kind: 'outside' };
  // 'Array buffer allocation failed', 'Invalid typed array length': the picture or the output is too large for this
  // machine.
  if (error instanceof RangeError) return { kind: 'memory' };
  return { kind: 'died', message: error instanceof Error ? (error.stack ?? error.message) : String(error) };
}
