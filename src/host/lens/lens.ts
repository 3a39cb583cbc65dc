/** What stands over poolings in Python files and notebooks, and the commands behind it. */
import * as vscode from 'vscode';
import { CellItems } from './cellItems';
import { CodeLenses } from './codeLenses';
import { CodeReader } from './codeReader';
import { Hovers } from './hovers';
import type { HoverPicture } from './hoverText';
import { type Previews, previewAtCursor, previewCode, previewCodeCommand } from './previewCode';

const python: vscode.DocumentSelector = { language: 'python' };

/**
 * Registers all of it.
 * @param shown the picture that is open in a preview
 */
export function lens(previews: Previews, shown: () => HoverPicture | undefined): vscode.Disposable[] {
  const reader = new CodeReader();
  const lenses = new CodeLenses(reader);
  const items = new CellItems(reader);
  return [
    lenses,
    items,
    vscode.languages.registerCodeLensProvider(python, lenses),
    vscode.notebooks.registerNotebookCellStatusBarItemProvider('*', items),
    vscode.languages.registerHoverProvider(python, new Hovers(reader, shown)),
    vscode.commands.registerCommand(previewCodeCommand, (...given: unknown[]) =>
      previewCode(reader, previews, ...given),
    ),
    vscode.commands.registerCommand('poolingPreview.previewAtCursor', () => previewAtCursor(reader, previews)),
  ];
}
