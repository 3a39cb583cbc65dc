/** The table of operators. To add one, add a file to this folder and a row here; `Operator` lists what it needs. */
import { average } from './average';
import { max } from './max';
import { min } from './min';
import type { Operator } from './operator';

export const operators = { max, average, min } satisfies Record<string, Operator>;

export type OperatorName = keyof typeof operators;

export const operatorNames = Object.keys(operators) as OperatorName[];

/** The operators that a preview shows at first. */
export const firstOperators: readonly OperatorName[] = ['max', 'average'];

/** A row by its name, typed as what all rows have in common. */
export function operatorOf(name: OperatorName): Operator {
  return operators[name];
}
