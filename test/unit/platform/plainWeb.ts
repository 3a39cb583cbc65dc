import type { Platform } from '../../../src/platform/platform';
import * as web from '../../../src/platform/web';
import { withoutWebAssembly } from '../lab/withoutWebAssembly';

/** What the platform for browsers unpacks with where WebAssembly cannot run. */
export const plainWeb: Pick<Platform, 'inflate' | 'inflateStart' | 'inflatePieces'> = {
  inflate: (...given) => withoutWebAssembly(() => web.inflate(...given)),
  inflateStart: (...given) => withoutWebAssembly(() => web.inflateStart(...given)),
  inflatePieces: (...given) => withoutWebAssembly(() => web.inflatePieces(...given)),
};
