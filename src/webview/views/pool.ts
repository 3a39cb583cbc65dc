/** One pooling: input and outputs side by side, their shapes, and the arithmetic behind a pixel. */
import { html, nothing } from 'lit-html';
import type { PaneKind } from '../../core/panes';
import { describePooling } from '../description';
import { facts } from '../facts';
import { hintLine } from '../hint';
import { inspector } from '../inspector';
import { againstIn, channelIn, isStale, pinnedIn, poolPanesOf, whiteOf } from '../page';
import { pane } from '../panes';
import { journey } from '../shapes';
import { nothingPooled } from '../showMenu';
import { toolbar as poolToolbar } from '../toolbar';
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
    return html`<div class=${shown.isStale ? 'panes stale' : 'panes'}>${poolPanesOf(plan, saved).map(kind => pane(kind, shown))}</div>`;
  },

  describe({ state: { saved }, picture: { plan, info }, parts }) {
    return describePooling(plan, parts.inspecting.inspection, channelIn(plan, saved), whiteOf(info));
  },

  dock({ state: { saved }, picture: { plan, info, refusal }, parts }) {
    if (plan.branches.length === 0) return refusal ? nothing : nothingPooled(plan.framework, saved.operators);
    const { choose, inspecting, walk } = parts;
    return html`<div class="summary">${journey(plan, whiteOf(info))} ${facts(plan)}</div>
      ${hintLine(plan, saved.against, against => choose({ against }))}
      ${inspector({
        plan,
        inspection: inspecting.inspection,
        channel: channelIn(plan, saved),
        pinned: pinnedIn(plan, saved) !== undefined,
        numbers: saved.numbers,
        white: whiteOf(info),
        walk: walk.controls(),
        isWalking: walk.isPlaying,
        onChannel: channel => choose({ channel }),
        onNumbers: numbers => choose({ numbers }),
        onRelease: parts.release,
      })}`;
  },
};
