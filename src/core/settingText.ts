import { equalPadding, equalPairs, isSymmetric, noPadding, type Pair, type PoolOptions } from './options';

/**
 * A pooling in one line, short enough for a tab: `3×3 / 2` is kernel and stride, then padding and dilation, each with
 * the frameworks' names and only where it is not as usual. Paddings that differ are written top, left, bottom, right.
 */
export function settingText({ kernelSize, stride, padding, dilation }: PoolOptions): string {
  return [
    equalPairs(stride, kernelSize) ? kernelSize.join('×') : `${kernelSize.join('×')} / ${pairText(stride)}`,
    ...paddingText(padding),
    ...(equalPairs(dilation, [1, 1]) ? [] : [`dilation ${pairText(dilation)}`]),
  ].join(', ');
}

function paddingText(padding: PoolOptions['padding']): string[] {
  if (padding === 'same') return ['padding same'];
  if (equalPadding(padding, noPadding)) return [];
  const { top, left, bottom, right } = padding;
  const text = isSymmetric(padding) ? pairText([top, left]) : [top, left, bottom, right].join(' ');
  return [`padding ${text}`];
}

/** Height × width, or one number for both. */
function pairText([height, width]: Pair): string {
  return height === width ? `${height}` : `${height}×${width}`;
}
