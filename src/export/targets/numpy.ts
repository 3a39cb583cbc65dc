import { effectiveKernel } from '../../core/axis';
import { equalPadding, equalPairs, noPadding, type Padding } from '../../core/options';
import { tupleText } from '../../core/pythonText';
import { type Job, type Pooling, paddingBeyond, summedWide } from '../job';
import { readingLines, writingLines } from '../pictureFile';
import { numpyNumber, pythonScript } from '../python';

/** The pooling as courses write it: two loops over the output's pixels, one function for each operator. */
export function numpyLoopsCode(job: Job): string {
  const functions = job.poolings.map(pooling => loopFunction(pooling, job.shape[1]));
  const blocks = job.poolings.map(({ name }) => [
    `${name}_pooled = ${name}_pool(x)`,
    ...writingLines(job, name, `${name}_pooled`),
  ]);
  const body = [[...readingLines(job), ...tensorLines(job)], ...blocks].map(lines => lines.join('\n'));
  return `import cv2\nimport numpy as np\n\n\n${functions.join('\n\n\n')}\n\n\n${body.join('\n\n')}\n`;
}

/** The pooling without loops: all windows at once, as a view of the picture. */
export function numpyCode(job: Job): string {
  let shown = '';
  const blocks = job.poolings.map(pooling => {
    const { windows, pooled } = viewLines(job, pooling);
    // Without padding all operators have the same windows: write their lines once.
    const made = windows.join('\n') === shown ? [] : windows;
    shown = windows.join('\n');
    return [...made, ...pooled, ...writingLines(job, pooling.name, `${pooling.name}_pooled`)];
  });
  const imports = ['import cv2', 'import numpy as np', 'from numpy.lib.stride_tricks import sliding_window_view'];
  return pythonScript(imports, [[...readingLines(job), ...tensorLines(job)], ...blocks]);
}

function tensorLines({ poolings }: Job): string[] {
  return poolings.some(({ wide }) => wide)
    ? [summedWide, 'x = image.astype(np.float64)']
    : ['x = image.astype(np.float32)'];
}

function loopFunction(pooling: Pooling, channels: number): string {
  const { name, stride, dilation } = pooling;
  const reach = pooling.axes.map(effectiveKernel);
  const step = dilation.map(each => (each === 1 ? '' : `:${each}`));
  const window = `[top:top + ${reach[0]}${step[0]}, left:left + ${reach[1]}${step[1]}]`;
  const axes = channels === 1 ? '' : 'axis=(0, 1)';
  const lines = [
    `def ${name}_pool(x):`,
    ...padLines('x', pooling, channels),
    `out_h = (x.shape[0] - ${reach[0]}) // ${stride[0]} + 1`,
    `out_w = (x.shape[1] - ${reach[1]}) // ${stride[1]} + 1`,
    `pooled = np.zeros(${channels === 1 ? '(out_h, out_w)' : `(out_h, out_w, ${channels})`}, np.float32)`,
    'for i in range(out_h):',
    '    for j in range(out_w):',
    `        top, left = i * ${stride[0]}, j * ${stride[1]}`,
    `        window = x${window}`,
    `        pooled[i, j] = ${reduced(pooling, 'window', axes, `counts${window}.sum()`)}`,
    'return pooled',
  ];
  return lines.map((line, i) => (i === 0 ? line : `    ${line}`)).join('\n');
}

/**
 * An expression that reduces a window's values.
 * @param counts an expression for how many values count, if this is not the same for all windows
 */
function reduced({ operator, kernel, divisor }: Pooling, values: string, axes: string, counts: string): string {
  if (!operator.divides || divisor === kernel[0] * kernel[1]) return `${values}.${operator.numpy}(${axes})`;
  return `${values}.sum(${axes}) / ${divisor ?? counts}`;
}

/** Lines that pad `x` into `name`, and, if the divisor varies, make `counts`: 1 where an average counts a pixel. */
function padLines(name: string, { operator, around, counted, divisor }: Pooling, channels: number): string[] {
  if (equalPadding(around, noPadding)) return [];
  const pads = sides(around, channels === 1 ? 2 : 3);
  if (operator.padding !== 0) {
    return [
      `${name} = np.pad(x, ${pads}, constant_values=${numpyNumber(operator.padding as '-inf' | 'inf')})  # padding never wins`,
    ];
  }
  if (divisor !== undefined) return [`${name} = np.pad(x, ${pads})`];
  let ones = 'np.ones(x.shape[:2], x.dtype)';
  if (!equalPadding(counted, noPadding)) ones = `np.pad(${ones}, ${sides(counted, 2)}, constant_values=1)`;
  const beyond = paddingBeyond(around, counted);
  if (!equalPadding(beyond, noPadding)) ones = `np.pad(${ones}, ${sides(beyond, 2)})`;
  return [`counts = ${ones}  # 1 where a pixel counts`, `${name} = np.pad(x, ${pads})`];
}

/** The lines that make `windows`, and those that reduce them. */
function viewLines(
  job: Job,
  pooling: Pooling,
): { readonly windows: readonly string[]; readonly pooled: readonly string[] } {
  const { name, operator, axes: spans, kernel, stride, dilation, output, divisor } = pooling;
  const channels = job.shape[1];
  const reach = spans.map(effectiveKernel);
  const view = (values: string) => {
    const strides = equalPairs(stride, [1, 1]) ? '' : `[::${stride[0]}, ::${stride[1]}]`;
    const holes = equalPairs(dilation, [1, 1]) ? '' : `[..., ::${dilation[0]}, ::${dilation[1]}]`;
    return `sliding_window_view(${values}, ${tupleText(reach)}, axis=(0, 1))${strides}${holes}`;
  };
  const pads = padLines('padded', pooling, channels);
  const windows = [
    ...pads,
    `windows = ${view(pads.length > 0 ? 'padded' : 'x')}`,
    `print(windows.shape)  # ${tupleText(channels === 1 ? [...output, ...kernel] : [...output, channels, ...kernel])}`,
  ];
  const axes = 'axis=(-2, -1)';
  const pooled: string[] = [];
  if (operator.divides && divisor === undefined) {
    pooled.push(`counts = ${view('counts')}.sum(${axes})${channels === 1 ? '' : '[..., np.newaxis]'}`);
  }
  const value = reduced(pooling, 'windows', axes, 'counts');
  pooled.push(`${name}_pooled = ${pooling.wide ? `(${value}).astype(np.float32)` : value}`);
  return { windows, pooled };
}

function sides({ top, bottom, left, right }: Padding, rank: 2 | 3): string {
  return `((${top}, ${bottom}), (${left}, ${right})${rank === 3 ? ', (0, 0)' : ''})`;
}
