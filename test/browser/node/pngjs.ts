/** What the tests use of the package `pngjs`, which is for Node. */
import { Buffer } from 'buffer';
import type { PNGOptions } from 'pngjs';
import { ask } from './ask';

export class PNG {
  data = Buffer.alloc(0);

  constructor(readonly options: PNGOptions) {}

  static readonly sync = {
    read: (bytes: Uint8Array) => {
      const answer = ask('readPng', [], bytes).buffer;
      const [width, height] = new Uint32Array(answer, 0, 2);
      return { width, height, data: Buffer.from(answer, 8) };
    },
    write: ({ data, options: picture }: PNG, options: PNGOptions) =>
      Buffer.from(ask('writePng', [picture, options], data).buffer),
  };
}
