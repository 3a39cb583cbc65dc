/** What all views of one pooling share. */
import type { TemplateResult } from 'lit-html';
import { describePooling } from '../description';
import { inspector } from '../inspector';
import { channelIn, pinnedIn, whiteOf } from '../page';
import type { ViewProps } from './view';

/** The arithmetic behind the pixel that is pointed at in a pooling's picture. */
export function pixelInspector({ state: { saved }, picture: { plan, info }, parts }: ViewProps): TemplateResult {
  const { choose, inspecting, walk } = parts;
  return inspector({
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
  });
}

/** The pooling and the pixel that is pointed at as text, in paragraphs of lines. */
export function poolingText({ state: { saved }, picture: { plan, info }, parts }: ViewProps): string[][] {
  return describePooling(plan, parts.inspecting.inspection, channelIn(plan, saved), whiteOf(info));
}
