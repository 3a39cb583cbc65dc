/** The table of operators. One more is a file here and a row: `Operator` says what it has to hold. */
import { average } from './average';
import { max } from './max';
import { min } from './min';
import type { Operator } from './operator';

export const operators = { max, average, min } satisfies Record<string, Operator>;

export type OperatorName = keyof typeof operators;

export const operatorNames = Object.keys(operators) as OperatorName[];

/** The operators that a preview shows before anything else is asked for. */
export const firstOperators: readonly OperatorName[] = ['max', 'average'];

/** A row by its name, as what all rows have in common. */
export function operatorOf(name: OperatorName): Operator {
  return operators[name];
}
