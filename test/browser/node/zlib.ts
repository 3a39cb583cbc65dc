/** What the tests use of `node:zlib`. */
import { Buffer } from 'buffer';
import { ask } from './ask';

export { crc32 } from '../../../src/platform/web';

const asked = (name: 'deflateSync' | 'inflateSync' | 'gunzipSync') => (bytes: Uint8Array, options?: object) =>
  Buffer.from(ask(name, options ? [options] : [], bytes).buffer);

export const deflateSync = asked('deflateSync');
export const inflateSync = asked('inflateSync');
export const gunzipSync = asked('gunzipSync');
