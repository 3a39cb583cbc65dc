import { equalPairs, type Pair } from '../core/options';
import type { Status } from '../protocol';

/** The contexts by which VS Code knows that a step of the walkthrough is done, as in package.json. */
export type WalkthroughContext = 'poolingPreview.kernelTurned' | 'poolingPreview.pixelShown';

/** The context of the last step: a script is on the clipboard. */
export const codeCopied = 'poolingPreview.codeCopied';

/** Notices when a person has done in one preview what the walkthrough asks for. */
export class WalkthroughProgress {
  /** The kernel that the preview began with. */
  #kernel: Pair | undefined;
  readonly #done = new Set<WalkthroughContext>();

  /** @param onDone called once for each step */
  constructor(private readonly onDone: (context: WalkthroughContext) => void) {}

  /** @param status what is on screen; undefined if nothing is pooled */
  note(status: Status | undefined): void {
    if (!status) return;
    const { kernelSize } = status.options;
    this.#kernel ??= kernelSize;
    if (!equalPairs(kernelSize, this.#kernel)) this.#finish('poolingPreview.kernelTurned');
    if (status.pixel !== undefined) this.#finish('poolingPreview.pixelShown');
  }

  #finish(context: WalkthroughContext): void {
    if (this.#done.has(context)) return;
    this.#done.add(context);
    this.onDone(context);
  }
}
