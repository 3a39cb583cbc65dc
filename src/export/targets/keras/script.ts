import { tupleText } from '../../../core/pythonText';
import type { Shape } from '../../../core/tensor';
import type { FileJob, Job, Pooling } from '../../job';
import { readingLines, writingLastLines, writingLines } from '../../pictureFile';
import { indented, pythonScript } from '../../python';
import type { StackJob } from '../../stackJob';
import { convLayers } from './conv';
import { rows } from './rows';

const imports = ['import cv2', 'import keras', 'import numpy as np'];

/**
 * Poolings of one picture in Keras 3, channels last.
 * @throws {InexpressibleError} for what Keras lacks
 */
export function kerasCode(job: Job): string {
  const [, channels] = job.shape;
  const blocks = job.poolings.map(pooling => {
    const pooled = `${pooling.variable}_pooled`;
    return [
      ...notesOn(pooling),
      ...rows[pooling.name].lines(pooling),
      `print(${pooled}.shape)  # ${lastText([1, channels, ...pooling.output])}`,
      ...writingLines(job, pooling, pictureOf(job, pooled)),
    ];
  });
  return pythonScript(imports, [readingLines(job), tensorLines(job), ...blocks], functionsFor(blocks.flat()));
}

/**
 * A stack as one `keras.Sequential`.
 * @throws {InexpressibleError} for what Keras lacks
 */
export function kerasStackCode(job: StackJob): string {
  const { steps, output, pooled } = job;
  const layers = steps.flatMap(step =>
    step.conv ? convLayers(step.conv) : rows[step.pooling.name].layers(step.pooling),
  );
  const network = [
    ...(pooled
      ? new Set(steps.flatMap(({ pooling }) => (pooling ? notesOn(pooling) : [])))
      : ["# The convolutions' weights are random: only the shapes matter."]),
    'network = keras.Sequential([',
    ...indented(layers.map(layer => `${layer.text},  # ${lastText(layer.output)}`)),
    '])',
    'for layer in network.layers:',
    '    x = layer(x)',
    '    print(type(layer).__name__, tuple(x.shape))',
  ];
  const features = output[1] * output[2] * output[3];
  const head = [
    `# What a classifier goes on with: keras.layers.Flatten(), which gives ${features} values, and keras.layers.Dense(...).`,
    `print(keras.layers.Flatten()(x).shape[1])  # ${features}`,
  ];
  const picture = pooled ? [writingLastLines(job, [output[2], output[3]], pictureOf(job, 'x'))] : [];
  const sections = [readingLines(job), tensorLines(job), network, head, ...picture];
  return pythonScript(imports, sections, functionsFor(network));
}

function notesOn(pooling: Pooling): string[] {
  return rows[pooling.name].notes?.(pooling) ?? [];
}

/** The filter of max pooling that blurs, if these lines use it. */
function functionsFor(lines: readonly string[]): string[][] {
  if (!lines.some(line => line.includes('blur('))) return [];
  return [
    [
      'def blur(x):',
      '    weights = np.float32(np.outer([1, 2, 1], [1, 2, 1])) / 16',
      '    kernel = np.tile(weights[..., np.newaxis, np.newaxis], (1, 1, x.shape[-1], 1))',
      "    padded = keras.ops.pad(x, ((0, 0), (1, 1), (1, 1), (0, 0)), mode='reflect')",
      '    return keras.ops.depthwise_conv(padded, kernel)',
    ],
  ];
}

function tensorLines({ shape: [, channels, height, width] }: FileJob): string[] {
  return [
    `x = image.astype(np.float32)[np.newaxis${channels === 1 ? ', ..., np.newaxis' : ''}]`,
    `print(x.shape)  # ${tupleText([1, height, width, channels])}`,
  ];
}

function pictureOf({ shape: [, channels] }: FileJob, tensor: string): string {
  return `keras.ops.convert_to_numpy(${tensor})[0${channels === 1 ? ', ..., 0' : ''}]`;
}

/** A shape with channels last. */
function lastText([n, channels, height, width]: Shape): string {
  return tupleText([n, height, width, channels]);
}
