import * as vscode from 'vscode';
import { isEqual } from '../../core/equal';
import { frameworkTitles } from '../../core/options';
import type { CodeSource, Status } from '../../protocol';
import type { PoolingCall } from '../../python/call';
import { nameOf } from '../fileWatcher';
import { type CodeReader, cellIndex, notebookOf } from './codeReader';
import { hindranceText, remarkOn, remarkOnStack } from './remarks';
import { spanOf, type Target } from './target';
import { frameworkIn, wantedLayer } from './wantedLayer';

/** The code that a preview's settings come from, followed through the edits around it. */
export class CodeOrigin implements vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<void>();
  /** Fires when {@link source} may have changed. */
  readonly onDidChange = this.#changed.event;
  readonly #listener: vscode.Disposable;
  readonly #uri: vscode.Uri;
  /** The code as it was read: nothing is written where it no longer stands. */
  #text: string;
  #start: number;
  #place: string;

  constructor(
    document: vscode.TextDocument,
    private target: Target,
    private readonly reader: CodeReader,
    private readonly complain: (message: string) => void,
  ) {
    const { start, end } = spanOf(target);
    this.#uri = document.uri;
    this.#start = start;
    this.#text = document.getText().slice(start, end);
    this.#place = placeOf(document, start);
    this.#listener = vscode.workspace.onDidChangeTextDocument(event => this.#follow(event));
  }

  /** What the page says of it. @param status what the preview shows */
  source(status: Status | undefined): CodeSource {
    const place = this.#place;
    if ('stack' in this.target) {
      const { stack } = this.target;
      return source(place, stack.name, remarkOnStack(stack), false);
    }
    const { call } = this.target;
    const isOther = status !== undefined && frameworkIn(status) !== call.framework;
    const remark = isOther
      ? vscode.l10n.t(
          'the code is {0}, the preview {1}',
          frameworkTitles[call.framework],
          frameworkTitles[frameworkIn(status)],
        )
      : remarkOn(call);
    const wanted = wantedLayer(call, status);
    return source(place, call.callee, remark, wanted !== undefined && !isEqual(wanted, call.layer));
  }

  /** Shows the code in its editor. */
  async go(): Promise<void> {
    const document = await vscode.workspace.openTextDocument(this.#uri);
    const notebook = notebookOf(document);
    const viewColumn = columnOf(notebook?.uri ?? this.#uri) ?? vscode.ViewColumn.Beside;
    if (notebook) {
      const index = cellIndex(notebook, document);
      const selections = [new vscode.NotebookRange(index, index + 1)];
      await vscode.window.showNotebookDocument(notebook, { viewColumn, selections });
    } else {
      const selection = rangeIn(document, this.#start, this.#start + this.#text.length);
      await vscode.window.showTextDocument(document, { viewColumn, selection });
    }
  }

  /** Writes what the preview shows into the call, as one step to undo; says why if it cannot. */
  async write(status: Status | undefined): Promise<void> {
    const document = await vscode.workspace.openTextDocument(this.#uri);
    const call = await this.#callIn(document);
    if (!call || document.getText().slice(call.start, call.end) !== this.#text) {
      this.complain(vscode.l10n.t('The call in {0} has changed. Preview it again, then write to it.', this.#place));
      return;
    }
    const wanted = wantedLayer(call, status);
    if (!wanted) return;
    const edit = new vscode.WorkspaceEdit();
    try {
      for (const { start, end, text } of await this.reader.rewrite(document, call, wanted)) {
        edit.replace(this.#uri, rangeIn(document, start, end), text);
      }
    } catch (error) {
      this.complain(hindranceText(call, error));
      return;
    }
    if (!(await vscode.workspace.applyEdit(edit))) {
      this.complain(vscode.l10n.t('{0} cannot be edited.', this.#place));
      return;
    }
    const written = await this.#callIn(document);
    if (!written) return;
    this.target = { call: written };
    this.#text = document.getText().slice(written.start, written.end);
    this.#changed.fire();
  }

  dispose(): void {
    this.#listener.dispose();
    this.#changed.dispose();
  }

  async #callIn(document: vscode.TextDocument): Promise<PoolingCall | undefined> {
    const { calls } = await this.reader.read(document);
    return calls.find(({ start }) => start === this.#start);
  }

  /** Moves with the text before it. */
  #follow({ document, contentChanges }: vscode.TextDocumentChangeEvent): void {
    if (document.uri.toString() !== this.#uri.toString() || contentChanges.length === 0) return;
    for (const { rangeOffset, rangeLength, text } of contentChanges) {
      if (rangeOffset + rangeLength <= this.#start) this.#start += text.length - rangeLength;
    }
    this.#place = placeOf(document, this.#start);
    this.#changed.fire();
  }
}

function source(place: string, callee: string, remark: string, isWritable: boolean): CodeSource {
  return { place, callee, ...(remark && { remark }), isWritable };
}

/** `model.py:14`, `model.ipynb, cell 3:2`. */
function placeOf(document: vscode.TextDocument, offset: number): string {
  const line = document.positionAt(offset).line + 1;
  const notebook = notebookOf(document);
  if (!notebook) return `${nameOf(document.uri)}:${line}`;
  const cell = vscode.l10n.t('cell {0}', cellIndex(notebook, document) + 1);
  return `${nameOf(notebook.uri)}, ${cell}:${line}`;
}

function rangeIn(document: vscode.TextDocument, start: number, end: number): vscode.Range {
  return new vscode.Range(document.positionAt(start), document.positionAt(end));
}

/** The column in which a file is open. */
function columnOf(uri: vscode.Uri): vscode.ViewColumn | undefined {
  const isIts = ({ input }: vscode.Tab) =>
    (input instanceof vscode.TabInputText || input instanceof vscode.TabInputNotebook) &&
    input.uri.toString() === uri.toString();
  return vscode.window.tabGroups.all.find(({ tabs }) => tabs.some(isIts))?.viewColumn;
}
