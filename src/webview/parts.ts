import type { CodeAction, ExportCommand, Remedy } from '../protocol';
import type { Chart } from './chart';
import type { Histograms } from './histograms';
import type { Inspecting } from './inspection';
import type { Measuring } from './lab/measuring';
import type { PictureRow } from './lab/pictureRow';
import type { SavedState } from './savedState';
import type { ShiftAnimation } from './shiftAnimation';
import type { Tracing } from './stack/tracing';
import type { TileController } from './tileController';
import type { Walk } from './walk';

/** What the page's templates use besides its state. */
export interface PageParts {
  readonly tiles: TileController;
  readonly inspecting: Inspecting;
  readonly tracing: Tracing;
  readonly walk: Walk;
  readonly histograms: Histograms;
  readonly measuring: Measuring;
  readonly chart: Chart;
  readonly animation: ShiftAnimation;
  readonly pictureRow: PictureRow;
  /** Changes a part of the saved state. */
  readonly choose: (part: Partial<SavedState>) => void;
  /** Zooms around the pinned pixel, or the middle. */
  readonly zoom: (scale: number) => void;
  /** Removes the pin. */
  readonly release: () => void;
  /** Puts everything back as the settings say. */
  readonly reset: () => void;
  readonly cancel: () => void;
  readonly remedy: (remedy: Remedy) => void;
  /** Does something with the user's code that the settings come from. */
  readonly useCode: (action: CodeAction) => void;
  /** Puts back what was shown before the settings of the user's code. */
  readonly undo: () => void;
  /** Opens a description of what is shown as a text document. */
  readonly describe: () => void;
  readonly runCommand: (command: ExportCommand) => void;
  /** Puts a text on the clipboard. */
  readonly copyText: (text: string) => void;
}
