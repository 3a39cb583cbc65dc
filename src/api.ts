/** Core and decoders as a library, for tests from outside: the code that the product runs. Re-exports only. */
export type { Padding, PoolOptions } from './core/options';
export { PoolError } from './core/options';
export { avgPool2d, type Layer, maxPool2d, pool } from './core/pool';
export type { Tensor } from './core/tensor';
export { type DecodedImage, DecodeError, type DecodeLimits, decodeImage } from './decode/decode';
export type { DecodeNote } from './decode/note';
export { pictureTensor } from './decode/samples';
