import { isPooling, optionsOf, type PoolingLayer } from '../../core/layer';
import { operatorOf } from '../../core/operators';
import type { Framework } from '../../core/options';
import type { Status } from '../../protocol';
import type { PoolingCall } from '../../python/call';

/** The framework that a preview is set to. */
export function frameworkIn({ options, stack }: Status): Framework {
  // 'same' without a named framework is that of a page set to PyTorch.
  return stack?.framework ?? options.framework ?? 'pytorch';
}

/** The call's layer with the settings that a preview shows; undefined if it shows none that the call could have. */
export function wantedLayer({ layer, framework }: PoolingCall, status: Status | undefined): PoolingLayer | undefined {
  if (!layer || !isPooling(layer) || !status || status.stack || status.refusal !== undefined) return undefined;
  if (frameworkIn(status) !== framework) return undefined;
  const shown = optionsOf({ ...status.options, operator: layer.operator });
  const { settings } = operatorOf(layer.operator);
  const { divisorOverride: _, ...kept } = { divisorOverride: undefined, ...layer };
  const taken = settings.filter(
    setting => shown[setting] !== undefined && (setting in kept || setting === 'divisorOverride'),
  );
  return { ...kept, ...Object.fromEntries(taken.map(setting => [setting, shown[setting]])) };
}
