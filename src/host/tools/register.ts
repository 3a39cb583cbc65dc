import { type Disposable, LanguageModelTextPart, LanguageModelToolResult, l10n, lm } from 'vscode';
import { tools } from '.';

/** Shown while a tool runs. */
const messages: Readonly<Record<keyof typeof tools, () => string>> = {
  pooling_output_shape: () => l10n.t('Computing output shapes'),
  pooling_window: () => l10n.t('Finding the window of an output pixel'),
  pooling_compare_frameworks: () => l10n.t('Comparing frameworks'),
};

/** Offers the tools to language models. They compute, and neither read nor change anything: no one need confirm them. */
export function registerTools(): Disposable[] {
  return (Object.keys(tools) as (keyof typeof tools)[]).map(name =>
    lm.registerTool<unknown>(name, {
      prepareInvocation: () => ({ invocationMessage: messages[name]() }),
      invoke: ({ input }) =>
        new LanguageModelToolResult([new LanguageModelTextPart(JSON.stringify(tools[name].answer(input)))]),
    }),
  );
}
