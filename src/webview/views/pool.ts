/** One pooling: input and outputs side by side, their shapes, and the arithmetic behind a pixel. */
import { html, nothing } from 'lit-html';
import type { PaneKind, PoolPane } from '../../core/panes';
import { facts } from '../facts';
import { hintLine } from '../hint';
import { isStale, panesOf, whiteOf } from '../page';
import { pane } from '../panes';
import { journey } from '../shapes';
import { nothingPooled } from '../showMenu';
import { toolbar as poolToolbar } from '../toolbar';
import { againstIn } from '../viewRules';
import { pixelInspector, poolingText } from './pooling';
import type { View } from './view';

export const pool: View = {
  name: 'pool',
  title: 'Pool',

  knobs: ({ toolbar }) => poolToolbar(toolbar),

  pictures({ state: { name, saved }, picture, parts }) {
    const { plan } = picture;
    const { tiles, inspecting } = parts;
    const shown = {
      name,
      plan,
      against: againstIn(plan, saved),
      inspection: inspecting.inspection,
      histograms: saved.histograms ? parts.histograms : undefined,
      isStale: isStale(picture),
      attach: (kind: PaneKind, canvas: HTMLCanvasElement, overlay?: HTMLCanvasElement) =>
        tiles.attach(kind, canvas, overlay),
    };
    return html`<div class=${shown.isStale ? 'panes stale' : 'panes'}>${panesOf(plan, saved).map(kind => pane(kind as PoolPane, shown))}</div>`;
  },

  describe: poolingText,

  dock(props) {
    const { state, picture, parts } = props;
    const { plan, info, refusal } = picture;
    const { saved } = state;
    if (plan.branches.length === 0) return refusal ? nothing : nothingPooled(plan.framework, saved.operators);
    return html`<div class="summary">${journey(plan, whiteOf(info))} ${facts(plan)}</div>
      ${hintLine(plan, saved.against, against => parts.choose({ against }))}
      ${pixelInspector(props)}`;
  },
};
