import { frameworkOf } from '../options';
import { type Samples, samplesLike, type Tensor } from '../tensor';
import { explainSelection, largestFloat32 } from './extremum';
import { max } from './max';
import { callIn, type Operator } from './operator';

/**
 * The minimum of each window, which no framework has as a layer: `−max(−x)`. Padding counts as +∞, NaN wins, and of
 * equal values the first in row-major order is reported. The output's element type is as in max pooling.
 */
export const min: Operator = {
  title: 'Min',
  longTitle: 'Min pooling',
  calls: {
    pytorch: { ...callIn(max, 'pytorch'), isNegated: true, emptyWindow: Infinity },
    keras: { ...callIn(max, 'keras'), isNegated: true, emptyWindow: Infinity },
    onnx: { ...callIn(max, 'onnx'), isNegated: true, emptyWindow: largestFloat32 },
  },
  settings: max.settings,
  numpy: 'min',
  padding: 'inf',
  divides: false,
  sentences: {
    padding: 'padding: ∞, never the smallest',
    picked: 'smallest of {0}',
    wins: 'the smallest in {0} of them',
    winner: 'first minimum',
  },

  pool({ shape, data }, axes, options) {
    const { output, indices } = max.pool({ shape, data: mirrored(data, data) }, axes, options);
    // With an empty window, maxima of integers are float32: they are mirrored by the type of the picture, not by their
    // own.
    const values: Tensor = { shape: output.shape, data: mirrored(output.data, data) };
    return { output: values, ...(indices && { indices }) };
  },

  ...explainSelection(
    (value, best) => value < best,
    options => callIn(min, frameworkOf(options)).emptyWindow,
  ),
};

/** Values in reverse order: subtracted from the largest value of the picture's type, or negated if that is float32. */
function mirrored(values: Samples, picture: Samples): Samples {
  const mirror = samplesLike(values, values.length);
  if (picture instanceof Float32Array) {
    for (let i = 0; i < values.length; i++) mirror[i] = -values[i]!;
    return mirror;
  }
  const largest = picture instanceof Uint16Array ? 65535 : 255;
  for (let i = 0; i < values.length; i++) mirror[i] = largest - values[i]!;
  return mirror;
}
