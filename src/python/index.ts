/** What an editor asks about Python source. The host loads it, and with it the parser, when a Python file is first open. */
export type { PoolingCall } from './call';
export { findInCells, findPoolingCalls } from './find';
