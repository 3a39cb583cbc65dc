/**
 * What every host has but ECMAScript's own library lacks. Projects that run in more than one host include this file
 * instead of the types of one of them, so that the compiler refuses everything else.
 */

declare const performance: { now(): number };

declare class TextDecoder {
  constructor(encoding?: string, options?: { fatal?: boolean });
  decode(bytes: Uint8Array, options?: { stream?: boolean }): string;
}

declare function setTimeout(callback: () => void, milliseconds: number): number;
declare function clearTimeout(timer: number | undefined): void;
