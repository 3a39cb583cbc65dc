import type * as vscode from 'vscode';
import type { PictureDocument } from './document';
import type { Session } from './session';

/** The panels that are open, each with its session. */
export class Panels {
  readonly #panels = new Map<Session, vscode.WebviewPanel>();
  #active: Session | undefined;

  /** In the order in which they were opened. */
  get sessions(): Session[] {
    return [...this.#panels.keys()];
  }

  /** The session of the panel that was active last, if it is still open. */
  get active(): Session | undefined {
    return this.#active;
  }

  /** The session that was active last, or any other that is open; not one whose picture cannot be shown. */
  get usable(): Session | undefined {
    const all = [...this.sessions, ...(this.#active ? [this.#active] : [])];
    return all.findLast(({ document }) => document.state.type !== 'failed');
  }

  add(session: Session, panel: vscode.WebviewPanel): void {
    this.#panels.set(session, panel);
  }

  delete(session: Session): void {
    this.#panels.delete(session);
    if (this.#active === session) this.#active = undefined;
  }

  /** Notes that a session's panel is active. */
  activate(session: Session): void {
    this.#active = session;
  }

  /** A session of the document: the one that was active last, if that is one. */
  sessionOf(document: PictureDocument): Session | undefined {
    const own = this.sessions.filter(session => session.document === document);
    return own.find(session => session === this.#active) ?? own[0];
  }

  /** Whether a picture is open that cannot be shown. */
  hasFailed(picture: vscode.Uri): boolean {
    return this.sessions.some(
      ({ document: { uri, state } }) => uri.toString() === picture.toString() && state.type === 'failed',
    );
  }

  /**
   * A picture's session in another column: the one that was active last, else one that is visible, else any.
   * @param column the one that is to stay as it is
   */
  beside(picture: vscode.Uri, column: vscode.ViewColumn | undefined) {
    const others = [...this.#panels].filter(
      ([{ document }, panel]) => document.uri.toString() === picture.toString() && panel.viewColumn !== column,
    );
    const [session, panel] =
      others.find(([each]) => each === this.#active) ?? others.find(([, { visible }]) => visible) ?? others[0] ?? [];
    return session && panel && { session, panel };
  }
}
