import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, type FrameLocator, type Locator, type Page } from '@playwright/test';

/** Built-in themes as the picker names them, and the class that the workbench has in each. */
const themes = {
  'Light 2026': 'vs',
  'Dark 2026': 'vs-dark',
  'Light Modern': 'vs',
  'Dark Modern': 'vs-dark',
  'Light High Contrast': 'hc-light',
  'Dark High Contrast': 'hc-black',
} as const;

export type Theme = keyof typeof themes;

/** A window of VS Code on a folder with the extension in it, and what a person does there. */
export class VSCode {
  #complaints: string[] = [];
  /** The files that tests have put into the folder. */
  readonly #added = new Set<string>();

  constructor(
    readonly page: Page,
    /** The folder open in it, a copy of media/samples of its own. */
    readonly folder: string,
    /** The window's address. */
    private readonly url: string,
  ) {
    page.on('console', message => {
      if (message.type() === 'error' && isOurs(message.location().url)) this.#complaints.push(message.text());
    });
    page.on('pageerror', error => {
      if (isOurs(error.stack ?? '')) this.#complaints.push(error.stack ?? error.message);
    });
  }

  /** The errors that the console of our webviews has shown since it was last asked. */
  takeComplaints(): string[] {
    return this.#complaints.splice(0);
  }

  /** Writes a file into the folder and waits until the explorer lists it. */
  addFile(name: string, bytes: Uint8Array | string): Promise<void> {
    return this.addFiles({ [name]: bytes });
  }

  /** Writes files into the folder and waits until the explorer lists them all. */
  async addFiles(files: Readonly<Record<string, Uint8Array | string>>): Promise<void> {
    this.write(files);
    await this.refreshExplorer();
    for (const name of Object.keys(files)) await this.explorerRow(name).waitFor();
  }

  /** Writes files into the folder. */
  write(files: Readonly<Record<string, Uint8Array | string>>): void {
    for (const [name, bytes] of Object.entries(files)) {
      writeFileSync(join(this.folder, name), bytes);
      this.#added.add(name);
    }
  }

  /** A file of that name, which a test has had written, goes with those that tests add. */
  adopt(name: string): void {
    this.#added.add(name);
  }

