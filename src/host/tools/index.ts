/** The table of tools for agents. To add one, add a file to this folder, a row here and its description in package.json. */
import type { GenericSchema } from 'valibot';
import { compareFrameworks } from './compareFrameworks';
import { outputShape } from './outputShape';
import { window } from './window';

interface Tool {
  readonly input: GenericSchema;
  /**
   * The answer, which becomes JSON: names beside numbers leave a model nothing to guess, and code can read it too.
   * @throws {Error} for malformed input; the message names the field and says what is legal
   */
  answer(input: unknown): object;
}

export const tools = {
  pooling_output_shape: outputShape,
  pooling_window: window,
  pooling_compare_frameworks: compareFrameworks,
} as const satisfies Record<string, Tool>;
