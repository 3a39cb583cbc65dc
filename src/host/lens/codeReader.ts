import * as vscode from 'vscode';
import type { PoolingLayer } from '../../core/layer';
import type { PoolingCall } from '../../python/call';
import type { CellContent } from '../../python/find';
import type { Edit } from '../../python/write/edit';

/** Characters. A larger file is no program that somebody writes. */
const mostText = 2_000_000;

/** Typing pauses when nothing has been typed for this long. */
const quietMilliseconds = 200;

const nothing: CellContent = { calls: [], stacks: [] };

/** Reads Python code: each version of a file once, and the parser itself only with the first. */
export class CodeReader {
  /** By file or notebook; what has changed meanwhile has another version. */
  readonly #read = new WeakMap<
    object,
    { readonly version: string; readonly readings: Promise<readonly CellContent[]> }
  >();

  /** What is written in a document: a file, or a cell, in which the names of the other cells are known. */
  async read(document: vscode.TextDocument): Promise<CellContent> {
    for (;;) {
      const { version } = document;
      const content = await this.#readNow(document);
      // What is typed meanwhile moves all places.
      if (document.version === version) return content;
    }
  }

  async #readNow(document: vscode.TextDocument): Promise<CellContent> {
    const notebook = notebookOf(document);
    if (!notebook) return (await this.#readingsOf(document, [document]))[0]!;
    const cells = notebook.getCells().filter(({ document: { languageId } }) => languageId === 'python');
    const documents = cells.map(cell => cell.document);
    const readings = await this.#readingsOf(notebook, documents);
    return readings[documents.indexOf(document)] ?? nothing;
  }

  /** As {@link read}, once nothing is typed any more; undefined if nobody waits for it then. */
  async readSoon(document: vscode.TextDocument, token: vscode.CancellationToken): Promise<CellContent | undefined> {
    const isNew = !this.#read.has(notebookOf(document) ?? document);
    if (!isNew) await pause(quietMilliseconds, token);
    return token.isCancellationRequested ? undefined : this.read(document);
  }

  /**
   * The edits that make a call say a layer.
   * @throws {RewriteError} for what the call cannot say
   */
  async rewrite(document: vscode.TextDocument, call: PoolingCall, wanted: PoolingLayer): Promise<readonly Edit[]> {
    const { rewriteCall } = await loaded();
    return rewriteCall(document.getText(), call, wanted);
  }

  #readingsOf(key: object, documents: readonly vscode.TextDocument[]): Promise<readonly CellContent[]> {
    // The version of a notebook does not count what is typed into its cells.
    const version = documents.map(document => `${document.uri}:${document.version}`).join();
    const known = this.#read.get(key);
    if (known?.version === version) return known.readings;
    const readings = readAll(documents.map(document => document.getText()));
    this.#read.set(key, { version, readings });
    return readings;
  }
}

/** The parser and what needs it. In Node they are a bundle of their own. */
function loaded() {
  return import('../../python');
}

async function readAll(texts: readonly string[]): Promise<readonly CellContent[]> {
  const length = texts.reduce((sum, text) => sum + text.length, 0);
  if (length > mostText) return texts.map(() => nothing);
  const { readCells } = await loaded();
  return readCells(texts);
}

/** The notebook that a document is a cell of. */
export function notebookOf(document: vscode.TextDocument): vscode.NotebookDocument | undefined {
  if (document.uri.scheme !== 'vscode-notebook-cell') return undefined;
  return vscode.workspace.notebookDocuments.find(notebook =>
    notebook.getCells().some(cell => cell.document === document),
  );
}

/** The place of a cell in its notebook, from 0. */
export function cellIndex(notebook: vscode.NotebookDocument, document: vscode.TextDocument): number {
  return notebook.getCells().findIndex(cell => cell.document === document);
}

/** Waits, but not after it is cancelled. */
function pause(milliseconds: number, token: vscode.CancellationToken): Promise<void> {
  return new Promise(resolve => {
    const done = () => {
      clearTimeout(timer);
      listener.dispose();
      resolve();
    };
    const timer = setTimeout(done, milliseconds);
    const listener = token.onCancellationRequested(done);
  });
}
