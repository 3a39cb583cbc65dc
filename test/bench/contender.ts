import type { PoolOptions } from '../../src/core/options';
import { base } from '../options';

/** One pooling of the bench's picture: square kernel, stride and padding, and how many channels. */
export interface Case {
  readonly kind: 'max' | 'average';
  readonly kernel: number;
  readonly stride: number;
  readonly padding: number;
  readonly channels: 1 | 3;
}

/** Someone who can pool. `prepare` returns null for a case that it has no answer to; else a run's time in milliseconds. */
export interface Contender {
  readonly name: string;
  /** What exactly is measured, with versions. */
  readonly about: string;
  prepare(test: Case): Promise<(() => number | Promise<number>) | null>;
  close?(): void;
}

export function caseName({ kind, kernel, stride, padding, channels }: Case): string {
  const pad = padding > 0 ? ` p${padding}` : '';
  const grey = channels === 1 ? ' grey' : '';
  return `${kind === 'max' ? 'max' : 'avg'} ${kernel}/${stride}${pad}${grey}`;
}

export function optionsOf({ kernel, stride, padding }: Case): PoolOptions {
  return {
    ...base,
    kernelSize: [kernel, kernel],
    stride: [stride, stride],
    padding: { top: padding, bottom: padding, left: padding, right: padding },
  };
}

export function outputSize({ kernel, stride, padding }: Case, input: number): number {
  return Math.floor((input + 2 * padding - kernel) / stride) + 1;
}

/** Milliseconds that `work` takes. */
export function timed(work: () => unknown): number {
  const start = performance.now();
  work();
  return performance.now() - start;
}
