import * as l10n from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit-html';
import { paneTitle } from '../captions';
import { isStale, pinnedIn } from '../page';
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
  const { leftOut = [] } = picture.plan;
  return html`${leftOut.map(({ operator, why }) => html`<p class="notes left-out">${l10n.t('{0} is left out: {1}', paneTitle(operator), why)}</p>`)}
    <div class=${['lab', ...(isPinned ? ['behind'] : []), ...(isStale(picture) ? ['stale'] : [])].join(' ')}>${chart(props)} ${verdict(props)}</div>
    ${pixelInspector(props)}`;
}
