import type { TemplateResult } from 'lit-html';
import type { OpenPicture, PageState } from '../page';
import type { PageParts } from '../parts';

/** What a view is rendered from. */
export interface ViewProps {
  readonly state: PageState;
  readonly picture: OpenPicture;
  readonly parts: PageParts;
}

/** A way to show the open picture: a row of the table of views. */
export interface View {
  /** Its key in the saved state. */
  readonly name: string;
  /** What its tab says, in English; the page translates it. */
  readonly title: string;
  /** The panes. */
  pictures(props: ViewProps): TemplateResult;
  /** What is on screen as text, in paragraphs of lines. */
  describe(props: ViewProps): readonly (readonly string[])[];
  /** What stands beneath the panes. */
  dock(props: ViewProps): TemplateResult | symbol;
}
