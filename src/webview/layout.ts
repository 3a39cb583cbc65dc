/** Where panes and dock stand on the page, in CSS pixels. */
import { paneHeight, type Size } from '../core/viewport';
import type { Room } from '../protocol';

/** What the layout depends on. */
export interface Surroundings {
  /** The part of the page below the knobs: the pictures above, the dock beneath. */
  readonly stage: Size;
  /** The input's size in pixels. */
  readonly picture: Size;
  /** How many panes there are. */
  readonly panes: number;
  /** How many of them the user has asked for in the menu above, and not by a button in the dock. */
  readonly steady: number;
  /** What a pane needs beside its canvas: padding, heading, caption. */
  readonly chrome: Size;
  /** The dock's height that the user has chosen; null if none. */
  readonly dock: number | null;
}

export interface Layout {
  /** Panes per row. */
  readonly columns: number;
  /** Height of each canvas. */
  readonly canvas: number;
  readonly dock: number;
  /** The room for one canvas, for the next page, which has the same until it is changed. */
  readonly room: Omit<Room, 'pixelRatio'>;
}

/** Below this width panes stand one above the other: three would be too small to point at. */
const narrowest = 400;

/** From this width four panes fit a row. */
const wide = 760;

/** The dock shows formulas, facts and the arithmetic of a 3×3 window at this height. */
const usualDock = 244;

/** The dock may take this share of a low page, unless the user wants more. */
const mostOfLowPage = 0.42;

/** With several rows of pictures the dock shows formulas and facts, and scrolls to the rest. */
const dockBelowRows = 150;

/** One line of the dock stays, so that the splitter can be found again. */
export const smallestDock = 30;

/** The smallest canvas in a page with several rows of panes; if they do not fit, the panes scroll. */
const smallestInRows = 110;

/** Panes per row: those that leave the fewest places empty; of equals, the larger number. */
export function columnsFor(panes: number, width: number): number {
  if (width < narrowest) return 1;
  if (panes <= 3) return 3;
  const [fewer, more] = width < wide ? [2, 3] : [3, 4];
  const empty = (columns: number) => Math.ceil(panes / columns) * columns - panes;
  return empty(fewer!) < empty(more!) ? fewer! : more!;
}

/**
 * Without a choice of the user the dock takes what three pictures in a row leave, or little if they fill several rows.
 * It keeps its height when a button in it adds a pane, so that the button stays under the pointer.
 */
export function layOut({ stage, picture, panes, steady, chrome, dock }: Surroundings): Layout {
  const columns = columnsFor(panes, stage.width);
  const steadyColumns = columnsFor(steady, stage.width);
  const width = Math.max(1, Math.floor(stage.width / Math.min(steadyColumns, 3)) - chrome.width);
  const room = { width, height: stage.height - chrome.height - leastDock(stage) };
  const below = stage.height - chrome.height - paneHeight(room, picture);
  const isOneRow = steady <= steadyColumns;
  const wanted = dock ?? (isOneRow ? below : Math.min(below, dockBelowRows));
  const chosen = Math.round(Math.min(Math.max(wanted, smallestDock), largestDock(stage)));
  const above = stage.height - chosen;
  const rows = Math.ceil(panes / columns);
  const share = Math.floor(above / (columns === 1 ? 1 : rows)) - chrome.height;
  const canvas = Math.max(share, rows > 1 ? smallestInRows : 1);
  return { columns, canvas, dock: chosen, room: dock === null ? room : { width, height: canvas, isFilled: true } };
}

/** The dock's height on a page that the pictures would like to fill. */
function leastDock({ height }: Size): number {
  return Math.round(Math.min(usualDock, height * mostOfLowPage));
}

/** The dock leaves some of the pictures in sight. */
export function largestDock({ height }: Pick<Size, 'height'>): number {
  return Math.max(smallestDock, height - 120);
}
