import * as vscode from 'vscode';
import { settingText } from '../core/settingText';
import type { Status } from '../protocol';
import type { PictureDocument } from './document';
import type { Session } from './session';

function textOf({ options, alteration, stack }: Status): string {
  if (stack) return vscode.l10n.t('{0} layers', stack.layers.length);
  if (!alteration) return settingText(options);
  const view = alteration.kind === 'shift' ? vscode.l10n.t('Shift') : vscode.l10n.t('Noise');
  return `${view}, ${settingText(options)}`;
}

/**
 * Names the tabs of a picture that has several by what each shows: `mountain.jpg · 3×3 / 2`. VS Code 1.139 shows the
 * title of a custom editor, 1.100 ignores it.
 */
export class TabTitles {
  readonly #panels = new Map<Session, vscode.WebviewPanel>();

  add(session: Session, panel: vscode.WebviewPanel): void {
    this.#panels.set(session, panel);
    this.update(session.document);
  }

  delete(session: Session): void {
    this.#panels.delete(session);
    this.update(session.document);
  }

  /** Names the tabs of a document anew. */
  update(document: PictureDocument): void {
    const own = [...this.#panels].filter(([session]) => session.document === document);
    for (const [{ status }, panel] of own) {
      // Without a title VS Code shows the file's name, as its setting for labels says.
      const title = own.length > 1 && status ? `${document.name} · ${textOf(status)}` : '';
      if (panel.title !== title) panel.title = title;
    }
  }
}
