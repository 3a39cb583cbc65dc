import { html, nothing, type TemplateResult } from 'lit-html';
import { pinnedIn } from '../page';
import { pixelInspector } from './pooling';
import type { ViewProps } from './view';

/**
 * What stands beneath the pictures of an altered picture: the chart, what the numbers say, and the pixel pointed at.
 * Without a legal pooling there is nothing to measure.
 */
export function measuredDock(
  props: ViewProps,
  chart: (props: ViewProps) => TemplateResult,
  verdict: (props: ViewProps) => TemplateResult,
): TemplateResult | typeof nothing {
  const { state, picture } = props;
  if (picture.plan.branches.length === 0) return nothing;
  const isPinned = pinnedIn(picture.plan, state.saved) !== undefined;
  return html`<div class=${isPinned ? 'lab behind' : 'lab'}>${chart(props)} ${verdict(props)}</div>
    ${pixelInspector(props)}`;
}
