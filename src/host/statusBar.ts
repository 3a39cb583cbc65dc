/** Status bar items for the active preview, as in VS Code's own image preview: size, zoom, pixel. */
import * as vscode from 'vscode';
import { sizeOf } from '../core/view';
import { zoomText } from '../core/viewport';
import type { PictureInfo, Status } from '../protocol';

/** What is known about the active preview. */
export interface InFront {
  readonly info: PictureInfo;
  /** Undefined until the page has drawn. */
  readonly status: Status | undefined;
}

/** Our items in VS Code's status bar. */
export class StatusBar implements vscode.Disposable {
  readonly #size = item('size', vscode.l10n.t('Picture Size'), 101);
  readonly #zoom = item('zoom', vscode.l10n.t('Picture Zoom'), 102);
  // Leftmost, so that its changing width does not move our other items.
  readonly #pixel = item('pixel', vscode.l10n.t('Pixel'), 103);
  #shown: readonly string[] = [];

  /** The texts shown, for tests. */
  get shown(): readonly string[] {
    return this.#shown;
  }

  /** @param preview undefined if no preview is active or its picture is not open */
  show(preview: InFront | undefined): void {
    const texts = preview ? textsOf(preview) : [];
    this.#shown = texts.filter(text => text !== '');
    for (const [i, each] of [this.#size, this.#zoom, this.#pixel].entries()) {
      const text = texts[i] ?? '';
      each.text = text;
      if (text) each.show();
      else each.hide();
    }
  }

  dispose(): void {
    for (const each of [this.#size, this.#zoom, this.#pixel]) each.dispose();
  }
}

function item(id: string, name: string, priority: number): vscode.StatusBarItem {
  const made = vscode.window.createStatusBarItem(`poolingPreview.${id}`, vscode.StatusBarAlignment.Right, priority);
  made.name = name;
  made.tooltip = name;
  return made;
}

function textsOf({ info, status }: InFront): [size: string, zoom: string, pixel: string] {
  const { width, height } = sizeOf(info, status?.view.orient ?? true);
  // Without pictures, as of a stack for another size, there is no zoom.
  const zoom = status && status.stack?.computed !== 0 ? zoomText(status.scale) : '';
  return [`${width}×${height}`, zoom, status?.pixel ?? ''];
}
