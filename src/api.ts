/** Core and decoders as a library, for tests from outside: the code that the product runs. Re-exports only. */
export type { Layer } from './core/layer';
export type { Padding, PoolOptions } from './core/options';
export { PoolError } from './core/options';
export { avgPool2d, maxPool2d, pool } from './core/pool';
export { planStack, type StackRow } from './core/stack';
export type { Tensor } from './core/tensor';
export { type DecodedImage, DecodeError, type DecodeLimits, decodeImage } from './decode/decode';
export type { DecodeNote } from './decode/note';
export { pictureTensor } from './decode/samples';
export { addNoise } from './lab/noise';
export { shift } from './lab/shift';
export type { PoolingCall } from './python/call';
export { findPoolingCalls } from './python/find';
