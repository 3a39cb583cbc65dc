/** What an editor asks about Python source. The host loads it, and with it the parser, when a Python file is first open. */
export type { PoolingCall } from './call';
export { type CellContent, findInCells, findPoolingCalls, readCells } from './find';
export { rewriteCall } from './rewrite';
export type { LayerStack, UnknownSetting } from './stack';
export { apply, type Edit } from './write/edit';
export { RewriteError, type RewriteReason } from './write/rewriteError';
