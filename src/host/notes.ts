import * as vscode from 'vscode';
import { formats, hasUsualName } from '../decode/formats';
import type { Decoded } from '../engine/message';
import type { Note } from '../protocol';

/** Remarks about a file that has opened but differs from what its name or its picture suggests. */
export function notesOn(name: string, picture: Omit<Decoded, 'stages' | 'milliseconds'>): Note[] {
  const notes: Note[] = picture.notes.map(({ code, template, values }) => ({
    code,
    text: vscode.l10n.t(template, values),
  }));
  const say = (code: string, text: string) => notes.push({ code, text });
  const { format } = picture;
  if (!hasUsualName(name, format)) {
    say('otherName', vscode.l10n.t('The file is a {0}, whatever its name says.', formats[format].title));
  }
  if (picture.bitDepth === 16) {
    say(
      'sixteenBits',
      vscode.l10n.t('16 bits per sample: values are exact, pictures are scaled to 8 bits for the screen.'),
    );
  }
  if (picture.channels === 2 || picture.channels === 4) {
    say('alpha', vscode.l10n.t('The file has an alpha channel, which grey and colour leave out.'));
  }
  return notes;
}
