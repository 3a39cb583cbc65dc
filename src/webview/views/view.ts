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
  /** What stands above the panes. */
  strip(props: ViewProps): TemplateResult | symbol;
  /** The panes and the text below them. */
  body(props: ViewProps): TemplateResult;
}
