/** The knobs of the move. */
import * as l10n from '@vscode/l10n';
import { html, type TemplateResult } from 'lit-html';
import { mostShift } from '../../lab/shift';
import { paneTitle } from '../captions';
import { checkbox } from '../fields';
import { levelField } from './levelField';
import { type Direction, movedOperators, movedTo, type ShiftChoices } from './shiftChoices';

export function shiftRow(shift: ShiftChoices, onShift: (shift: ShiftChoices) => void): TemplateResult {
  const field = (direction: Direction, name: string) =>
    levelField({
      name,
      meaning: l10n.t('Pixels; those at the edge repeat'),
      value: shift[direction],
      most: mostShift,
      step: 1,
      onLevel: distance => onShift(movedTo(shift, direction, Math.round(distance))),
    });
  return html`<div class="row own">
    ${field('dx', l10n.t('Move right by'))} ${field('dy', l10n.t('down by'))}
    <span class="check-group" role="group" aria-label=${l10n.t('Poolings')}>
      ${movedOperators.map(name =>
        checkbox(paneTitle(name), undefined, shift.operators.includes(name), false, checked =>
          onShift({
            ...shift,
            operators: movedOperators.filter(each => (each === name ? checked : shift.operators.includes(each))),
          }),
        ),
      )}
    </span>
  </div>`;
}
