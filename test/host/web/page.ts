import { calmSettings } from '../settings';
import { workbenchScript } from './workbench';

/** What a window without a server shows. */
export interface WebWindow {
  /** Paths of the module with the extension's tests, in the extension's folder. */
  readonly tests?: string | undefined;
  /** Display language, such as `ko`: VS Code's own words stay English, extensions speak theirs. */
  readonly locale?: string | undefined;
}

/** The scheme of the folder that is open, see folder/main.ts. */
const scheme = 'virtual';

/**
 * The page of a window, as vscode.dev serves it: the extension comes over HTTP, the folder from an extension.
 * @param host the server's name and port
 */
export function page(host: string, { tests, locale }: WebWindow): string {
  const at = (path: string) => ({ scheme: 'http', authority: host, path });
  const webviews = `http://{{uuid}}.${host}/vscode`;
  const configuration = {
    folderUri: { scheme, authority: 'folder', path: '/folder' },
    additionalBuiltinExtensions: [at('/provider')],
    developmentOptions: {
      extensions: [at('/extension')],
      ...(tests && { extensionTestsPath: at(`/extension/${tests}`) }),
      enableSmokeTestDriver: true,
    },
    configurationDefaults: calmSettings,
    productConfiguration: {
      enableTelemetry: false,
      // Without a search in the folder VS Code waits for one for 7 s at each start.
      extensionEnabledApiProposals: { 'pooling-preview-tests.virtual-folder': ['fileSearchProvider'] },
      // Webviews have origins of their own, as on vscode.dev.
      webEndpointUrlTemplate: webviews,
      webviewContentExternalBaseUrlTemplate: `${webviews}/out/vs/workbench/contrib/webview/browser/pre/`,
    },
    // What code-server's window asks for.
    userDataPath: '/',
    isEnabledFileDownloads: true,
    isEnabledFileUploads: true,
    isEnabledCoderGettingStarted: false,
  };
  const settings = JSON.stringify(configuration).replaceAll('&', '&amp;').replaceAll('"', '&quot;');
  const language = locale ? `globalThis._VSCODE_NLS_LANGUAGE = ${JSON.stringify(locale)};` : '';
  return `<!doctype html>
<html>
<head>
  <meta charset="utf-8">
  <meta id="vscode-workbench-web-configuration" data-settings="${settings}">
  <link rel="icon" href="data:,">
  <link rel="stylesheet" href="/vscode${workbenchScript.replace(/js$/, 'css')}">
</head>
<body aria-label="">
  <script>globalThis._VSCODE_FILE_ROOT = new URL('/vscode/out/', location).href;</script>
  <script src="/vscode/out/nls.messages.js"></script>
  <script>${language}</script>
  <script type="module" src="/vscode${workbenchScript}"></script>
</body>
</html>`;
}
