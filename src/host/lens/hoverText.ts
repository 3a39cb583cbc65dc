/** What stands in the hover over a call of a pooling, as Markdown. */
import { ceilModeEffect, compareFrameworks } from '../../core/compare';
import { sentencesOf } from '../../core/differenceText';
import { frameworks } from '../../core/frameworks';
import { isPooling, optionsOf, type PoolingLayer } from '../../core/layer';
import { operatorOf } from '../../core/operators';
import { countsPadding, type OutputSize, PoolError } from '../../core/options';
import { type PlannedLayer, planLayer } from '../../core/plan';
import { poolFacts, windowRule } from '../../core/shape';
import type { Shape } from '../../core/tensor';
import type { PoolingCall } from '../../python/call';
import { writtenArguments, writtenCall } from '../../python/write/writtenCall';

/** What `vscode.l10n` does. */
export interface Localization {
  t(message: string, ...values: (string | number)[]): string;
}

/** A picture that is shown in a preview. */
export interface HoverPicture {
  readonly name: string;
  readonly shape: Shape;
}

/** What networks for pictures are usually given: the example if there is no picture. */
const usualShape: Shape = [1, 3, 224, 224];

/**
 * The call with its defaults spelled out, how the size of its output comes about, and what is not obvious about it.
 *
 * @param picture the one that the shapes are of
 */
export function hoverText(l10n: Localization, call: PoolingCall, picture?: HoverPicture): string {
  const { callee, layer } = call;
  if (!layer || !isPooling(layer)) {
    return l10n.t('{0} draws its windows at random, and so is not previewed.', code(callee));
  }
  const { text, remarks, elsewhere } = planned(l10n, call, layer, picture);
  return [
    `\`\`\`python\n${writtenCall(callee, layer)}\n\`\`\``,
    text,
    listOf([...unknownTexts(l10n, call, layer), ...remarks]),
    ...(elsewhere.length > 0 ? [l10n.t('The same setting elsewhere:'), listOf(elsewhere)] : []),
  ]
    .filter(part => part !== '')
    .join('\n\n');
}

interface Planned {
  readonly text: string;
  readonly remarks: readonly string[];
  readonly elsewhere: readonly string[];
}

/** Sizes and remarks; if the framework refuses the call, only what it says. */
function planned(l10n: Localization, call: PoolingCall, layer: PoolingLayer, picture?: HoverPicture): Planned {
  const shape = picture?.shape ?? usualShape;
  try {
    const pooling = planLayer(layer.operator, shape, optionsOf(layer));
    return {
      text: [...ruleTexts(l10n, pooling), shapesText(l10n, pooling, call, picture?.name)].join('  \n'),
      remarks: remarks.map(remark => remark(l10n, pooling, call)).filter(text => text !== undefined),
      elsewhere: differencesText(l10n, layer, shape),
    };
  } catch (error) {
    if (!(error instanceof PoolError)) throw error;
    return { text: refusalText(l10n, call, error), remarks: [], elsewhere: [] };
  }
}

function refusalText(l10n: Localization, call: PoolingCall, { message }: PoolError): string {
  // The messages are those of Keras' layers, which the functions of tf.nn do not share.
  if (call.callee.startsWith('tf.nn.')) return l10n.t('{0} refuses this.', 'TensorFlow');
  return l10n.t('{0} refuses this: {1}', frameworks[call.framework].title, escaped(message));
}

/** How the output's size, or each window's place, follows from the input's size. */
function ruleTexts(l10n: Localization, { operator, axes, options }: PlannedLayer): string[] {
  const { settings } = operatorOf(operator);
  if (settings.length === 0) return [l10n.t('One window over the whole picture.')];
  if (settings.includes('outputSize')) {
    const { outputSize = [1, 1] } = options;
    return adaptiveRules(outputSize).map(rule => l10n.t('window i: {0}, its end not included', code(rule)));
  }
  const rule = (side: 0 | 1, input: string) => windowRule(axes[side], options, input);
  const rows = code(`H → ${rule(0, 'H')}`);
  return rule(1, 'H') === rule(0, 'H') ? [l10n.t('{0}, W likewise', rows)] : [rows, code(`W → ${rule(1, 'W')}`)];
}

/** The sides that are kept need no rule. */
function adaptiveRules([height, width]: OutputSize): string[] {
  const rule = (input: string, output: number | null) =>
    output === null || output === 0 ? [] : [`⌊i·${input}/${output}⌋ … ⌈(i + 1)·${input}/${output}⌉`];
  return [...rule('H', height), ...rule('W', width)];
}

