import { type Difference, compareFrameworks as differencesOf, lookAlike } from '../../core/compare';
import { englishOf, sentencesOf } from '../../core/differenceText';
import { frameworkNames } from '../../core/frameworks';
import { operatorOf } from '../../core/operators';
import { type Framework, PoolError } from '../../core/options';
import { type PlannedLayer, planLayer } from '../../core/plan';
import { callOf, outputShapes } from './answer';
import { commonFields, type InputShape, object, parse, poolingFields } from './input';
import { poolingOf } from './layer';

const input = object({ ...commonFields, ...poolingFields });

/**
 * What each framework makes of the setting that looks the same there: its call, its size, and why it differs. What the
 * pooling's own framework says if it refuses it.
 *
 * @throws {Error} for malformed input
 */
function answer(given: unknown): object {
  const { framework, input_shape: from, ...pooling } = parse(input, given);
  const { operator, ...options } = poolingOf(pooling, framework, from.shape);
  try {
    const ours = planLayer(operator, from.shape, options);
    const differences = differencesOf(operator, from.shape, options);
    const others = frameworkNames
      .filter(name => name !== framework)
      .map(name => [
        name,
        counterpart(
          ours,
          name,
          from,
          differences.find(difference => difference.framework === name),
        ),
      ]);
    return {
      framework,
      [framework]: { call: callOf(ours, framework), ...outputShapes(ours.output, from, framework) },
      ...Object.fromEntries(others),
    };
  } catch (error) {
    if (!(error instanceof PoolError)) throw error;
    return { framework, [framework]: { refused: error.message } };
  }
}

/** The verdict on another framework. */
function counterpart(
  ours: PlannedLayer,
  framework: Framework,
  from: InputShape,
  difference: Difference | undefined,
): object {
  const options = lookAlike(ours, framework);
  if (!options) return { result: 'nothing looks the same there' };
  try {
    const theirs = planLayer(ours.operator, ours.input, options);
    return {
      call: callOf(theirs, framework),
      ...outputShapes(theirs.output, from, framework),
      ...verdict(ours, difference),
    };
  } catch (error) {
    if (!(error instanceof PoolError)) throw error;
    return { result: 'refused', refused: error.message };
  }
}

function verdict({ operator }: PlannedLayer, difference: Difference | undefined): object {
  if (difference) return { result: 'different', differences: sentencesOf(difference, operator).map(englishOf) };
  if (!operatorOf(operator).settings.includes('norm')) return { result: 'same windows and divisors' };
  return {
    result: 'values may differ',
    differences: [
      'ONNX sums |x|^p of real pixels; PyTorch sums x^p, and counts a window that reaches beyond the picture as full',
    ],
  };
}

export const compareFrameworks = { input, answer };
