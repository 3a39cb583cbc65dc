/** What a preview's line about code says besides its place. */
import * as vscode from 'vscode';
import { frameworkTitles } from '../../core/options';
import type { PoolingCall } from '../../python/call';
import { parameterName } from '../../python/signatures/parameterName';
import type { LayerStack } from '../../python/stacks/stack';
import type { RewriteError } from '../../python/write/rewriteError';
import { unknownText } from './title';

/** What is not known of a call, or why it does not run. */
export function remarkOn({ callee, framework, layer, unknown }: PoolingCall): string {
  // The page shows what a user of PyTorch means by 'same'.
  if (framework === 'pytorch' && layer && 'padding' in layer && layer.padding === 'same') {
    return vscode.l10n.t('{0} refuses this: {1}', frameworkTitles.pytorch, "padding='same'");
  }
  const text = unknownText(callee, unknown);
  return text && vscode.l10n.t('{0}: the default is shown', text);
}

export function remarkOnStack({ omitted, beyond, unknown }: LayerStack): string {
  const places = [...new Set(unknown.map(({ layer }) => layer + 1))].join(', ');
  return [
    omitted.length > 0 ? vscode.l10n.t('left out: {0}', omitted.join(', ')) : '',
    beyond > 0 ? vscode.l10n.t('{0} more layers are not shown', beyond) : '',
    places &&
      vscode.l10n.t('{0}: the default is shown', vscode.l10n.t('{0} not known', vscode.l10n.t('layer {0}', places))),
  ]
    .filter(text => text !== '')
    .join(' · ');
}

/** Why a call cannot take what the preview shows. The parser's bundle has an error class of its own. */
export function hindranceText({ callee }: PoolingCall, error: unknown): string {
  const { reason, setting } = error as Partial<RewriteError>;
  const name = setting && parameterName(callee, setting);
  if (reason === 'setting' && name) return vscode.l10n.t('{0} has no such {1}.', callee, name);
  if (reason === 'hidden' && name)
    return vscode.l10n.t('{0} may be among the arguments with a * of {1}.', name, callee);
  if (reason) return vscode.l10n.t('The arguments of {0} cannot be changed one by one.', callee);
  return error instanceof Error ? error.message : String(error);
}
