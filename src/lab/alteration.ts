import { type Samples, samplesLike, type Tensor } from '../core/tensor';
import { type Noise, writeNoisy } from './noise';
import { type Shift, writeShifted } from './shift';

/** What is done to a picture before it is pooled. */
export type Alteration = Noise | Shift;

/** Whether an alteration is noise, and not a move. */
export function isNoise(alteration: Alteration | undefined): alteration is Noise {
  return alteration !== undefined && alteration.kind !== 'shift';
}

/** The altered picture, in a new array. */
export function altered<D extends Samples>(input: Tensor<D>, alteration: Alteration): Tensor<D> {
  const data = samplesLike(input.data, input.data.length);
  writeAltered(input, alteration, data);
  return { shape: input.shape, data };
}

/** The altered picture, into an array of the input's type and length. */
export function writeAltered(input: Tensor, alteration: Alteration, to: Samples): void {
  if (alteration.kind === 'shift') writeShifted(input, alteration.dy, alteration.dx, to);
  else writeNoisy(input, alteration, to);
}
