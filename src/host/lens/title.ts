/** What stands over poolings in code. */
import * as vscode from 'vscode';
import { isPooling, optionsOf, type PoolingLayer } from '../../core/layer';
import { operatorOf } from '../../core/operators';
import { settingText } from '../../core/settingText';
import type { PoolingCall } from '../../python/call';
import { parameterName } from '../../python/signatures/parameterName';
import type { LayerStack } from '../../python/stacks/stack';

/** `Preview pooling · 3×3 / 2, padding 1`, and what is not known. */
export function callTitle({ callee, layer, unknown }: PoolingCall): string {
  if (!layer || !isPooling(layer)) return vscode.l10n.t('{0}: no preview', callee);
  const isOpen = unknown.includes('kernelSize') || unknown.includes('outputSize');
  const parts = [vscode.l10n.t('Preview pooling'), isOpen ? '' : layerText(layer), unknownText(callee, unknown)];
  return parts.filter(part => part !== '').join(' · ');
}

export function stackTitle({ layers }: LayerStack): string {
  return `${vscode.l10n.t('Preview layers')} · ${layers.length}`;
}

/** What of a call is not known: `stride, padding: not literals`. */
export function unknownText(callee: string, unknown: readonly string[]): string {
  if (unknown.length === 0) return '';
  const names = unknown.map(setting => parameterName(callee, setting)).join(', ');
  return vscode.l10n.t('{0} not known', names);
}

/** A layer's settings in short: `3×3 / 2`, `L2 2×2`, `7×7` for the output size of adaptive pooling. */
function layerText(layer: PoolingLayer): string {
  const { settings } = operatorOf(layer.operator);
  const options = optionsOf(layer);
  if (settings.includes('norm')) return `L${options.norm} ${settingText(options)}`;
  if (settings.includes('kernelSize')) return settingText(options);
  if (!settings.includes('outputSize')) return '';
  const [height, width] = options.outputSize ?? [1, 1];
  return `→ ${height ?? 'H'}×${width ?? 'W'}`;
}
