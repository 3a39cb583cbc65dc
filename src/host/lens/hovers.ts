import * as vscode from 'vscode';
import type { CodeReader } from './codeReader';
import { type HoverPicture, hoverText } from './hoverText';
import { isOn } from './lensSettings';

/** Explains the pooling under the pointer. */
export class Hovers implements vscode.HoverProvider {
  /** @param shown the picture that is open in a preview */
  constructor(
    private readonly reader: CodeReader,
    private readonly shown: () => HoverPicture | undefined,
  ) {}

  async provideHover(document: vscode.TextDocument, position: vscode.Position, token: vscode.CancellationToken) {
    if (!isOn('hover', document.uri)) return undefined;
    const { calls } = await this.reader.read(document);
    if (token.isCancellationRequested) return undefined;
    const offset = document.offsetAt(position);
    const call = calls.findLast(({ start, end }) => start <= offset && offset < end);
    if (!call) return undefined;
    const range = new vscode.Range(document.positionAt(call.start), document.positionAt(call.end));
    return new vscode.Hover(new vscode.MarkdownString(hoverText(vscode.l10n, call, this.shown())), range);
  }
}
