import type { LayerChoice } from './layerChoice';
import { layersOf, type PresetChoice } from './stackPresets';

/** What the user has chosen for a stack of layers. */
export interface StackChoices {
  readonly layers: readonly LayerChoice[];
  /** The input's size, if it is not the picture's: then only shapes are known. */
  readonly size: readonly [channels: number, height: number, width: number] | null;
  /** The outputs of the linear layer behind the stack. */
  readonly outFeatures: number;
  /** The preset that was chosen last, as long as the stack is still the preset's. */
  readonly preset: PresetChoice | null;
  /** The id of the layer whose further settings are shown. */
  readonly details: number | null;
}

const vggPoolings = { name: 'vgg16', part: 'poolings' } as const;

/** The five poolings of VGG-16, each of which halves the picture. */
export const initialStack: StackChoices = {
  layers: layersOf(vggPoolings),
  size: null,
  outFeatures: 10,
  preset: vggPoolings,
  details: null,
};
