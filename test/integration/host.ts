/** Whether this is the extension host of a browser, not of Node. */
export const isWeb = typeof process === 'undefined';

/**
 * A test of what only the extension host of Node has; in a browser it is left out.
 *
 * @param why it is nothing for a browser
 */
export function testInNode(why: string, title: string, body: Mocha.AsyncFunc): void {
  if (isWeb) test.skip(`${title} (in Node only: ${why})`, body);
  else test(title, body);
}