function shapesText(l10n: Localization, { input, output }: PlannedLayer, { framework }: PoolingCall, name?: string) {
  const { shapeText } = frameworks[framework];
  const shapes = code(`${shapeText(input)} → ${shapeText(output)}`);
  return name === undefined ? l10n.t('For example {0}', shapes) : `${shapes} · ${escaped(name)}`;
}

/** What is said about a pooling, in order. */
const remarks: readonly ((l10n: Localization, pooling: PlannedLayer, call: PoolingCall) => string | undefined)[] = [
  ceilModeText,
  normText,
  divisorText,
  (l10n, { operator, input, axes }) =>
    !operatorOf(operator).sizeFormula && poolFacts(input, axes).overlapping
      ? l10n.t('Windows overlap: the stride is smaller than the window.')
      : undefined,
  (l10n, { operator, output: [n, c] }, { framework }) =>
    framework === 'keras' && operatorOf(operator).settings.length === 0
      ? l10n.t('Without {0} the output is {1}.', code('keepdims=True'), code(`(${n}, ${c})`))
      : undefined,
  l10n => l10n.t('No parameters; the number of channels stays the same.'),
];

function ceilModeText(l10n: Localization, { axes, options }: PlannedLayer): string | undefined {
  if (!options.ceilMode) return undefined;
  const effects = {
    none: l10n.t('changes nothing at this size.'),
    added: l10n.t('the last window reaches over the edge, and is kept.'),
    dropped: l10n.t('the last window would start beyond the picture and its padding, and is dropped.'),
  };
  const [rows, columns] = [effects[ceilModeEffect(axes[0], options)], effects[ceilModeEffect(axes[1], options)]];
  const text = rows === columns ? rows : `${l10n.t('rows')}: ${rows} ${l10n.t('columns')}: ${columns}`;
  return `${code('ceil_mode')}: ${text}`;
}

function normText(l10n: Localization, { operator, options: { norm, ceilMode } }: PlannedLayer): string | undefined {
  if (!operatorOf(operator).settings.includes('norm')) return undefined;
  const root = code(`(Σ xᵖ)^(1/p), p = ${norm}`);
  return ceilMode ? l10n.t('{0}; a window over the edge counts as if it were full.', root) : root;
}

function divisorText(l10n: Localization, { operator, axes, options }: PlannedLayer, call: PoolingCall) {
  if (!operatorOf(operator).divides) return undefined;
  const { divisorOverride } = options;
  if (divisorOverride !== undefined) return l10n.t('The sum of every window is divided by {0}.', divisorOverride);
  if (axes.every(({ padBefore, padAfter }) => padBefore === 0 && padAfter === 0)) return undefined;
  if (countsPadding(options)) {
    return l10n.t('With {0} the zeros of the padding count in the divisor.', code('count_include_pad=True'));
  }
  const never = frameworks[call.framework].countIncludePad === undefined;
  const setting = code(never ? "padding='same'" : 'count_include_pad=False');
  return l10n.t('With {0} only pixels of the picture count in the divisor.', setting);
}

/** What the setting that looks the same gives in other frameworks, where that differs. */
function differencesText(l10n: Localization, layer: PoolingLayer, shape: Shape): string[] {
  return compareFrameworks(layer.operator, shape, optionsOf(layer)).map(difference => {
    const sentences = sentencesOf(difference, layer.operator).map(({ template, values }) =>
      l10n.t(template, ...values),
    );
    return `${frameworks[difference.framework].title}: ${escaped(difference.refusal ?? sentences.join(', '))}`;
  });
}

function unknownTexts(l10n: Localization, { callee, unknown }: PoolingCall, layer: PoolingLayer): string[] {
  return writtenArguments(callee, layer)
    .filter(({ setting }) => unknown.includes(setting))
    .map(({ parameter, value }) =>
      l10n.t('{0} is not known here: {1} stands in for it.', code(parameter), code(value)),
    );
}

function listOf(texts: readonly string[]): string {
  return texts.map(text => `- ${text}`).join('\n');
}

/** Text without backquotes, as code. */
function code(text: string): string {
  return `\`${text}\``;
}

/** Any text, without what Markdown would take for its own. */
function escaped(text: string): string {
  return text.replace(/\s+/g, ' ').replace(/[\\`*_{}[\]()#+\-!~<>|&]/g, '\\$&');
}
