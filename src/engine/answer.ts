import { PoolError } from '../core/options';
import { DecodeError } from '../decode/error';
import type { Decoded, EngineCall, EngineCalls, EngineFailure, EngineRequest, Outcome } from './message';
import { EmptyError, type Studio } from './studio';

/** Carries out one request. Whatever goes wrong becomes an answer too. */
export async function answer(
  studio: Studio,
  message: EngineRequest,
): Promise<Outcome<EngineCalls[EngineCall]['answer']>> {
  try {
    return { ok: await carryOut(studio, message) };
  } catch (error) {
    return { err: toFailure(error) };
  }
}

function carryOut(
  studio: Studio,
  message: EngineRequest,
): Promise<Decoded> | EngineCalls[Exclude<EngineCall, 'decode'>]['answer'] {
  switch (message.call) {
    case 'decode':
      return studio.decode(message.request.bytes, message.request.limits);
    case 'render':
      return studio.render(message.request);
    case 'inspect':
      return studio.inspect(message.request);
    case 'pixels':
      return studio.pixels(message.request);
    case 'counts':
      return studio.counts(message.request);
    case 'encode':
      return studio.encode(message.request);
  }
}

function toFailure(error: unknown): EngineFailure {
  if (error instanceof PoolError) return { kind: 'refused', message: error.message };
  if (error instanceof DecodeError) {
    return { kind: 'decode', code: error.code, template: error.template, values: error.values };
  }
  if (error instanceof EmptyError) return { kind: 'empty' };
  // 'Array buffer allocation failed', 'Invalid typed array length': a picture or an output beyond this machine.
  if (error instanceof RangeError) return { kind: 'memory' };
  return { kind: 'died', message: error instanceof Error ? (error.stack ?? error.message) : String(error) };
}
