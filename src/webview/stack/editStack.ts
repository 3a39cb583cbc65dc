/** Changes of a stack's layers. */
import type { Framework } from '../../core/options';
import { mostLayers } from '../../core/stack';
import { isIn, type LayerChoice, newLayer, translatedLayer } from './layerChoice';
import type { StackChoices } from './stackChoices';
import { inputOf, layersOf, type PresetChoice, stackPresets } from './stackPresets';

type Layers = readonly LayerChoice[];

/** Whether the table has room for one more layer. */
export function hasRoom({ layers }: Pick<StackChoices, 'layers'>): boolean {
  return layers.length < mostLayers;
}

/** The stack with other layers, and no longer a preset's. */
function withLayers(stack: StackChoices, layers: Layers): StackChoices {
  return { ...stack, layers, preset: null };
}

/** Adds a layer at the end: the last one again, or 2×2/2. */
export function addLayer(stack: StackChoices): StackChoices {
  if (!hasRoom(stack)) return stack;
  const id = freeId(stack.layers);
  const last = stack.layers.at(-1);
  return withLayers(stack, [...stack.layers, last ? { ...last, id } : newLayer(id, 'max')]);
}

/** Inserts a copy of a layer behind it. */
export function duplicateLayer(stack: StackChoices, at: number): StackChoices {
  const layer = stack.layers[at];
  if (!layer || !hasRoom(stack)) return stack;
  return withLayers(stack, stack.layers.toSpliced(at + 1, 0, { ...layer, id: freeId(stack.layers) }));
}

export function removeLayer(stack: StackChoices, at: number): StackChoices {
  return withLayers(stack, stack.layers.toSpliced(at, 1));
}

/** Moves a layer up (−1) or down (1); at either end nothing changes. */
export function moveLayer(stack: StackChoices, at: number, by: -1 | 1): StackChoices {
  const [layer, other] = [stack.layers[at], stack.layers[at + by]];
  if (!layer || !other) return stack;
  return withLayers(stack, stack.layers.with(at, other).with(at + by, layer));
}

/** Changes some of a layer's settings. */
export function changeLayer(stack: StackChoices, at: number, part: Partial<LayerChoice>): StackChoices {
  const layer = stack.layers[at];
  return layer ? withLayers(stack, stack.layers.with(at, { ...layer, ...part })) : stack;
}

/** The stack of a preset, with its input, in a framework. */
export function presetStack(stack: StackChoices, preset: PresetChoice, framework: Framework): StackChoices {
  const input = inputOf(preset);
  return {
    ...stack,
    layers: presetLayers(preset, framework),
    size: input ? [input[1], input[2], input[3]] : null,
    outFeatures: stackPresets[preset.name].outFeatures,
    preset,
    details: null,
  };
}

/**
 * The layers of a preset, which are PyTorch's, in a framework. Without ONNX' missing adaptive pooling VGG-16 and AlexNet
 * take pictures of their own size only, for which it changes nothing.
 */
function presetLayers(preset: PresetChoice, framework: Framework): Layers {
  const layers = layersOf(preset).map(layer => translatedLayer(layer, 'pytorch', framework));
  return layers.filter(({ kind }) => isIn(kind, framework));
}

/** The stack under another framework. A preset's is made anew: what the framework before lacked comes back. */
export function translatedStack(stack: StackChoices, from: Framework, to: Framework): StackChoices {
  if (from === to) return stack;
  if (stack.preset) return { ...stack, layers: presetLayers(stack.preset, to) };
  return { ...stack, layers: stack.layers.map(layer => translatedLayer(layer, from, to)) };
}

function freeId(layers: Layers): number {
  return Math.max(0, ...layers.map(({ id }) => id)) + 1;
}
