/** The stacks that scripts are run with: poolings alone, whose last picture is compared, and whole networks. */
import type { Layer } from '../../../src/core/layer';
import type { PoolOptions } from '../../../src/core/options';
import { symmetricPadding } from '../../../src/core/options';
import { base, conv } from '../../options';
import type { View } from './pictures';

type Window = 'max' | 'average' | 'min' | 'median';

function window(operator: Window, kernel: number, stride = kernel, change: Partial<PoolOptions> = {}): Layer {
  return { ...base, operator, kernelSize: [kernel, kernel], stride: [stride, stride], ...change };
}

const padded = (pad: number) => ({ padding: symmetricPadding([pad, pad]) });
const max2 = window('max', 2);
const max3 = window('max', 3, 2);
const stem = window('max', 3, 2, padded(1));
const same = { padding: 'same' } as const;
const uneven = { padding: { top: 0, bottom: 1, left: 1, right: 0 } } as const;
const onnx = { framework: 'onnx', countIncludePad: false } as const;

const stacks: Readonly<Record<string, readonly Layer[]>> = {
  none: [],
  'VGG-16, poolings': [max2, max2, max2, max2, max2],
  'VGG-16, two blocks': [conv(64, 3, padded(1)), conv(64, 3, padded(1)), max2, conv(128, 3, padded(1)), max2],
  'ResNet, poolings': [stem, { operator: 'adaptiveAverage', outputSize: [7, 7] }, { operator: 'globalAverage' }],
  'ResNet, stem and head': [
    conv(64, 7, { ...padded(3), stride: [2, 2], bias: false }),
    stem,
    conv(128, 3, { ...padded(1), stride: [2, 2], bias: false }),
    { operator: 'globalAverage' },
  ],
  'LeNet-5': [conv(6, 5, padded(2)), window('average', 2), conv(16, 5), window('average', 2), conv(120, 5)],
  AlexNet: [
    conv(96, 11, { ...padded(2), stride: [4, 4] }),
    max3,
    conv(256, 5, { ...padded(2), groups: 2 }),
    max3,
    conv(384, 3, padded(1)),
    max3,
    { operator: 'adaptiveAverage', outputSize: [6, 6] },
  ],
  'AlexNet, poolings': [max3, max3, max3],
  'adaptive, uneven': [
    { operator: 'adaptiveMax', outputSize: [50, 41] },
    { operator: 'adaptiveAverage', outputSize: [7, null] },
    { operator: 'adaptiveMax', outputSize: [3, 2] },
  ],
  averages: [window('average', 2), window('average', 3, 2), window('average', 2, 1)],
  'averages, padded': [
    window('average', 3, 2, padded(1)),
    window('average', 3, 2, { ...padded(1), countIncludePad: false }),
    window('average', 2, 2, { ceilMode: true }),
  ],
  'maxima, padded': [
    window('max', 3, 2, uneven),
    window('max', 2, 2, same),
    window('max', 3, 1, { ...padded(1), dilation: [2, 2] }),
    window('max', 2, 2, { ceilMode: true }),
  ],
  minima: [window('min', 2), window('min', 3, 2, uneven), window('min', 3, 2, padded(1))],
  same: [window('max', 3, 2, same), window('average', 3, 1, same), window('max', 2, 2, same)],
  'same, unevenly': [window('average', 2, 1, same)],
  'unequal sides': [window('average', 3, 2, uneven), window('average', 3, 2, { ...uneven, divisorOverride: 4 })],
  powers: [
    { operator: 'lp', norm: 2, kernelSize: [2, 2], stride: [2, 2] },
    { operator: 'lp', norm: 3, kernelSize: [3, 2], stride: [2, 2], ceilMode: true },
  ],
  'powers, padded': [
    { ...base, ...onnx, operator: 'lp', norm: 2, kernelSize: [3, 3], ...padded(1) },
    { ...base, ...onnx, operator: 'lp', norm: 3, kernelSize: [2, 2], ...uneven },
  ],
  'powers of large numbers, then blurred': [
    { operator: 'lp', norm: 5, kernelSize: [2, 2], stride: [2, 2] },
    { operator: 'maxBlur', kernelSize: [2, 2], stride: [2, 2] },
  ],
  'powers of large fractions': [window('average', 2), { operator: 'lp', norm: 40, kernelSize: [2, 2], stride: [2, 2] }],
  blurred: [
    { operator: 'maxBlur', kernelSize: [2, 2], stride: [2, 2] },
    { operator: 'maxBlur', kernelSize: [3, 2], stride: [1, 2] },
    { operator: 'maxBlur', kernelSize: [2, 2], stride: [2, 2] },
  ],
  ONNX: [
    window('max', 3, 2, { ...onnx, ...padded(2) }),
    window('average', 2, 1, { ...onnx, dilation: [2, 2] }),
    window('average', 3, 2, { ...onnx, ...padded(1), countIncludePad: true, ceilMode: true }),
  ],
  'medians, of whole numbers and of halves': [window('median', 2), window('median', 3, 1, padded(1)), window('max', 2)],
  'convolutions, padded': [
    conv(8, 3, { padding: 'same', stride: [2, 2], framework: 'keras' }),
    conv(8, 2, uneven),
    conv(12, 3, { dilation: [2, 1], groups: 4, ...padded(2) }),
    window('max', 2, 2, same),
    window('min', 2),
    { operator: 'maxBlur', kernelSize: [2, 2], stride: [2, 2] },
    { operator: 'globalMax' },
  ],
};

/** Each stack on two pictures: large ones, since a network makes them small, and of each kind. */
export function stackCases(
  views: readonly View[],
): { readonly name: string; readonly view: View; readonly layers: readonly Layer[] }[] {
  return Object.entries(stacks).flatMap(([name, layers], i) =>
    [0, 1, 2].map(turn => ({ name, layers, view: views[(i + turn * 2) % views.length]! })),
  );
}
