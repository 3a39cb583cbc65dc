/** What an editor asks about Python source. The host loads it, and with it the parser, when a Python file is first open. */
export type { PoolingCall } from './call';
export { type CellContent, findInCells, findPoolingCalls, readCells } from './find';
export type { LayerStack, UnknownSetting } from './stacks/stack';
export { apply, type Edit } from './write/edit';
export { rewriteCall } from './write/rewrite';
export { RewriteError, type RewriteReason } from './write/rewriteError';
