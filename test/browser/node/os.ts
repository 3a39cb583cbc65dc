/** What the tests use of `node:os`. */
import { askText } from './ask';

export const tmpdir = (): string => askText('tmpdir');
