import { isOnePixel } from '../../../core/operators/adaptive';
import type { Pooling } from '../../job';
import { float32, planeAxes, type Row } from './row';

/** One window over the whole picture. */
export const wholeRow: Row = {
  loops: pooling => [`return ${whole(pooling)}`],
  recipe: (pooling, _, wide) => ({ made: [], steps: [], value: float32(pooling, whole(pooling), wide) }),
};

function whole({ operator }: Pooling): string {
  return `x.${operator.numpy}(axis=(0, 1), keepdims=True)`;
}

/**
 * Windows that divide the picture: window `i` is `⌊i·I/O⌋ … ⌈(i + 1)·I/O⌉`. Averages are divided by the window's height,
 * rounded, and divided by its width, as in PyTorch; except for that of the whole picture.
 */
export const adaptiveRow: Row = {
  loops(pooling, channels) {
    if (isOnePixel(pooling.options)) return wholeRow.loops(pooling, channels);
    const [rows, columns] = pooling.output;
    const [keepsRows, keepsColumns] = (pooling.options.outputSize ?? []).map(size => size === null);
    const axes = planeAxes(channels);
    const reduce = divided(pooling)
      ? [`pooled[i, j] = window.sum(${axes}) / (bottom - top)`, 'pooled[i, j] /= right - left']
      : [`pooled[i, j] = window.${pooling.operator.numpy}(${axes})`];
    return [
      'height, width = x.shape[:2]',
      `out_h, out_w = ${keepsRows ? 'height' : rows}, ${keepsColumns ? 'width' : columns}`,
      `pooled = np.zeros(${channels === 1 ? '(out_h, out_w)' : `(out_h, out_w, ${channels})`}, np.float32)`,
      'for i in range(out_h):',
      '    for j in range(out_w):',
      '        # Ends are rounded up.',
      '        top, bottom = i * height // out_h, -(-(i + 1) * height // out_h)',
      '        left, right = j * width // out_w, -(-(j + 1) * width // out_w)',
      '        window = x[top:bottom, left:right]',
      ...reduce.map(line => `        ${line}`),
      'return pooled',
    ];
  },
  recipe(pooling, channels, wide) {
    if (isOnePixel(pooling.options)) return wholeRow.recipe(pooling, channels, wide);
    const { input, output, operator } = pooling;
    const [, , height, width] = input;
    const [rows, columns] = output;
    const reduce = divided(pooling) ? 'sum' : operator.numpy;
    const made = [
      '# Window i from ⌊i·I/O⌋ to ⌈(i + 1)·I/O⌉: first all rows of each, then all columns.',
      `rows = [slice(i * ${height} // ${rows}, -(-(i + 1) * ${height} // ${rows})) for i in range(${rows})]`,
      `columns = [slice(j * ${width} // ${columns}, -(-(j + 1) * ${width} // ${columns})) for j in range(${columns})]`,
      `lines = np.stack([x[each].${reduce}(axis=0) for each in rows])`,
    ];
    const shown = { name: 'lines', shape: channels === 1 ? [rows, width] : [rows, width, channels] };
    const value = `np.stack([lines[:, each].${reduce}(axis=1) for each in columns], axis=1)`;
    if (!divided(pooling)) return { made, shown, steps: [], value };
    const lengths = (windows: string) => `np.float32([each.stop - each.start for each in ${windows}])`;
    const [beside, below] =
      channels === 1 ? ['[:, np.newaxis]', ''] : ['[:, np.newaxis, np.newaxis]', '[:, np.newaxis]'];
    const steps = [`sums = ${value}`, `heights = ${lengths('rows')}`, `widths = ${lengths('columns')}`];
    const averages = `sums / heights${beside}`;
    return { made, shown, steps, value: `${wide ? `(${averages}).astype(np.float32)` : averages} / widths${below}` };
  },
};

/** Whether it is an average, of windows whose height and width it is divided by. */
function divided({ largestSum }: Pooling): boolean {
  return largestSum !== undefined;
}
