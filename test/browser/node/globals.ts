/** What the tests use of Node without importing it. */
export { Buffer } from 'buffer';
