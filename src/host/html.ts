import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';

/** The page and its sandbox: it may run our one script and load our own files, nothing else and from nowhere else. */
export function setUpPage(webview: vscode.Webview, extension: vscode.Uri): void {
  const dist = vscode.Uri.joinPath(extension, 'dist');
  const media = vscode.Uri.joinPath(extension, 'media');
  webview.options = { enableScripts: true, localResourceRoots: [dist, media] };

  const nonce = randomBytes(16).toString('base64');
  const address = (folder: vscode.Uri, file: string) =>
    webview.asWebviewUri(vscode.Uri.joinPath(folder, file)).toString();
  const policy = [
    `default-src 'none'`,
    `script-src 'nonce-${nonce}'`,
    `style-src ${webview.cspSource}`,
    `font-src ${webview.cspSource}`,
  ].join('; ');

  webview.html = `<!DOCTYPE html>
<html lang="${vscode.env.language}">
<head>
  <meta charset="utf-8">
  <title>Pooling Preview</title>
  <meta http-equiv="Content-Security-Policy" content="${policy}">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <link rel="stylesheet" href="${address(dist, 'codicon.css')}">
  <link rel="stylesheet" href="${address(media, 'webview.css')}">
</head>
<body>
  <main id="app"></main>
  <script nonce="${nonce}" src="${address(dist, 'webview.js')}"></script>
</body>
</html>`;
}
