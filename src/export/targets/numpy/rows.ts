import { emptyWindows } from '../../../core/axis';
import type { OperatorName } from '../../../core/operators';
import { normOf } from '../../../core/operators/lp';
import { equalPadding, noPadding } from '../../../core/options';
import { tupleText } from '../../../core/pythonText';
import type { Pooling } from '../../job';
import { fillsUp } from '../../lp';
import { InexpressibleError } from '../../request';
import { adaptiveRow, wholeRow } from './adaptive';
import { float32, planeAxes, type Row, windowAxes } from './row';
import { countsLine, loopLines, viewRecipe, windowRow } from './window';

/** Zeros around the picture add nothing to a sum of powers. */
const lp: Row = {
  loops(pooling, channels) {
    const padded = lpPadding(pooling);
    return loopLines(padded, channels, counts => root(padded, 'window', planeAxes(channels), counts));
  },
  recipe(pooling, channels, wide) {
    const padded = lpPadding(pooling);
    const steps = padded.divisor === undefined ? [countsLine(padded, channels)] : [];
    const value = root(padded, 'windows', windowAxes, 'counts');
    return { ...viewRecipe(padded, channels), steps, value: float32(padded, value, wide) };
  },
};

/** The pooling with a divisor unless windows that are not full are to be filled up. */
function lpPadding(pooling: Pooling): Pooling {
  if (
    normOf(pooling.options) < 0 &&
    pooling.around.top + pooling.around.bottom + pooling.around.left + pooling.around.right > 0
  ) {
    throw new InexpressibleError('norm_type', 'Zeros around the picture have no negative power.');
  }
  return fillsUp(pooling) ? { ...pooling, divisor: undefined } : { ...pooling, divisor: 1 };
}

function root(pooling: Pooling, values: string, axes: string, counts: string): string {
  const norm = normOf(pooling.options);
  const sum = `(${values} ** ${norm}).sum(${axes})`;
  // PyTorch multiplies the average of a window's real pixels by the number of its taps.
  const full = pooling.divisor === undefined ? `(${sum} / ${counts} * ${pooling.kernel[0] * pooling.kernel[1]})` : sum;
  return `${full} ** (1 / ${norm})`;
}

/** Maxima at stride 1 with one reflected around them, then the filter at the stride. */
const maxBlur: Row = {
  loops({ options: { kernelSize, stride } }, channels) {
    const [height, width] = kernelSize;
    return [
      `rows, columns = x.shape[0] - ${height} + 1, x.shape[1] - ${width} + 1`,
      `maxima = np.zeros(${channels === 1 ? '(rows, columns)' : `(rows, columns, ${channels})`}, np.float32)`,
      'for i in range(rows):',
      '    for j in range(columns):',
      `        maxima[i, j] = x[i:i + ${height}, j:j + ${width}].max(${planeAxes(channels)})`,
      `maxima = np.pad(maxima, ${aroundMaxima(channels)}, mode='reflect')`,
      `weights = ${binomial(channels)}`,
      `out_h, out_w = (rows - 1) // ${stride[0]} + 1, (columns - 1) // ${stride[1]} + 1`,
      `pooled = np.zeros(${channels === 1 ? '(out_h, out_w)' : `(out_h, out_w, ${channels})`}, np.float32)`,
      'for i in range(out_h):',
      '    for j in range(out_w):',
      `        top, left = i * ${stride[0]}, j * ${stride[1]}`,
      `        pooled[i, j] = (maxima[top:top + 3, left:left + 3] * weights).sum(${planeAxes(channels)})`,
      'return pooled',
    ];
  },
  recipe({ options: { kernelSize, stride }, output }, channels) {
    const strides = stride[0] === 1 && stride[1] === 1 ? '' : `[::${stride[0]}, ::${stride[1]}]`;
    return {
      made: [
        `maxima = sliding_window_view(x, ${tupleText(kernelSize)}, axis=(0, 1)).max(${windowAxes})`,
        `maxima = np.pad(maxima, ${aroundMaxima(channels)}, mode='reflect')`,
        `windows = sliding_window_view(maxima, (3, 3), axis=(0, 1))${strides}`,
      ],
      shown: { name: 'windows', shape: channels === 1 ? [...output, 3, 3] : [...output, channels, 3, 3] },
      steps: [`weights = ${binomial(1)}`],
      value: `(windows * weights).sum(${windowAxes})`,
    };
  },
};

/** Padding is NaN, which `nanmedian` leaves out. */
const median: Row = {
  loops: (pooling, channels) => loopLines(pooling, channels, () => middle(pooling, 'window', planeAxes(channels))),
  recipe(pooling, channels, wide) {
    const value = middle(pooling, 'windows', windowAxes);
    return { ...viewRecipe(pooling, channels), steps: [], value: float32(pooling, value, wide) };
  },
};

function middle({ axes, around }: Pooling, values: string, over: string): string {
  const args = over === '' ? values : `${values}, ${over}`;
  if (equalPadding(around, noPadding)) return `np.median(${args})`;
  // Windows without a pixel, which give 0.
  const isEmpty = axes.some(axis => emptyWindows(axis).length > 0);
  return isEmpty ? `np.nan_to_num(np.nanmedian(${args}))` : `np.nanmedian(${args})`;
}

function aroundMaxima(channels: number): string {
  return channels === 1 ? '1' : '((1, 1), (1, 1), (0, 0))';
}

function binomial(channels: number): string {
  return `np.float32(np.outer([1, 2, 1], [1, 2, 1]))${channels === 1 ? '' : '[..., np.newaxis]'} / 16`;
}

export const rows: Readonly<Record<OperatorName, Row>> = {
  max: windowRow,
  average: windowRow,
  min: windowRow,
  lp,
  adaptiveMax: adaptiveRow,
  adaptiveAverage: adaptiveRow,
  globalMax: wholeRow,
  globalAverage: wholeRow,
  maxBlur,
  median,
};
