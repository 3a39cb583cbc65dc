import { html, type TemplateResult } from 'lit-html';
import { live } from 'lit-html/directives/live.js';
import { fieldset } from '../fields';
import { typedNumber } from '../typedNumber';

/** A number that is chosen by a slider or typed beside it. */
export interface LevelProps {
  readonly name: string;
  /** The tooltip. */
  readonly meaning: string;
  readonly value: number;
  readonly most: number;
  readonly step: number;
  /** Stands behind the number, such as `%`. */
  readonly unit?: string;
  readonly onLevel: (value: number) => void;
}

/** A slider and a number field; what is typed is kept between 0 and the most. */
export function levelField({ name, meaning, value, most, step, unit, onLevel }: LevelProps): TemplateResult {
  const act = (event: Event) => {
    const typed = (event.target as HTMLInputElement).valueAsNumber;
    // An empty field is on the way to another number.
    if (!Number.isNaN(typed)) onLevel(Math.min(Math.max(typed, 0), most));
  };
  return fieldset(
    name,
    meaning,
    '',
    html`<input type="range" aria-label=${name} min="0" max=${most} step=${step} .value=${live(String(value))} @input=${act} />
    <input type="number" aria-label=${name} min="0" max=${most} step=${step} ${typedNumber(value)} @input=${act} />
    ${unit}`,
  );
}
