/** Entry point: connects the parts and registers them with VS Code. */
import * as vscode from 'vscode';
import { workerScript } from '#platform';
import { Engines } from '../engine/engines';
import { exportCommands } from '../protocol';
import { askForPicture } from './askForPicture';
import { inWindow, openPreviews, openSample, viewType } from './command';
import type { Surroundings } from './document';
import { PreviewEditorProvider } from './editor';
import { ownUi, parseArguments } from './exportCommands';
import { LastPicture } from './lastPicture';
import { lens } from './lens/lens';
import type { Previews } from './lens/previewCode';
import { maxPixelsOf } from './limit';
import { Limiter } from './limiter';
import { Once } from './once';
import type { Panels } from './panels';
import { pictureAtHand } from './pictureAtHand';
import { LastState } from './startState';
import { StatusBar } from './statusBar';
import { registerTools } from './tools/register';

/** What `activate` returns to our own integration tests; undefined for everyone else. */
export interface TestApi {
  readonly panels: Panels;
  readonly statusBar: StatusBar;
}

/**
 * Decoding takes about 25 bytes per pixel for a short time; two at a time keep the memory of twenty previews
 * reasonable.
 */
const decodesAtOnce = 2;

/** Called by VS Code when the extension starts. */
export function activate(context: vscode.ExtensionContext): TestApi | undefined {
  const log = vscode.window.createOutputChannel('Pooling Preview', { log: true });
  // In a browser the engine's script comes from the web: without a connection the next picture asks for it again.
  const engines = new Once(async () => {
    const script = await workerScript(context.asAbsolutePath('dist'), name =>
      vscode.workspace.fs.readFile(vscode.Uri.joinPath(context.extensionUri, 'dist', name)),
    );
    return new Engines(script, true);
  });
  engines.get().catch(() => {});
  const surroundings: Omit<Surroundings, 'engines'> = {
    extension: context.extensionUri,
    log,
    limiter: new Limiter(decodesAtOnce),
    maxPixels: () => maxPixelsOf(vscode.workspace.getConfiguration('poolingPreview').get('maxMegapixels')),
  };
  const statusBar = new StatusBar();
  const window = inWindow(context.extensionUri);
  const pictures = new LastPicture(context.workspaceState);
  const provider = new PreviewEditorProvider(
    surroundings,
    engines,
    statusBar,
    ownUi,
    new LastState(context.globalState),
    pictures,
  );
  const previews: Previews = {
    picture: () =>
      pictureAtHand(
        provider.panels.usable?.document.uri,
        uri => provider.panels.hasFailed(uri),
        pictures,
        () => askForPicture(window.uriOf),
      ),
    show: (picture, settings, column) => provider.showSettings(picture, settings, column),
    complain: ownUi.complain,
  };
  context.subscriptions.push(
    log,
    statusBar,
    {
      dispose: () =>
        void engines.get().then(
          started => started.dispose(),
          () => {},
        ),
    },
    vscode.window.registerCustomEditorProvider(viewType, provider, { supportsMultipleEditorsPerDocument: true }),
    vscode.commands.registerCommand('poolingPreview.open', (clicked?: unknown, selected?: unknown) =>
      openPreviews(window, clicked, selected),
    ),
    vscode.commands.registerCommand('poolingPreview.openSample', (name?: unknown) => openSample(window, name)),
    vscode.commands.registerCommand('poolingPreview.reload', () => provider.reload()),
    vscode.commands.registerCommand('poolingPreview.next', () => provider.go(1)),
    vscode.commands.registerCommand('poolingPreview.previous', () => provider.go(-1)),
    vscode.commands.registerCommand('poolingPreview.reset', () => provider.reset()),
    vscode.commands.registerCommand('poolingPreview.describe', () => provider.describe()),
    ...lens(previews, () => provider.shown),
    ...exportCommands.map(command =>
      vscode.commands.registerCommand(`poolingPreview.${command}`, (argument?: unknown) =>
        provider.export(command, parseArguments(argument)),
      ),
    ),
    ...registerTools(),
  );
  return context.extensionMode === vscode.ExtensionMode.Test ? { panels: provider.panels, statusBar } : undefined;
}
