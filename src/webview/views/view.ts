import type { TemplateResult } from 'lit-html';
import type { OpenPicture, PageState } from '../page';
import type { PageParts } from '../parts';

/** What a view is drawn from. */
export interface ViewProps {
  readonly state: PageState;
  readonly picture: OpenPicture;
  readonly parts: PageParts;
}

/** A question that is asked of the open picture: a row of the table of views. */
export interface View {
  /** Above the pictures. */
  strip(props: ViewProps): TemplateResult | symbol;
  /** The pictures, and what there is to read below them. */
  body(props: ViewProps): TemplateResult;
}
