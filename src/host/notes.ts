import * as vscode from 'vscode';
import type { Decoded } from '../engine/message';

/** Quiet remarks about a file that opened but is not quite what its name or its picture suggests. */
export function notesOn(name: string, picture: Omit<Decoded, 'stages' | 'milliseconds'>): string[] {
  const notes: string[] = [];
  const extension = /\.[^.]*$/.exec(name)?.[0].toLowerCase() ?? '';
  const usual = { png: ['.png'], jpeg: ['.jpg', '.jpeg', '.jpe', '.jfif'] }[picture.format];
  if (!usual.includes(extension)) {
    notes.push(
      vscode.l10n.t('The file is a {0}, whatever its name says.', { png: 'PNG', jpeg: 'JPEG' }[picture.format]),
    );
  }
  if (picture.bitDepth === 16) {
    notes.push(vscode.l10n.t('16 bits per sample: values are exact, pictures are scaled to 8 bits for the screen.'));
  }
  if (picture.channels === 2 || picture.channels === 4) {
    notes.push(vscode.l10n.t('The file has an alpha channel, which grey and colour leave out.'));
  }
  return notes;
}
