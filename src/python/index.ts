/** What an editor asks about Python source. The host loads it, and with it the parser, when a Python file is first open. */
export { readCells } from './find';
export { rewriteCall } from './write/rewrite';