  /** Leaves the window to the next test: no editor, nothing that may lie over them, none of the files that tests have added. */
  async tidy(): Promise<void> {
    await this.closeEditors();
    if (this.#added.size === 0) return;
    for (const name of this.#added) rmSync(join(this.folder, name), { force: true });
    await this.refreshExplorer();
    // A row that goes later would move others away from under the pointer.
    for (const name of this.#added) await this.explorerRow(name).waitFor({ state: 'detached' });
    this.#added.clear();
  }

  /** Has the explorer look: by itself it lists what has changed after a second, and not at all in a window that has just opened. */
  async refreshExplorer(): Promise<void> {
    // The button shows only while the pointer is over the explorer.
    await this.page.getByRole('button', { name: 'Refresh Explorer', includeHidden: true }).dispatchEvent('click');
  }

  /** Closes all editors, and what may lie over them. */
  async closeEditors(): Promise<void> {
    const { keyboard } = this.page;
    await this.insist(async () => {
      await keyboard.press('Escape');
      await keyboard.press('ControlOrMeta+K');
      await keyboard.press('ControlOrMeta+W');
      await expect(this.page.locator('.tabs-container .tab')).toHaveCount(0, { timeout: 3_000 });
    });
    await expect(this.page.locator('iframe.webview')).toHaveCount(0);
  }

  /** Opens the window and waits until the folder is listed and the extension's entries are in the menus. */
  async open(): Promise<void> {
    await this.page.addInitScript(boundIdleTime);
    await this.page.goto(this.url);
    await this.ready();
  }

  /**
   * Waits until VS Code has put away that these editors are open, the one used last first, and with them what they have
   * saved before. In a browser it cannot do so while the page unloads, so it does every 5 s, when idle, and only while
   * the page has the focus: that can be lost with a page of an editor that is hidden.
   */
  async putAway(...titles: string[]): Promise<void> {
    const stored = async () => {
      await this.focusWindow();
      return this.page.evaluate(storedEditors);
    };
    await expect.poll(stored, { timeout: 60_000 }).toEqual(titles);
  }

  /** Reloads the window. */
  async reload(): Promise<void> {
    await this.page.reload();
    await this.ready();
  }

  /** The user goes to another window, and comes back. */
  async leaveAndReturn(): Promise<void> {
    const titleBar = this.page.locator('.part.titlebar');
    await this.page.evaluate(() => {
      // A headless window has the focus at all times.
      document.hasFocus = () => false;
      document.dispatchEvent(new Event('visibilitychange'));
    });
    await expect(titleBar).toContainClass('inactive');
    await this.page.evaluate(() => {
      Reflect.deleteProperty(document, 'hasFocus');
      document.dispatchEvent(new Event('visibilitychange'));
    });
    await expect(titleBar).not.toContainClass('inactive');
  }

  private async ready(): Promise<void> {
    await expect(this.explorerRow(/./).first()).toBeVisible({ timeout: 45_000 });
    // The smoke-test driver's promise: extensions are scanned and those for the start have been activated.
    await this.page.waitForFunction(
      async () => {
        const { driver } = globalThis as { driver?: { whenWorkbenchRestored(): Promise<void> } };
        await driver?.whenWorkbenchRestored();
        return driver !== undefined;
      },
      undefined,
      { timeout: 45_000 },
    );
  }

  /** The row of a file or folder in the explorer. */
  explorerRow(name: string | RegExp): Locator {
    return this.page.locator('.explorer-folders-view').getByRole('treeitem', { name });
  }

  /** Opens the context menu of that file and chooses the extension's entry. */
  async previewPooling(name: string, title = 'Preview Pooling'): Promise<void> {
    await this.contextMenu(this.explorerRow(name), title);
    await expect(this.page.locator('iframe.webview')).not.toHaveCount(0);
  }

  /** Right-clicks `target` and chooses an entry. The menu is opened anew until the entry is there: extensions add theirs late. */
  async contextMenu(target: Locator, title: string): Promise<void> {
    const entry = this.page.getByRole('menuitem', { name: title, exact: true });
    await expect(async () => {
      await this.page.keyboard.press('Escape');
      await target.click({ button: 'right' });
      await expect(entry).toBeVisible({ timeout: 1_000 });
    }).toPass({ timeout: 20_000 });
    // VS Code ignores a release of the mouse just after the menu has opened.
    await entry.hover();
    await entry.click({ delay: 50 });
    await expect(entry).toBeHidden();
  }

  /** The document inside the webview of the active editor. */
  webview(extension = 'pooling-preview'): FrameLocator {
    return this.page
      .frameLocator(`iframe.webview.ready[src*="extensionId=${extension}"]`)
      .frameLocator('iframe#active-frame');
  }

  /** The tab of an open editor. */
  tab(name: string | RegExp): Locator {
    return this.page.locator('.tabs-container').getByRole('tab', { name });
  }

  /** Runs a command by its title in the palette. */
  async runCommand(title: string): Promise<void> {
    let isFirst = true;
    await this.insist(async () => {
      // The palette lists what was known when it opened. Not at first: Escape means something in the page, too.
      if (!isFirst) await this.page.keyboard.press('Escape');
      isFirst = false;
      await this.page.keyboard.press('F1');
      await this.quickPickInput.fill(`>${title}`, { timeout: 2_000 });
      await this.quickPick(title, 3_000);
    });
  }

  /** Opens a quick input by that key and types into it until it offers an entry with those words, which Enter then chooses. */
  async typeInto(key: 'F1' | 'Control+P', words: string): Promise<void> {
    const { keyboard } = this.page;
    await this.insist(async () => {
      await keyboard.press('Escape'); // out of what an attempt before has left
      await keyboard.press(key);
      await expect(this.quickPickInput).toBeFocused({ timeout: 2_000 });
      await keyboard.type(words);
      await expect(this.quickPickEntries.first()).toContainText(words, { timeout: 3_000 });
    });
  }

  /** Chooses an entry of the open quick pick. */
  async quickPick(label: string, timeout = 15_000): Promise<void> {
    await this.quickPickEntries
      .filter({ has: this.page.getByText(label, { exact: true }) })
      .first()
      .click({ timeout });
  }

  /** Takes the focus out of the webview: a browser hands the clipboard only to a document that has it itself. */
  focusWindow(): Promise<void> {
    return this.page.evaluate(() => {
      (document.activeElement as HTMLElement | null)?.blur();
      window.focus();
    });
  }

  /** The text on the clipboard. */
  async clipboard(): Promise<string> {
    await this.focusWindow();
    return this.page.evaluate(() => navigator.clipboard.readText());
  }

  /**
   * Tries again what needs the focus to stay where it is, as in a quick input of VS Code: an editor that comes up at that
   * moment takes it, as it does from a person.
   */
  private async insist(attempt: () => Promise<void>): Promise<void> {
    await expect(attempt).toPass({ timeout: 30_000 });
  }

  /** Switches to one of VS Code's built-in themes and waits until it shows. */
  async setColorTheme(theme: Theme): Promise<void> {
    await this.runCommand('Preferences: Color Theme');
    await this.quickPickInput.fill(theme);
    await this.quickPick(theme);
    await expect(this.quickPickInput).toBeHidden();
    await expect(this.page.locator('.monaco-workbench')).toContainClass(themes[theme]);
  }

  private get quickPickEntries(): Locator {
    return this.page.locator('.quick-input-list').getByRole('option');
  }

  get quickPickInput(): Locator {
    return this.page.locator('.quick-input-widget input[role=combobox], .quick-input-widget input[type=text]').first();
  }
}

/** Whether an address or a stack is of the script or the page of our webviews. */
function isOurs(text: string): boolean {
  return /\/dist\/webview\.js|extensionId=pooling-preview/.test(text);
}

/** In the page: on a busy machine a browser is not idle for minutes: what VS Code does when idle, it does after 5 s at the latest. */
function boundIdleTime(): void {
  const wait = window.requestIdleCallback.bind(window);
  window.requestIdleCallback = (task, options) => wait(task, { timeout: 5000, ...options });
}

/** In the page: the titles of the open editors in VS Code's own databases, those of each group in the order of their last use. */
async function storedEditors(): Promise<string[]> {
  const answer = <T>(request: IDBRequest<T>) =>
    new Promise<T>((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
  const titles: string[] = [];
  for (const { name } of await indexedDB.databases()) {
    if (!name?.startsWith('vscode-web-state-db-')) continue;
    const database = await answer(indexedDB.open(name));
    const items = database.transaction('ItemTable').objectStore('ItemTable');
    const stored: string = (await answer(items.get('memento/workbench.parts.editor'))) ?? '{}';
    database.close();
    JSON.parse(stored, (_, value) => {
      const { editors, mru } = value ?? {};
      if (editors && mru) titles.push(...mru.map((at: number) => JSON.parse(editors[at].value).title));
      return value;
    });
  }
  return titles;
}
