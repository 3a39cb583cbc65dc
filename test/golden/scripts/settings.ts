/** The settings that the scripts are run with: every option, alone and where it meets others. */
import type { OperatorName } from '../../../src/core/operators';
import type { OutputSize, Padding, Pair, PoolOptions } from '../../../src/core/options';
import { base } from '../../options';

type Change = Partial<Omit<PoolOptions, 'padding'>> & { readonly padding?: PoolOptions['padding'] };

function options(kernel: number | Pair, stride: number | Pair = kernel, change: Change = {}): PoolOptions {
  return {
    ...base,
    kernelSize: pair(kernel),
    stride: pair(stride),
    ...change,
  };
}

function pair(value: number | Pair): Pair {
  return typeof value === 'number' ? [value, value] : value;
}

function pads(vertical: number, horizontal = vertical): Padding {
  return { top: vertical, bottom: vertical, left: horizontal, right: horizontal };
}

const same = { padding: 'same' } as const;
const onnx = { framework: 'onnx', countIncludePad: false } as const;

export const plain = options(2);

/** For max, average and min. */
export const settings: readonly PoolOptions[] = [
  plain,
  options(3, 2),
  options(3, 1),
  options([3, 2], [2, 3]),
  options(2, 5),
  options([1, 4]),
  options(1, 2),
  // Padding, counted and not.
  options(3, 2, { padding: pads(1) }),
  options(3, 2, { padding: pads(1), countIncludePad: false }),
  options(3, 1, { padding: pads(1), countIncludePad: false }),
  options([5, 3], [2, 1], { padding: pads(2, 1) }),
  options([5, 3], [2, 1], { padding: pads(2, 0), countIncludePad: false }),
  // ceil_mode: hanging over, not at all, dropped, with padding of both kinds.
  options(2, 2, { ceilMode: true }),
  options(3, 2, { ceilMode: true }),
  options(3, 2, { ceilMode: true, padding: pads(1) }),
  options(3, 2, { ceilMode: true, padding: pads(1), countIncludePad: false }),
  options(2, 7, { ceilMode: true, padding: pads(1) }),
  options([4, 3], [3, 4], { ceilMode: true, padding: pads(2, 1) }),
  options(6, 5, { ceilMode: true, padding: pads(3), countIncludePad: false }),
  // Dilation: PyTorch's for max alone, ONNX' for both.
  options(3, 2, { dilation: [2, 2] }),
  options(2, 1, { dilation: [3, 2], padding: pads(1) }),
  options(3, 3, { dilation: [4, 3], ceilMode: true, padding: pads(1) }),
  options(3, 2, { ...onnx, dilation: [2, 2] }),
  options(3, 2, { ...onnx, dilation: [2, 3], padding: { top: 1, bottom: 2, left: 0, right: 2 } }),
  options(2, 2, { ...onnx, dilation: [2, 1], padding: pads(1), countIncludePad: true }),
  options(3, 2, { ...onnx, dilation: [2, 2], padding: pads(1), ceilMode: true, countIncludePad: true }),
  // A divisor of one's own.
  options(3, 3, { divisorOverride: 5 }),
  options(3, 2, { divisorOverride: 1, padding: pads(1) }),
  options(2, 2, { divisorOverride: -3 }),
  options(3, 2, { divisorOverride: 7, ceilMode: true, padding: pads(1), countIncludePad: false }),
  options(2, 2, { ...same, divisorOverride: 3 }),
  // 'same'.
  options(2, 2, same),
  options(3, 2, same),
  options(3, 1, same),
  options(2, 1, same),
  options([4, 5], [3, 2], same),
  options(2, 5, same),
  options(7, 2, same),
  options(3, 2, { ...same, dilation: [2, 3] }),
  options(3, 2, { ...same, ceilMode: true, framework: 'onnx', countIncludePad: true }),
  // Unequal sides, and more than half a kernel.
  options(3, 2, { padding: { top: 0, bottom: 1, left: 1, right: 0 } }),
  options(3, 2, { padding: { top: 0, bottom: 1, left: 1, right: 0 }, countIncludePad: false }),
  options(3, 2, { padding: { top: 1, bottom: 0, left: 0, right: 1 }, ceilMode: true }),
  options(4, 3, { padding: { top: 1, bottom: 2, left: 2, right: 0 }, ceilMode: true, countIncludePad: false }),
  options(3, 2, { padding: { top: 0, bottom: 1, left: 1, right: 0 }, divisorOverride: 4 }),
  options(3, 2, { ...onnx, padding: pads(2) }),
  options(3, 2, { ...onnx, padding: pads(2), countIncludePad: true }),
  options(3, 2, { ...onnx, padding: { top: 2, bottom: 0, left: 1, right: 2 }, ceilMode: true, countIncludePad: true }),
  options(3, 2, { ...onnx, padding: { top: 0, bottom: 1, left: 1, right: 1 }, autoPad: 'SAME_UPPER' }),
  options(3, 2, { framework: 'keras' }),
  options(3, 2, { ...same, framework: 'keras' }),
];

/** The whole picture, as global pooling has it. */
export function global(height: number, width: number): PoolOptions {
  return options([height, width]);
}

function sized(height: number | null, width: number | null): PoolOptions {
  const outputSize: OutputSize = [height, width];
  return { ...plain, outputSize };
}

/** The other operators, with what each takes. */
export const others: readonly { readonly operators: readonly OperatorName[]; readonly options: PoolOptions }[] = [
  ...[
    options(3, 2, { norm: 2 }),
    options(2, 2, { norm: 3 }),
    options([3, 2], [2, 3], { norm: 1 }),
    options(2, 1, { norm: 1.5 }),
    options(4, 3, { norm: 5 }),
    options(3, 2, { norm: 40 }),
    options(2, 2, { norm: -1 }),
    options(3, 2, { norm: 2, ceilMode: true }),
    options(2, 2, { norm: 3, ceilMode: true }),
    options(3, 2, { norm: 2, ...onnx, padding: pads(1) }),
    options(3, 2, { norm: 3, ...onnx, padding: { top: 2, bottom: 0, left: 1, right: 2 }, ceilMode: true }),
    options(3, 2, { norm: 2, ...onnx, dilation: [2, 3], padding: pads(1) }),
    options(2, 3, { norm: 1, ...onnx, dilation: [2, 2], ceilMode: true }),
  ].map(options => ({ operators: ['lp'] as const, options })),
  ...[
    sized(7, 5),
    sized(8, 6),
    sized(1, 1),
    sized(null, 4),
    sized(5, null),
    sized(null, null),
    sized(1, 4),
    sized(40, 33),
  ].map(options => ({ operators: ['adaptiveMax', 'adaptiveAverage'] as const, options })),
  { operators: ['globalMax', 'globalAverage'], options: plain },
  ...[options(2), options(3, 2), options([2, 3], [1, 2]), options(1, 3), options(2, 1)].map(options => ({
    operators: ['maxBlur'] as const,
    options,
  })),
  ...[
    ...settings,
    // Windows without a pixel.
    options([2, 1], 1, { dilation: [40, 1], padding: pads(20, 0) }),
  ].map(options => ({ operators: ['median'] as const, options })),
  { operators: ['max', 'average', 'median'], options: options(3, 2, { padding: pads(1), ceilMode: true }) },
  // Of 16 bits the average needs float64.
  { operators: ['average', 'median'], options: options([16, 17], 4) },
  // In one script, where one of them needs float64.
  {
    operators: ['max', 'average', 'lp', 'adaptiveAverage', 'globalMax', 'maxBlur'],
    options: options(2, 2, { norm: 3 }),
  },
];
