import * as vscode from 'vscode';
import { isEqual } from '../../core/equal';
import { frameworkTitles } from '../../core/options';
import type { CodeSource, Status } from '../../protocol';
import type { PoolingCall } from '../../python/call';
import { nameOf } from '../fileWatcher';
import { type CodeReader, cellIndex, notebookOf } from './codeReader';
import { FollowedText } from './followedText';
import { hindranceText, remarkOn, remarkOnStack } from './remarks';
import { spanOf, type Target } from './target';
import { frameworkIn, wantedLayer } from './wantedLayer';

/** The code as it was when its settings were taken, or as it was written since. */
interface Version {
  readonly text: FollowedText;
  readonly target: Target;
}

/** The code that a preview's settings come from, followed through edits. */
export class CodeOrigin implements vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<void>();
  /** Fires when {@link source} may have changed. */
  readonly onDidChange = this.#changed.event;
  readonly #listeners: vscode.Disposable;
  readonly #uri: vscode.Uri;
  /** The latest one is last. Undo brings the ones before back. */
  readonly #versions: [Version, ...Version[]];
  #place = '';

  constructor(
    document: vscode.TextDocument,
    target: Target,
    private readonly reader: CodeReader,
    private readonly complain: (message: string) => void,
  ) {
    this.#uri = document.uri;
    this.#versions = [versionIn(document, target)];
    this.#update(document);
    this.#listeners = vscode.Disposable.from(
      vscode.workspace.onDidChangeTextDocument(event => this.#follow(event)),
      // The cell may have another number.
      vscode.workspace.onDidChangeNotebookDocument(({ notebook, contentChanges }) => {
        if (contentChanges.length > 0 && notebookOf(document) === notebook) this.#update(document);
      }),
    );
  }

  /** What the page says of it. @param status what the preview shows */
  source(status: Status | undefined): CodeSource {
    const { target } = this.#version;
    const place = this.#place;
    if ('stack' in target) return source(place, target.stack.name, remarkOnStack(target.stack), false);
    const { call } = target;
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
    const document = await this.#open();
    if (!document) return;
    const notebook = notebookOf(document);
    const viewColumn = columnOf(notebook?.uri ?? this.#uri) ?? vscode.ViewColumn.Beside;
    if (notebook) {
      const index = cellIndex(notebook, document);
      const selections = [new vscode.NotebookRange(index, index + 1)];
      await vscode.window.showNotebookDocument(notebook, { viewColumn, selections });
    } else {
      const { start, piece, isThere } = this.#version.text;
      const selection = rangeIn(document, start, isThere ? start + piece.length : start);
      await vscode.window.showTextDocument(document, { viewColumn, selection });
    }
  }

  /** Writes what the preview shows into the call, as one step to undo; says why if it cannot. */
  async write(status: Status | undefined): Promise<void> {
    const document = await this.#open();
    if (!document) return;
    const call = await this.#callIn(document);
    if (!call) {
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
    const { start } = this.#version.text;
    if (!(await vscode.workspace.applyEdit(edit))) {
      this.complain(vscode.l10n.t('{0} cannot be edited.', this.#place));
      return;
    }
    const { calls } = await this.reader.read(document);
    const written = calls.find(each => each.start === start);
    if (written) this.#versions.push(versionIn(document, { call: written }));
    this.#changed.fire();
  }

  dispose(): void {
    this.#listeners.dispose();
    this.#changed.dispose();
  }

  /** The one that the document has, else the latest. */
  get #version(): Version {
    return this.#versions.findLast(({ text }) => text.isThere) ?? this.#versions.at(-1)!;
  }

  /** The file or cell; if it is gone, that is said. */
  async #open(): Promise<vscode.TextDocument | undefined> {
    const open = vscode.workspace.textDocuments.find(({ uri }) => uri.toString() === this.#uri.toString());
    // One that was never saved would be opened anew, empty.
    if (open || this.#uri.scheme !== 'untitled') {
      try {
        return open ?? (await vscode.workspace.openTextDocument(this.#uri));
      } catch {
        // Deleted, or renamed.
      }
    }
    this.complain(vscode.l10n.t('The code in {0} is no longer there.', this.#place));
    return undefined;
  }

  /** The call, if its text is what it was. */
  async #callIn(document: vscode.TextDocument): Promise<PoolingCall | undefined> {
    const { calls } = await this.reader.read(document);
    const { start, piece } = this.#version.text;
    return calls.find(call => call.start === start && document.getText().slice(start, call.end) === piece);
  }

  #follow({ document, contentChanges }: vscode.TextDocumentChangeEvent): void {
    if (document.uri.toString() !== this.#uri.toString() || contentChanges.length === 0) return;
    const whole = document.getText();
    for (const { text } of this.#versions) text.follow(whole, contentChanges);
    this.#update(document);
  }

  #update(document: vscode.TextDocument): void {
    this.#place = placeOf(document, this.#version.text.start);
    this.#changed.fire();
  }
}

function versionIn(document: vscode.TextDocument, target: Target): Version {
  const { start, end } = spanOf(target);
  return { text: new FollowedText(document.getText(), start, end), target };
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
