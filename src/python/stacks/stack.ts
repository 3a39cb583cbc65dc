import type { Layer } from '../../core/layer';
import type { Framework } from '../../core/options';

/** A setting of a layer that the source does not say. */
export interface UnknownSetting {
  /** The layer's place in the stack, from 0. */
  readonly layer: number;
  /** In the layer's words: `kernelSize`, `outChannels`. */
  readonly setting: string;
}

/** Layers one after the other in Python source. */
export interface LayerStack {
  /** Where they stand, in UTF-16 units: the call of `Sequential`, or from the first attribute's statement to the last. */
  readonly start: number;
  readonly end: number;
  /** `nn.Sequential`, `keras.Sequential`, or the class that has the attributes. */
  readonly name: string;
  readonly framework: Framework;
  /** Poolings and convolutions in their order, as many as a stack can have. */
  readonly layers: readonly Layer[];
  /** How many more there are. */
  readonly beyond: number;
  /** What is left out although it may change the shape, each name once: `Upsample`, `ResidualBlock`. */
  readonly omitted: readonly string[];
  /** What `layers` leave at a default because the source does not say it. */
  readonly unknown: readonly UnknownSetting[];
}
