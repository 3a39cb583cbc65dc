/** Composition only: what VS Code calls when the extension starts. */
import * as vscode from 'vscode';
import { Engines } from '../engine/engines';
import { exportCommands } from '../protocol';
import { inWindow, openPreviews, viewType } from './command';
import type { Surroundings } from './document';
import { PreviewEditorProvider } from './editor';
import { ownUi, parseArguments } from './exportCommands';
import { maxPixelsOf } from './limit';
import { Limiter } from './limiter';
import type { Session } from './session';
import { StatusBar } from './statusBar';

/** What `activate` hands to our own integration tests, and to nobody else. */
export interface TestApi {
  readonly sessions: ReadonlySet<Session>;
  readonly statusBar: StatusBar;
}

/** Decoding takes some 25 bytes a pixel for a moment: two at a time keep twenty previews within reason. */
const decodesAtOnce = 2;

export function activate(context: vscode.ExtensionContext): TestApi | undefined {
  const log = vscode.window.createOutputChannel('Pooling Preview', { log: true });
  const surroundings: Surroundings = {
    engines: new Engines(context.asAbsolutePath('dist/worker.js'), true),
    log,
    limiter: new Limiter(decodesAtOnce),
    maxPixels: () => maxPixelsOf(vscode.workspace.getConfiguration('poolingPreview').get('maxMegapixels')),
  };
  const statusBar = new StatusBar();
  const provider = new PreviewEditorProvider(context.extensionUri, surroundings, statusBar, ownUi);
  context.subscriptions.push(
    log,
    statusBar,
    { dispose: () => surroundings.engines.dispose() },
    vscode.window.registerCustomEditorProvider(viewType, provider, { supportsMultipleEditorsPerDocument: true }),
    vscode.commands.registerCommand('poolingPreview.open', (clicked?: unknown, selected?: unknown) =>
      openPreviews(inWindow, clicked, selected),
    ),
    vscode.commands.registerCommand('poolingPreview.reload', () => provider.reload()),
    ...exportCommands.map(command =>
      vscode.commands.registerCommand(`poolingPreview.${command}`, (argument?: unknown) =>
        provider.export(command, parseArguments(argument)),
      ),
    ),
  );
  return context.extensionMode === vscode.ExtensionMode.Test ? { sessions: provider.sessions, statusBar } : undefined;
}
