import { emptyWindows, isSparse } from '../axis';
import type { OperatorName } from '../operators';
import type { PlannedLayer } from '../plan';
import type { Samples, Tensor } from '../tensor';
import { hasWebAssembly } from '../webAssembly';
import { fastAdaptiveAverage } from './adaptiveAverage';
import { fastAdaptiveMax } from './adaptiveMax';
import { fastAverage } from './average';
import { fastExtremum } from './extremum';
import type { FastPooling } from './fastPooling';
import { floatAverage } from './floatAverage';
import { maxKernels, minKernels } from './kernels';
import { fastLp } from './lp';
import { fastMaxBlur } from './maxBlur';

/** The operators that have kernels; the others are pooled in plain TypeScript. */
const fastPoolings: Readonly<Partial<Record<OperatorName, FastPooling>>> = {
  max: fastExtremum(maxKernels, 0),
  min: fastExtremum(minKernels, 255),
  average: fastAverage,
  lp: fastLp,
  maxBlur: fastMaxBlur,
  adaptiveMax: fastAdaptiveMax,
  adaptiveAverage: fastAdaptiveAverage,
  globalMax: fastAdaptiveMax,
  globalAverage: fastAdaptiveAverage,
};

/**
 * The fast pooling for a layer: for 8-bit samples of one to four channels, if no window reaches far beyond the picture
 * and WebAssembly can run. Undefined if only plain TypeScript can pool it.
 */
export function fastPoolingFor(layer: PlannedLayer, data: Samples): FastPooling | undefined {
  const [, channels] = layer.input;
  const isPossible = data instanceof Uint8Array && channels >= 1 && channels <= 4 && !layer.axes.some(isSparse);
  const pooling = isPossible && hasWebAssembly() ? fastPoolings[layer.operator] : undefined;
  return pooling?.supports(layer) ? pooling : undefined;
}

/**
 * The fast pooling for a layer if its values are the framework's own, not only those of the picture: an empty window's
 * value is not a byte, and the kernels write bytes.
 */
export function exactPoolingFor(layer: PlannedLayer, data: Samples): FastPooling | undefined {
  const pooling = fastPoolingFor(layer, data);
  return pooling && layer.axes.every(axis => emptyWindows(axis).length === 0) ? pooling : undefined;
}

/**
 * Poolings of floats that have kernels. Max and min have none: a stack of them ends in time in plain TypeScript (nine
 * million floats, 2×2/2: 31 and 63 ms).
 */
const floatPoolings: Readonly<
  Partial<Record<OperatorName, (input: Tensor<Float32Array>, layer: PlannedLayer) => Tensor | undefined>>
> = { average: floatAverage };

/** One pooling of floats by the kernels; undefined if they cannot do it. */
export function poolFloats(input: Tensor<Float32Array>, layer: PlannedLayer): Tensor | undefined {
  return hasWebAssembly() ? floatPoolings[layer.operator]?.(input, layer) : undefined;
}
