/** The settings for a new preview, in the form of the page's saved state. */
import * as v from 'valibot';
import { frameworkNames, frameworks } from '../core/frameworks';
import type { Framework } from '../core/options';
import * as schema from '../schema';

/** Reads a setting of `poolingPreview`, which may have any value. */
export type ReadSetting = (name: string) => unknown;

/**
 * Only the settings that differ from the preview's initial values. The settings editor refuses malformed values,
 * settings.json does not: they are left out.
 */
export function defaultsFrom(read: ReadSetting): Readonly<Record<string, unknown>> {
  const knobs: Record<string, unknown> = {};
  const framework = read('framework');
  if (v.is(schema.framework, framework) && framework !== frameworkNames[0])
    Object.assign(knobs, { framework, ...countingOf(framework) });
  const kernelSize = read('kernelSize');
  if (v.is(schema.count, kernelSize) && kernelSize !== 2) knobs['kernel'] = [kernelSize, kernelSize];
  const stride = read('stride');
  if (v.is(schema.count, stride)) knobs['stride'] = [stride, stride];
  return {
    ...(Object.keys(knobs).length > 0 && { knobs }),
    ...(read('mode') === 'grey' && { mode: 'grey' }),
    ...(read('orient') === false && { orient: false }),
    ...(read('sizing') === 'relative' && { sizing: 'relative' }),
  };
}

/** Each framework has its own default for whether averages count padding. */
function countingOf(framework: Framework) {
  return { countIncludePad: frameworks[framework].countIncludePad ?? false };
}
