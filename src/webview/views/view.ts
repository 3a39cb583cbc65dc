import type { TemplateResult } from 'lit-html';
import type { Shape } from '../../core/tensor';
import type { Measure } from '../lab/measuring';
import type { OpenPicture, PageState } from '../page';
import type { PageParts } from '../parts';
import type { ToolbarProps } from '../toolbar';

/** What a view is rendered from. */
export interface ViewProps {
  readonly state: PageState;
  readonly picture: OpenPicture;
  readonly parts: PageParts;
}

/** What a view's knobs are rendered from: they are there before the picture is. */
export interface KnobsProps {
  readonly state: PageState;
  readonly parts: PageParts;
  readonly toolbar: ToolbarProps;
  /** The shape of the picture's tensor. */
  readonly picture: Shape;
}

/** A way to show the open picture: a row of the table of views. */
export interface View {
  /** Its key in the saved state. */
  readonly name: string;
  /** What its tab says, in English; the page translates it. */
  readonly title: string;
  /** The knobs above the panes. */
  knobs(props: KnobsProps): TemplateResult;
  /** The panes. */
  pictures(props: ViewProps): TemplateResult;
  /** What has to be measured for the view, the most urgent first; absent if nothing. */
  measures?(props: Pick<ViewProps, 'state' | 'picture'>): readonly Measure[];
  /** What is on screen as text, in paragraphs of lines. */
  describe(props: ViewProps): readonly (readonly string[])[];
  /** What stands beneath the panes. */
  dock(props: ViewProps): TemplateResult | symbol;
}
