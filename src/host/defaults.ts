/** The settings for what a preview begins with, in the shape of the state that the page saves. */
import { frameworkNames, frameworks } from '../core/frameworks';
import type { Framework } from '../core/options';

/** Reads a setting of `poolingPreview`; whatever it finds. */
export type ReadSetting = (name: string) => unknown;

/**
 * Only what a person has set to something else than the preview's own first values. The settings editor keeps values legal,
 * settings.json does not: what is malformed is left out.
 */
export function defaultsFrom(read: ReadSetting): Readonly<Record<string, unknown>> {
  const knobs: Record<string, unknown> = {};
  const framework = frameworkNames.find(name => name === read('framework'));
  if (framework && framework !== frameworkNames[0]) Object.assign(knobs, { framework, ...countingOf(framework) });
  const kernelSize = read('kernelSize');
  if (isCount(kernelSize) && kernelSize !== 2) knobs['kernel'] = [kernelSize, kernelSize];
  const stride = read('stride');
  if (isCount(stride)) knobs['stride'] = [stride, stride];
  return {
    ...(Object.keys(knobs).length > 0 && { knobs }),
    ...(read('mode') === 'grey' && { mode: 'grey' }),
    ...(read('orient') === false && { orient: false }),
    ...(read('sizing') === 'relative' && { sizing: 'relative' }),
  };
}

/** Whether padding counts in averages is another default with each framework. */
function countingOf(framework: Framework) {
  return { countIncludePad: frameworks[framework].countIncludePad ?? false };
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) > 0;
}
