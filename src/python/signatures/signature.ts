import type { Layer } from '../../core/layer';
import type { Framework } from '../../core/options';
import type { Settings } from '../settings';

/** A row of the table of calls: a function or class of a framework that pools pictures. */
export interface Signature {
  /** Its usual name. */
  readonly callee: string;
  /** Its full name, and other full names for the same. */
  readonly paths: readonly string[];
  readonly framework: Framework;
  /** The parameters in their order. */
  readonly parameters: readonly string[];
  /** What a call says; null if we do not compute such a pooling, undefined if the call is of something else. */
  read(settings: Settings): Layer | null | undefined;
}
