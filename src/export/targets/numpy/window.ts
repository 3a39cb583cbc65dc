import { effectiveKernel } from '../../../core/axis';
import { equalPadding, equalPairs, noPadding, type Padding } from '../../../core/options';
import { tupleText } from '../../../core/pythonText';
import { type Pooling, paddingBeyond } from '../../job';
import { numpyNumber } from '../../python';
import { float32, planeAxes, type Recipe, type Row, windowAxes } from './row';

/** Max, min and average. */
export const windowRow: Row = {
  loops(pooling, channels) {
    return loopLines(pooling, channels, counts => reduced(pooling, 'window', planeAxes(channels), counts));
  },
  recipe(pooling, channels, wide) {
    const steps = pooling.operator.divides && pooling.divisor === undefined ? [countsLine(pooling, channels)] : [];
    const value = reduced(pooling, 'windows', windowAxes, 'counts');
    return { ...viewRecipe(pooling, channels), steps, value: float32(pooling, value, wide) };
  },
};

/**
 * Two loops over the output's pixels.
 * @param value an expression for what `window` becomes, given one for how many of its pixels count
 */
export function loopLines(pooling: Pooling, channels: number, value: (counts: string) => string): string[] {
  const { stride, dilation } = pooling;
  const reach = pooling.axes.map(effectiveKernel);
  const step = dilation.map(each => (each === 1 ? '' : `:${each}`));
  const window = `[top:top + ${reach[0]}${step[0]}, left:left + ${reach[1]}${step[1]}]`;
  return [
    ...padLines('x', pooling, channels),
    `out_h = (x.shape[0] - ${reach[0]}) // ${stride[0]} + 1`,
    `out_w = (x.shape[1] - ${reach[1]}) // ${stride[1]} + 1`,
    `pooled = np.zeros(${channels === 1 ? '(out_h, out_w)' : `(out_h, out_w, ${channels})`}, np.float32)`,
    'for i in range(out_h):',
    '    for j in range(out_w):',
    `        top, left = i * ${stride[0]}, j * ${stride[1]}`,
    `        window = x${window}`,
    `        pooled[i, j] = ${value(`counts${window}.sum()`)}`,
    'return pooled',
  ];
}

/** The lines that make `windows`, all at once as a view of the picture. */
export function viewRecipe(pooling: Pooling, channels: number): Pick<Recipe, 'made' | 'shown'> {
  const { kernel, output } = pooling;
  const pads = padLines('padded', pooling, channels);
  return {
    made: [...pads, `windows = ${view(pooling, pads.length > 0 ? 'padded' : 'x')}`],
    shown: {
      name: 'windows',
      shape: channels === 1 ? [...output, ...kernel] : [...output, channels, ...kernel],
    },
  };
}

/** The line that makes `counts`, the number of pixels that count in each window, of the mask of that name. */
export function countsLine(pooling: Pooling, channels: number): string {
  return `counts = ${view(pooling, 'counts')}.sum(${windowAxes})${channels === 1 ? '' : '[..., np.newaxis]'}`;
}

function view({ axes, stride, dilation }: Pooling, values: string): string {
  const strides = equalPairs(stride, [1, 1]) ? '' : `[::${stride[0]}, ::${stride[1]}]`;
  const holes = equalPairs(dilation, [1, 1]) ? '' : `[..., ::${dilation[0]}, ::${dilation[1]}]`;
  return `sliding_window_view(${values}, ${tupleText(axes.map(effectiveKernel))}, axis=(0, 1))${strides}${holes}`;
}

/**
 * An expression that reduces a window's values.
 * @param counts an expression for how many values count, if this is not the same for all windows
 */
function reduced({ operator, kernel, divisor }: Pooling, values: string, axes: string, counts: string): string {
  if (!operator.divides || divisor === kernel[0] * kernel[1]) return `${values}.${operator.numpy}(${axes})`;
  return `${values}.sum(${axes}) / ${divisor ?? counts}`;
}

/** Lines that pad `x` into `name`, and, if the divisor varies, make `counts`: 1 where a window counts a pixel. */
function padLines(name: string, { operator, around, counted, divisor }: Pooling, channels: number): string[] {
  if (equalPadding(around, noPadding)) return [];
  const pads = sides(around, channels === 1 ? 2 : 3);
  if (operator.padding !== 0) {
    const value = operator.padding as '-inf' | 'inf' | 'nan';
    const note = value === 'nan' ? 'padding does not count' : 'padding never wins';
    return [`${name} = np.pad(x, ${pads}, constant_values=${numpyNumber(value)})  # ${note}`];
  }
  if (divisor !== undefined) return [`${name} = np.pad(x, ${pads})`];
  let ones = 'np.ones(x.shape[:2], x.dtype)';
  if (!equalPadding(counted, noPadding)) ones = `np.pad(${ones}, ${sides(counted, 2)}, constant_values=1)`;
  const beyond = paddingBeyond(around, counted);
  if (!equalPadding(beyond, noPadding)) ones = `np.pad(${ones}, ${sides(beyond, 2)})`;
  return [`counts = ${ones}  # 1 where a pixel counts`, `${name} = np.pad(x, ${pads})`];
}

function sides({ top, bottom, left, right }: Padding, rank: 2 | 3): string {
  return `((${top}, ${bottom}), (${left}, ${right})${rank === 3 ? ', (0, 0)' : ''})`;
}
