/** The state that a new page begins with when it follows another one. */
import type { Memento } from 'vscode';
import { isEqual } from '../core/equal';

/** A page's saved state, which may have any fields. */
export type PageState = Readonly<Record<string, unknown>>;

/** What another picture takes over from a saved state: all but the place in the picture. */
export function startFrom({ pin: _, view: __, ...rest }: PageState): PageState {
  return rest;
}

const key = 'lastState';

/** What was last chosen in any preview, remembered over restarts. */
export class LastState {
  /** @param memento keeps the state */
  constructor(private readonly memento: Memento) {}

  /** Undefined if nothing has been chosen yet. */
  get state(): PageState | undefined {
    return this.memento.get<PageState>(key);
  }

  /** The height that the user gave the dock; absent while it is the usual one. */
  get layout(): PageState | undefined {
    const dock = this.state?.['dock'];
    return typeof dock === 'number' ? { dock } : undefined;
  }

  remember(state: PageState): void {
    const start = startFrom(state);
    if (!isEqual(start, this.state)) void this.memento.update(key, start);
  }
}
