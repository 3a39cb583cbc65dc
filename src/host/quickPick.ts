import * as vscode from 'vscode';

/** One item of a list to choose from. A separator has no value. */
export interface Choice<T> extends vscode.QuickPickItem {
  readonly value?: T;
}

/**
 * Lets the user choose from a list; undefined if the list is left.
 * @param preselected the value of the item that Enter chooses at first, in place of the first item
 */
export function chooseOne<T>(title: string, choices: readonly Choice<T>[], preselected?: T): Promise<T | undefined> {
  const pick = vscode.window.createQuickPick<Choice<T>>();
  pick.title = title;
  // After a page's context menu VS Code sometimes returns the focus to the page only when the list is already shown:
  // keep it.
  pick.ignoreFocusOut = true;
  pick.items = choices;
  if (preselected !== undefined) pick.activeItems = choices.filter(({ value }) => value === preselected);
  return new Promise(resolve => {
    pick.onDidAccept(() => {
      resolve(pick.selectedItems[0]?.value);
      pick.hide();
    });
    pick.onDidHide(() => {
      resolve(undefined);
      pick.dispose();
    });
    pick.show();
  });
}
