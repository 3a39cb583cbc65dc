import * as vscode from 'vscode';
import { Once } from './once';

/** The bundles embedded in every page. */
export interface PageParts {
  readonly script: string;
  readonly style: string;
}

/**
 * The page and its content security policy: only our own script, style sheet and font, nothing from elsewhere.
 *
 * Script and style sheet are embedded in the page: if the page loaded them, each would arrive 40 to 70 ms later,
 * through the browser's service worker, the window and the extension host.
 */
export class Page {
  readonly #dist: vscode.Uri;
  readonly #parts = new Once(() => this.#read());

  constructor(extension: vscode.Uri) {
    this.#dist = vscode.Uri.joinPath(extension, 'dist');
  }

  /** Reads the bundles, once. */
  load(): Promise<PageParts> {
    return this.#parts.get();
  }

  setUp(webview: vscode.Webview, { script, style }: PageParts): void {
    webview.options = { enableScripts: true, localResourceRoots: [this.#dist] };
    const nonce = btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(16))));
    const font = webview.asWebviewUri(vscode.Uri.joinPath(this.#dist, 'codicon.ttf')).toString();
    const policy = [
      `default-src 'none'`,
      `script-src 'nonce-${nonce}'`,
      `style-src 'nonce-${nonce}'`,
      `font-src ${webview.cspSource}`,
    ].join('; ');
    webview.html = `<!DOCTYPE html>
<html lang="${vscode.env.language}">
<head>
  <meta charset="utf-8">
  <title>Pooling Preview</title>
  <meta http-equiv="Content-Security-Policy" content="${policy}">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <style nonce="${nonce}">${style.replaceAll('codicon.ttf', () => font)}</style>
  <script type="module" nonce="${nonce}">${script}</script>
</head>
<body>
  <main id="app"></main>
</body>
</html>`;
  }

  async #read(): Promise<PageParts> {
    const text = async (name: string) =>
      new TextDecoder().decode(await vscode.workspace.fs.readFile(vscode.Uri.joinPath(this.#dist, name)));
    const [script, style] = await Promise.all([text('webview.js'), text('webview.css')]);
    return { script, style };
  }
}
