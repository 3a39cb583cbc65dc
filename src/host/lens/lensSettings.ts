import * as vscode from 'vscode';

const section = 'poolingPreview.lens';

/** Where poolings in code are offered; each can be switched off. */
export type LensPlace = 'codeLens' | 'notebook' | 'hover';

export function isSwitchedOn(place: LensPlace, scope: vscode.Uri): boolean {
  return vscode.workspace.getConfiguration(section, scope).get<boolean>(place) !== false;
}

/** Fires when one of them is switched. */
export function onDidSwitch(listener: () => void): vscode.Disposable {
  return vscode.workspace.onDidChangeConfiguration(event => {
    if (event.affectsConfiguration(section)) listener();
  });
}
