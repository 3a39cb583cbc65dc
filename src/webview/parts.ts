import type { ExportCommand, Remedy } from '../protocol';
import type { Inspecting } from './inspection';
import type { SavedState } from './savedState';
import type { TileController } from './tileController';
import type { Walk } from './walk';

/** What the page's templates can call upon beside its state. */
export interface PageParts {
  readonly tiles: TileController;
  readonly inspecting: Inspecting;
  readonly walk: Walk;
  /** Something is chosen. */
  readonly choose: (part: Partial<SavedState>) => void;
  /** Lets the pinned pixel go. */
  readonly release: () => void;
  readonly cancel: () => void;
  readonly remedy: (remedy: Remedy) => void;
  readonly runCommand: (command: ExportCommand) => void;
}
