/** A layer as the user has chosen it, before a framework turns it into a layer with options. */
import { frameworks } from '../../core/frameworks';
import { strideOf } from '../../core/frameworks/framework';
import { halfKernel } from '../../core/frameworks/same';
import type { Knobs } from '../../core/knobs';
import type { Layer } from '../../core/layer';
import { layerNames, type OperatorName, operatorOf } from '../../core/operators';
import type { Setting } from '../../core/operators/operator';
import { type Framework, type Pair, symmetricPadding } from '../../core/options';
import { takes } from '../../core/takes';
import type { Shape } from '../../core/tensor';
import { defaultKnobs, withFramework } from '../knobs';

/** What a layer does: pool, or convolve. */
export type LayerKind = OperatorName | 'conv';

export const layerKinds: readonly LayerKind[] = [...layerNames, 'conv'];

/** A row of the table of layers. Settings that its kind does not take are kept for when it becomes another kind. */
export interface LayerChoice extends Omit<Knobs, 'framework'> {
  /** Stays with the layer when it moves. */
  readonly id: number;
  readonly kind: LayerKind;
  /** Convolutions only, as the next two. */
  readonly outChannels: number;
  readonly groups: number;
  readonly bias: boolean;
}

const { framework: _, linked: __, preset: ___, ...knobs } = defaultKnobs;

/** A new layer: 2×2/2, or a convolution of 3×3 that keeps the size. */
export function newLayer(id: number, kind: LayerKind, changes: Partial<LayerChoice> = {}): LayerChoice {
  const conv =
    kind === 'conv'
      ? ({ kernel: [3, 3], stride: [1, 1], padding: { top: 1, bottom: 1, left: 1, right: 1 } } as const)
      : {};
  return { ...knobs, id, kind, outChannels: 64, groups: 1, bias: true, ...conv, ...changes };
}

/** The settings that a layer takes in a framework; none in one that lacks the layer. */
export function settingsOf(
  kind: LayerKind,
  framework: Framework,
): readonly (Setting | 'outChannels' | 'groups' | 'bias')[] {
  if (kind === 'conv') return ['outChannels', 'kernelSize', 'stride', 'padding', 'dilation', 'groups', 'bias'];
  return operatorOf(kind).settings.filter(setting => takes(framework, [kind], setting));
}

/** Whether a framework has a kind of layer. */
export function isIn(kind: LayerKind, framework: Framework): boolean {
  return kind === 'conv' || operatorOf(kind).calls[framework] !== undefined;
}

/** The stride that results: a convolution's default is 1 in every framework. */
export function shownStride(choice: LayerChoice, framework: Framework): Pair {
  if (choice.stride === 'default' && choice.kind === 'conv') return [1, 1];
  return strideOf(choice, frameworks[framework]);
}

/** The layer with all defaults filled in. @param input the shape that it reads */
export function layerFrom(choice: LayerChoice, framework: Framework, input: Shape): Layer {
  const { kind, outChannels, groups, bias, kernel, dilation } = choice;
  if (kind !== 'conv') {
    return { operator: kind, ...frameworks[framework].optionsOf({ ...choice, framework }, input) };
  }
  const padding = typeof choice.padding === 'string' ? 'same' : choice.padding;
  const stride = shownStride(choice, framework);
  return { operator: 'conv', framework, outChannels, kernelSize: kernel, stride, padding, dilation, groups, bias };
}

/** A layer under another framework: what it lacks is reset, as with the knobs of a pooling. */
export function translatedLayer(choice: LayerChoice, from: Framework, to: Framework): LayerChoice {
  const moved = withFramework({ ...choice, framework: from }, to);
  const { framework: _, ...rest } = moved;
  if (choice.kind !== 'conv')
    return { ...rest, kind: kindIn(choice, to), padding: translatedPadding(choice, rest.padding, to) };
  // A convolution keeps its dilation: only poolings lack one.
  const conv = { ...rest, dilation: choice.dilation };
  return { ...conv, padding: convPadding({ ...conv, padding: translatedPadding(choice, rest.padding, to) }, to) };
}

/** Adaptive pooling to 1×1 takes the whole picture, and so has a name in every framework. */
function kindIn({ kind, outputSize }: LayerChoice, framework: Framework): LayerKind {
  const whole = { adaptiveMax: 'globalMax', adaptiveAverage: 'globalAverage' } as const;
  const isWhole = (kind === 'adaptiveMax' || kind === 'adaptiveAverage') && outputSize.every(side => side === 1);
  return isWhole && !isIn(kind, framework) ? whole[kind] : kind;
}

/** Half the kernel, which Keras has only as a rule, is 'same'. */
function translatedPadding({ padding }: LayerChoice, kept: LayerChoice['padding'], to: Framework) {
  const isLost = typeof padding !== 'string' && padding.top > 0 && frameworks[to].padsBy === 'nothing';
  return isLost ? 'same' : kept;
}

/** PyTorch refuses 'same' for a convolution with a stride: there it is half the kernel, as users write it. */
function convPadding(conv: LayerChoice, framework: Framework): LayerChoice['padding'] {
  const { padding, kernel, dilation } = conv;
  const isStrided = shownStride(conv, framework).some(step => step !== 1);
  if (framework !== 'pytorch' || typeof padding !== 'string' || !isStrided) return padding;
  const half = (side: 0 | 1) => halfKernel({ kernel: kernel[side], dilation: dilation[side] });
  return symmetricPadding([half(0), half(1)]);
}
