import * as vscode from 'vscode';
import type { CodeReader } from './codeReader';
import { isSwitchedOn, onDidSwitch } from './lensSettings';
import { commandOf, commandOfMany } from './previewCode';
import { targetsIn } from './target';

/** An entry in the status bar of each cell of a notebook that has a pooling; one for all if there are several. */
export class CellItems implements vscode.NotebookCellStatusBarItemProvider, vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<void>();
  readonly onDidChangeCellStatusBarItems = this.#changed.event;
  readonly #listeners = vscode.Disposable.from(
    onDidSwitch(() => this.#changed.fire()),
    // Names are known from cell to cell: VS Code itself asks again only for the one that has changed.
    vscode.workspace.onDidChangeNotebookDocument(({ contentChanges, cellChanges }) => {
      if (contentChanges.length > 0 || cellChanges.some(({ document }) => document)) this.#changed.fire();
    }),
  );

  constructor(private readonly reader: CodeReader) {}

  async provideCellStatusBarItems(
    { document }: vscode.NotebookCell,
    token: vscode.CancellationToken,
  ): Promise<vscode.NotebookCellStatusBarItem[]> {
    if (document.languageId !== 'python' || !isSwitchedOn('notebook', document.uri)) return [];
    const reading = await this.reader.readSoon(document, token);
    const targets = reading ? targetsIn(reading) : [];
    const [only, ...more] = targets;
    if (!only) return [];
    const command = more.length === 0 ? commandOf(document, only) : commandOfMany(document, targets.length);
    const item = new vscode.NotebookCellStatusBarItem(
      `$(combine) ${command.title}`,
      vscode.NotebookCellStatusBarAlignment.Right,
    );
    item.command = command;
    return [item];
  }

  dispose(): void {
    this.#listeners.dispose();
    this.#changed.dispose();
  }
}
