/** How a layer's output size and parameters come about, as formulas with the numbers put in. */
import type { ConvLayer } from '../../core/layer';
import { plainOptions } from '../../core/options';
import { sizeFormula, windowFormula } from '../../core/shape';
import type { Stage } from '../../core/stack';
import type { Shape } from '../../core/tensor';
import { countText } from '../words';

/** @param input the shape that the layer reads */
export function derivation({ layer, axes, pooling, row }: Stage, [, inChannels]: Shape): string[] {
  const along = (side: 0 | 1) => {
    if (pooling) return sizeFormula(pooling, side);
    const { padding, framework } = layer as ConvLayer;
    return windowFormula(axes[side], { ...plainOptions, padding, ...(framework && { framework }) });
  };
  const sizes = [`H ${along(0)}`, `W ${along(1)}`];
  return pooling ? sizes : [...sizes, weightsFormula(layer as ConvLayer, inChannels, row.parameters)];
}

/** `64·64·3·3 + 64 = 36,928`: out_channels, in_channels of a group, the kernel, and a bias for each output channel. */
function weightsFormula(layer: ConvLayer, inChannels: number, parameters: number): string {
  const { outChannels, kernelSize, groups = 1, bias = true } = layer;
  const weights = [outChannels, inChannels / groups, ...kernelSize].join('·');
  return `${weights}${bias ? ` + ${outChannels}` : ''} = ${countText(parameters)}`;
}
