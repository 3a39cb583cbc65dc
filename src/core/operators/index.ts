/** The table of operators. To add one, add a file to this folder and a row here; `Operator` lists what it needs. */
import { adaptiveAverage } from './adaptiveAverage';
import { adaptiveMax } from './adaptiveMax';
import { average } from './average';
import { globalAverage } from './globalAverage';
import { globalMax } from './globalMax';
import { lp } from './lp';
import { max } from './max';
import { maxBlur } from './maxBlur';
import { median } from './median';
import { min } from './min';
import type { Operator } from './operator';

export const operators = {
  max,
  average,
  min,
  lp,
  adaptiveMax,
  adaptiveAverage,
  globalMax,
  globalAverage,
  maxBlur,
  median,
} satisfies Record<string, Operator>;

export type OperatorName = keyof typeof operators;

export const operatorNames = Object.keys(operators) as OperatorName[];

/** The operators that a framework has as a layer: those that can be chosen as a pooling. */
export const layerNames = operatorNames.filter(name => Object.values(operatorOf(name).calls).some(Boolean));

/** The operators that a preview shows at first. */
export const firstOperators: readonly OperatorName[] = ['max', 'average'];

/** A row by its name, typed as what all rows have in common. */
export function operatorOf(name: OperatorName): Operator {
  return operators[name];
}
