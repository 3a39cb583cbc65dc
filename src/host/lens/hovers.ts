import * as vscode from 'vscode';
import type { PoolingCall } from '../../python/call';
import type { CodeReader } from './codeReader';
import { type HoverPicture, hoverText } from './hoverText';
import { isSwitchedOn } from './lensSettings';

/** Explains the pooling under the pointer. */
export class Hovers implements vscode.HoverProvider {
  /** @param shown the picture that is open in a preview */
  constructor(
    private readonly reader: CodeReader,
    private readonly shown: () => HoverPicture | undefined,
  ) {}

  async provideHover(document: vscode.TextDocument, position: vscode.Position, token: vscode.CancellationToken) {
    if (!isSwitchedOn('hover', document.uri)) return undefined;
    const { calls } = await this.reader.read(document);
    if (token.isCancellationRequested) return undefined;
    const offset = document.offsetAt(position);
    const text = document.getText();
    const call = calls.find(each => isOn(text, each, offset));
    if (!call) return undefined;
    const range = new vscode.Range(document.positionAt(call.start), document.positionAt(call.end));
    return new vscode.Hover(new vscode.MarkdownString(hoverText(vscode.l10n, call, this.shown())), range);
  }
}

/** Whether a place is on the name of a call or one of its settings, and not on the input of a function. */
function isOn(text: string, { start, argumentRanges }: PoolingCall, offset: number): boolean {
  if (start <= offset && offset < text.indexOf('(', start)) return true;
  return Object.values(argumentRanges).some(([from, to]) => {
    const [keyword] = /(?:\w+\s*=\s*)?$/.exec(text.slice(start, from))!;
    return from - keyword.length <= offset && offset < to;
  });
}
