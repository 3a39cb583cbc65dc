import * as vscode from 'vscode';
import { type CodeReader, notebookOf } from './codeReader';
import { isSwitchedOn, onDidSwitch } from './lensSettings';
import { commandOf } from './previewCode';
import { spanOf, targetsIn } from './target';
import { callTitle } from './title';

/** A line over each pooling in a Python file. The cells of notebooks have their own place: their status bar. */
export class CodeLenses implements vscode.CodeLensProvider, vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<void>();
  readonly onDidChangeCodeLenses = this.#changed.event;
  readonly #listener = onDidSwitch(() => this.#changed.fire());

  constructor(private readonly reader: CodeReader) {}

  async provideCodeLenses(document: vscode.TextDocument, token: vscode.CancellationToken): Promise<vscode.CodeLens[]> {
    if (notebookOf(document) || !isSwitchedOn('codeLens', document.uri)) return [];
    const reading = await this.reader.readSoon(document, token);
    if (!reading) return [];
    const at = (start: number) => new vscode.Range(document.positionAt(start), document.positionAt(start));
    const known = targetsIn(reading).map(
      target => new vscode.CodeLens(at(spanOf(target).start), commandOf(document, target)),
    );
    const others = reading.calls.filter(({ layer }) => layer === null);
    return [
      ...known,
      ...others.map(call => new vscode.CodeLens(at(call.start), { title: callTitle(call), command: '' })),
    ];
  }

  dispose(): void {
    this.#listener.dispose();
    this.#changed.dispose();
  }
}
