/** How a layer's output size and parameters come about, as formulas with the numbers put in. */
import type { ConvLayer } from '../../core/layer';
import { stageFormula } from '../../core/shape';
import type { Stage } from '../../core/stack';
import type { Shape } from '../../core/tensor';
import { countText } from '../words';

/** @param input the shape that the layer reads */
export function derivation(stage: Stage, [, inChannels]: Shape): string[] {
  const { layer, pooling, row } = stage;
  const sizes = [`H ${stageFormula(stage, 0)}`, `W ${stageFormula(stage, 1)}`];
  return pooling ? sizes : [...sizes, weightsFormula(layer as ConvLayer, inChannels, row.parameters)];
}

/** `64·64·3·3 + 64 = 36,928`: out_channels, in_channels of a group, the kernel, and a bias for each output channel. */
function weightsFormula(layer: ConvLayer, inChannels: number, parameters: number): string {
  const { outChannels, kernelSize, groups = 1, bias = true } = layer;
  const weights = [outChannels, inChannels / groups, ...kernelSize].join('·');
  return `${weights}${bias ? ` + ${outChannels}` : ''} = ${countText(parameters)}`;
}
