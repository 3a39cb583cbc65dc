/** What the tests use of `node:util`. */

/** Without the colours that a terminal shows. */
export const stripVTControlCharacters = (text: string): string => text.replace(colour, '');
const colour = new RegExp(`${String.fromCharCode(27)}\\[[\\d;]*m`, 'g');
