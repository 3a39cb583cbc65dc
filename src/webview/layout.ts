/** Where panes and dock stand on the page, in CSS pixels. */
import { fitScale, paneHeight, type Size } from '../core/viewport';
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
  /** How many panes a row has, if the order of the panes needs it. */
  readonly perRow?: number | undefined;
  /** What a pane needs beside its canvas: padding, heading, caption. */
  readonly chrome: Size;
  /** The dock's height that the user has chosen; null if none. */
  readonly dock: number | null;
  /** What the dock shows at once. */
  readonly content?: DockContent | undefined;
}

/** The height of what a dock shows at once, and the share of a low page that it may take. */
export interface DockContent {
  readonly height: number;
  readonly share: number;
}

export interface Layout {
  /** Panes per row. */
  readonly columns: number;
  /** Width of each pane. */
  readonly column: number;
  /** Height of each canvas. */
  readonly canvas: number;
  readonly dock: number;
  /** The room for one canvas, for the next page, which has the same until it is changed. */
  readonly room: Omit<Room, 'pixelRatio'>;
}

/** Below this width panes stand one above the other: three would be too small to point at. */
const narrowest = 400;

/** A canvas narrower than this cannot be pointed at. */
const narrowestCanvas = 90;

/** Formulas, facts and the arithmetic of a 3×3 window. */
const poolingContent: DockContent = { height: 244, share: 0.34 };

/** A chart, and what its numbers say. */
export const chartContent: DockContent = { height: 272, share: 0.46 };

/** With several rows of pictures the dock shows formulas and facts, and scrolls to the rest. */
const dockBelowRows = 150;

/** One line of the dock stays, so that the splitter can be found again. */
export const smallestDock = 30;

/** The smallest canvas in a page with several rows of panes; if they do not fit, the panes scroll. */
const smallestInRows = 110;

/**
 * Without a choice of the user the dock takes what three pictures in a row leave, or little if they fill several rows.
 * It keeps its height when a button in it adds a pane, so that the button stays under the pointer.
 */
export function layOut(around: Surroundings): Layout {
  const { stage, panes, steady, dock } = around;
  const height = best(around, steady, columns => dock ?? usualHeight(around, steady, columns)).dock;
  const { columns, canvas } = best(around, panes, () => height);
  const room = dock === null ? roomOf(around) : { width: widthOf(around, columns), height: canvas, isFilled: true };
  return { columns, column: columnOf(stage, columns), canvas, dock: height, room };
}

/** The narrowest pane of a strip, with its frame. */
const narrowestInStrip = 150;

/** The share of the page that a table beneath a strip takes, unless the user wants another. */
const tableShare = 0.56;

/** One row of panes above a table: as wide as they can be, but no narrower than can be pointed at; the row scrolls. */
export function layOutStrip(around: Surroundings): Layout {
  const { stage, chrome, picture, panes } = around;
  const column = Math.max(narrowestInStrip, Math.floor(stage.width / Math.max(panes, 3)));
  const width = Math.max(1, column - chrome.width);
  // The table takes what the pictures leave, and at least its share.
  const most = stage.height * (1 - tableShare) - chrome.height;
  const usual = stage.height - chrome.height - paneHeight({ width, height: most }, picture);
  const dock = within(around.dock ?? usual, stage);
  const canvas = Math.max(1, stage.height - dock - chrome.height);
  return { columns: panes, column, canvas, dock, room: { width, height: canvas } };
}

/** The number of panes per row that shows the picture largest; of equals, the one that leaves the fewest places empty. */
function best(around: Surroundings, panes: number, dockFor: (columns: number) => number) {
  const { picture } = around;
  const layouts = candidates(around, panes).map(columns => {
    const dock = within(dockFor(columns), around.stage);
    const canvas = canvasOf(around, panes, columns, dock);
    const scale = fitScale(picture, { width: widthOf(around, columns), height: canvas });
    return { columns, dock, canvas, scale, empty: Math.ceil(panes / columns) * columns - panes };
  });
  return layouts.reduce((a, b) => (b.scale > a.scale || (b.scale === a.scale && b.empty < a.empty) ? b : a));
}

/**
 * Up to three panes stand side by side wherever they can be pointed at; more may also stand in several rows. A picture
 * alone has the place that it has beside two others, so that it does not jump when they come.
 */
function candidates(around: Surroundings, panes: number): number[] {
  if (around.stage.width < narrowest) return [1];
  if (around.perRow !== undefined) return [around.perRow];
  if (panes <= 3) return [panes === 2 ? 2 : 3];
  const all = Array.from({ length: panes - 1 }, (_, i) => i + 2);
  const usable = all.filter(columns => widthOf(around, columns) >= narrowestCanvas);
  return usable.length > 0 ? usable : [2];
}

function columnOf({ width }: Size, columns: number): number {
  return Math.floor(width / columns);
}

function widthOf({ stage, chrome }: Surroundings, columns: number): number {
  return Math.max(1, columnOf(stage, columns) - chrome.width);
}

/** The height of canvases: as much as there is if the user has moved the splitter, else no more than the picture needs. */
function canvasOf(around: Surroundings, panes: number, columns: number, dock: number): number {
  const { stage, chrome, picture } = around;
  const rows = Math.ceil(panes / columns);
  // One above the other, panes scroll.
  const share = Math.floor((stage.height - dock) / (columns === 1 ? 1 : rows)) - chrome.height;
  const height = Math.max(share, rows > 1 ? smallestInRows : 1);
  if (around.dock !== null) return height;
  return Math.min(height, paneHeight({ width: widthOf(around, columns), height }, picture));
}

function usualHeight(around: Surroundings, panes: number, columns: number): number {
  const { stage, chrome, picture } = around;
  const below = stage.height - chrome.height - paneHeight(roomOf(around), picture);
  if (panes <= columns || columns === 1) return below;
  const rows = Math.ceil(panes / columns);
  const rest = around.content ? stage.height - rows * (chrome.height + smallestInRows) : 0;
  return Math.min(below, Math.max(dockBelowRows, rest));
}

/** The room for one of three canvases on a page that nobody has changed. */
function roomOf(around: Surroundings): Size {
  const { stage, chrome } = around;
  const width = widthOf(around, stage.width < narrowest ? 1 : 3);
  return { width, height: stage.height - chrome.height - leastDock(around) };
}

function within(dock: number, stage: Size): number {
  return Math.round(Math.min(Math.max(dock, smallestDock), largestDock(stage)));
}

/** The dock's height on a page that the pictures would like to fill. */
function leastDock({ stage, content = poolingContent }: Surroundings): number {
  return Math.round(Math.min(content.height, stage.height * content.share));
}

/** The dock leaves some of the pictures in sight. */
export function largestDock({ height }: Pick<Size, 'height'>): number {
  return Math.max(smallestDock, height - 120);
}
