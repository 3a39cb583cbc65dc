import * as v from 'valibot';
import type { Framework } from '../../core/options';
import { stageFormula } from '../../core/shape';
import { mostLayers, nextStage, StackError, type Stage, shapeBehind } from '../../core/stack';
import { callOf, outputShapes } from './answer';
import { commonFields, type InputShape, layer, object, parse } from './input';
import { layerOf } from './layer';

const input = object({
  ...commonFields,
  layers: v.pipe(
    v.array(layer, 'must be a list of layers'),
    v.minLength(1, 'must not be empty'),
    v.maxLength(mostLayers, `must have at most ${mostLayers} layers`),
  ),
});

/**
 * Shape, receptive field and parameters behind each layer of a stack, and the formulas of the sizes. Behind an illegal
 * layer there is nothing but what the framework says about it.
 *
 * @throws {Error} for malformed input
 */
function answer(given: unknown): object {
  const { framework, input_shape: from, layers } = parse(input, given);
  const stages: Stage[] = [];
  try {
    for (const [i, each] of layers.entries()) {
      const layer = layerOf(each, framework, shapeBehind(from.shape, stages), `layers.${i}.`);
      stages.push(nextStage(from.shape, stages, layer));
    }
    const { shape } = stages.at(-1)!.row;
    return {
      framework,
      layers: rowsOf(stages, from, framework),
      ...outputShapes(shape, from, framework),
      flattened_features: shape.reduce((product, size) => product * size),
      parameters: stages.reduce((sum, { row }) => sum + row.parameters, 0),
    };
  } catch (error) {
    if (!(error instanceof StackError)) throw error;
    const refused = { layer: `layers.${error.layer}`, message: error.message };
    return { framework, layers: rowsOf(stages, from, framework), refused };
  }
}

function rowsOf(stages: readonly Stage[], from: InputShape, framework: Framework): object[] {
  return stages.map(stage => {
    const { layer, pooling, row } = stage;
    const { shape, receptiveField, jump, start, parameters } = row;
    return {
      layer: pooling ? callOf(pooling, framework) : layer.operator,
      ...outputShapes(shape, from, framework),
      height: stageFormula(stage, 0),
      width: stageFormula(stage, 1),
      receptive_field: receptiveField,
      jump,
      start,
      parameters,
    };
  });
}

export const outputShape = { input, answer };
