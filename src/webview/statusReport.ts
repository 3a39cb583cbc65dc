import { isEqual } from '../core/equal';
import type { PageNotice, Status } from '../protocol';

/** Reports to the host what is on screen, for its status bar and commands, whenever that has changed. */
export class StatusReport {
  #told: Status | undefined;

  constructor(private readonly post: (notice: PageNotice) => void) {}

  /** Another picture: the next status is sent even if it is equal to the last one. */
  reset(): void {
    this.#told = undefined;
  }

  /** @param status undefined when nothing is pooled */
  tell(status: Status | undefined): void {
    if (isEqual(status, this.#told)) return;
    this.#told = status;
    this.post({ type: 'status', ...(status && { status }) });
  }
}
