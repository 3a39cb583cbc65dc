/** One pooling: input and outputs side by side, their shapes, and the arithmetic behind a pixel. */
import { html, nothing } from 'lit-html';
import type { PaneKind } from '../../core/panes';
import { facts, pipelineStrip } from '../captions';
import { hint } from '../hint';
import { inspector } from '../inspector';
import { againstIn, channelIn, panesOf, pinnedIn, whiteOf } from '../page';
import { pane } from '../panes';
import type { View } from './view';

export const pool: View = {
  strip: ({ picture: { plan, info } }) => (plan.branches.length > 0 ? pipelineStrip(plan, whiteOf(info)) : nothing),

  body({ state: { name, saved }, picture: { plan, info }, parts }) {
    const { choose, tiles, inspecting, walk } = parts;
    const shown = {
      name,
      plan,
      against: againstIn(plan, saved),
      inspection: inspecting.inspection,
      histograms: saved.histograms,
      attach: (kind: PaneKind, canvas: HTMLCanvasElement, overlay: HTMLCanvasElement) =>
        tiles.attach(kind, canvas, overlay),
    };
    const panes = html`<div class="panes">${panesOf(plan, saved).map(kind => pane(kind, shown))}</div>`;
    if (plan.branches.length === 0) return panes;
    return html`${panes} ${facts(plan)} ${hint(plan, saved.against, against => choose({ against }))}
      ${inspector({
        plan,
        inspection: inspecting.inspection,
        channel: channelIn(plan, saved),
        pinned: pinnedIn(plan, saved) !== undefined,
        numbers: saved.numbers,
        white: whiteOf(info),
        walk: walk.controls(),
        onChannel: channel => choose({ channel }),
        onNumbers: numbers => choose({ numbers }),
        onRelease: parts.release,
        folded: saved.folded,
        onFold: folded => choose({ folded }),
      })}`;
  },
};
