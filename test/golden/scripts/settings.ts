/** The settings that the scripts are run with: every option, alone and where it meets others. */
import type { Padding, Pair, PoolOptions } from '../../../src/core/options';
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
