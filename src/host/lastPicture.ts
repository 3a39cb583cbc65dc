import * as vscode from 'vscode';

const key = 'lastPicture';

/** The picture that was previewed last in this workspace, remembered over restarts. */
export class LastPicture {
  /** @param memento keeps it */
  constructor(private readonly memento: vscode.Memento) {}

  remember(uri: vscode.Uri): void {
    if (this.memento.get(key) !== uri.toString()) void this.memento.update(key, uri.toString());
  }

  /** Undefined if there has been none, or if it is no longer there. */
  async find(): Promise<vscode.Uri | undefined> {
    const text = this.memento.get<string>(key);
    if (!text) return undefined;
    const uri = vscode.Uri.parse(text);
    return vscode.workspace.fs.stat(uri).then(
      () => uri,
      () => undefined,
    );
  }
}
