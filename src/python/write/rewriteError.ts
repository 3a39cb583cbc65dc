import type { WrittenSetting } from './value';

/**
 * Why a call is left as it is:
 * - `moved`: it no longer stands at its place, or says something else;
 * - `unclear`: its arguments are half-written, or one that would change also gives a name its value (`k := 3`);
 * - `operator`, `framework`: it would have to be another call;
 * - `setting`: the framework's call cannot say this setting;
 * - `hidden`: the setting may be among `*args` or `**kwargs`, and Python refuses to be told twice.
 */
export type RewriteReason = 'moved' | 'unclear' | 'operator' | 'framework' | 'setting' | 'hidden';

/** A call cannot be made to say what is wanted. The message is in English; callers write their own for the user. */
export class RewriteError extends Error {
  override readonly name = 'RewriteError';

  /** @param setting which one it is, in the words of `Layer`, if the reason is `setting` or `hidden` */
  constructor(
    readonly reason: RewriteReason,
    message: string,
    readonly setting?: WrittenSetting,
  ) {
    super(message);
  }
}
