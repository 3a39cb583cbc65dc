import type { Layer } from '../../core/layer';
import type { Framework } from '../../core/options';
import type { Literal } from '../syntax/literal';
import type { Settings } from './settings';

/** A row of the table of calls: a function or class of a framework that pools pictures. */
export interface Signature {
  /** Its usual name. */
  readonly callee: string;
  /** Its full name, and other full names for the same. */
  readonly paths: readonly string[];
  readonly framework: Framework;
  /** The parameters in their order. */
  readonly parameters: readonly string[];
  /** How `padding` is written, if it is a word. */
  readonly paddingWords?: { readonly same: string; readonly valid: string };
  /** Where height stands among four numbers, before width. Absent if sizes never have four. */
  heightAt?(dataFormat: Literal | undefined): number;
  /** What a call says; null if we do not compute such a pooling, undefined if the call is of something else. */
  read(settings: Settings): Layer | null | undefined;
}
