import { type ConvLayer, isPooling, type Layer } from '../../core/layer';
import type { Framework } from '../../core/options';
import { mostLayers } from '../../core/stack';
import { signatures } from '../signatures';
import { convolutions } from '../signatures/convolution';
import { isLayer, isPlain } from '../signatures/otherLayers';
import { Settings } from '../signatures/settings';
import { argumentsOf } from '../syntax/arguments';
import type { Expression } from '../syntax/scope';
import { type Element, nameOf } from './elements';
import type { LayerStack, UnknownSetting } from './stack';

/** Puts layers one after the other. */
export class StackBuilder {
  readonly #layers: Layer[] = [];
  readonly #omitted = new Set<string>();
  readonly #unknown: UnknownSetting[] = [];
  #channels: number | undefined;
  #isExact = true;
  #count = 0;

  /** @param framework whose layers these are; if absent, that of the first one */
  constructor(private framework?: Framework) {}

  /** Poolings and convolutions so far, also those that are more than a stack can have. */
  get count(): number {
    return this.#count;
  }

  add(element: Element): void {
    const { expression, path, isCertain } = element;
    if (path !== undefined && isPlain(path)) return;
    if (path === undefined || !isCertain || !this.#addCall(expression, path)) {
      this.#omitted.add(nameOf(element));
      this.#isExact = false;
    }
  }

  /** What was added, if that is a stack to look at: two layers, and one of them pools. */
  stack(place: Pick<LayerStack, 'start' | 'end' | 'name'>): LayerStack | undefined {
    const framework = this.framework;
    if (!framework || this.#layers.length < 2 || !this.#layers.some(isPooling)) return undefined;
    return {
      ...place,
      framework,
      layers: this.#layers,
      beyond: this.#count - this.#layers.length,
      omitted: [...this.#omitted],
      unknown: this.#unknown,
    };
  }

  /** Adds a pooling or a convolution; of another class or framework nothing. */
  #addCall(call: Expression, path: string): boolean {
    const signature = convolutions.get(path) ?? (isLayer(path) ? signatures.get(path) : undefined);
    if (!signature || (this.framework && signature.framework !== this.framework)) return false;
    const settings = new Settings(argumentsOf(call, signature.parameters));
    const read = signature.read(settings, { channels: this.#channels, isExact: this.#isExact });
    if (!read) return false;
    this.framework = signature.framework;
    const layers = 'operator' in read ? [read] : read;
    this.#note(settings.unknown, layers.length);
    for (const layer of layers) this.#addLayer(layer);
    return true;
  }

  /** @param layers how many there are that the settings are of */
  #note(unknown: readonly string[], layers: number): void {
    for (const setting of unknown) {
      // Of two convolutions for one, the last one has the channels and the bias.
      const isOfLast = setting === 'outChannels' || setting === 'bias';
      const layer = this.#count + (isOfLast ? layers - 1 : 0);
      if (layer < mostLayers) this.#unknown.push({ layer, setting });
      if (setting === 'outChannels') this.#isExact = false;
    }
  }

  #addLayer(layer: Layer): void {
    this.#count += 1;
    if (!isPooling(layer)) this.#channels = (layer satisfies ConvLayer).outChannels;
    if (this.#layers.length < mostLayers) this.#layers.push(layer);
  }
}
