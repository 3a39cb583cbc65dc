import { frameworks } from './frameworks';
import type { FrameworkRules } from './frameworks/framework';
import { type OperatorName, operatorOf } from './operators';
import { callOf, type Setting } from './operators/operator';
import type { Framework } from './options';

/** What settings need of a framework, whatever the operator. */
const needs: { readonly [S in Setting]?: (rules: FrameworkRules) => boolean } = {
  ceilMode: ({ ceilMode }) => ceilMode,
  countIncludePad: ({ countIncludePad }) => countIncludePad !== undefined,
  divisorOverride: ({ divisorOverride }) => divisorOverride,
};

/** Whether any of some operators takes a setting in a framework. */
export function takes(framework: Framework, names: readonly OperatorName[], setting: Setting): boolean {
  if (needs[setting]?.(frameworks[framework]) === false) return false;
  return names.some(name => {
    const operator = operatorOf(name);
    const call = callOf(operator, framework);
    if (!call || !operator.settings.includes(setting) || call.lacks?.includes(setting)) return false;
    return setting !== 'dilation' || call.dilation === 'taken';
  });
}
