/** What the suites share: scratch files, documents and panels, and a stand-in for a webview that one can talk through. */
import * as assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PNG } from 'pngjs';
import * as vscode from 'vscode';
import * as platform from '#platform';
import { Channel, type Outcome } from '../../src/channel';
import { Engines } from '../../src/engine/engines';
import { PictureDocument, type Surroundings } from '../../src/host/document';
import type { TestApi } from '../../src/host/extension';
import { Limiter } from '../../src/host/limiter';
import type { PrefetchGuess } from '../../src/host/prefetchGuess';
import { Session } from '../../src/host/session';
import type { Calls, FromHost, FromPage, HostNotice, RenderRequest, Status, Tile } from '../../src/protocol';
import { headerChunk, signature } from '../golden/pictures/png';
import { base } from '../options';
import { integers } from '../random';
import { eventually } from './eventually';

export const extension = vscode.extensions.getExtension<TestApi>('pooling-preview.pooling-preview')!;
export const sample = vscode.Uri.joinPath(vscode.workspace.workspaceFolders![0]!.uri, 'mountain.jpg');

/**
 * Writes a file, and again every half second until something is there: VS Code may not follow a file yet whose watcher
 * has just been made, and says nothing when it does.
 */
export async function writeUntil(what: string, path: string, bytes: Uint8Array, probe: () => boolean): Promise<void> {
  let written = Number.NEGATIVE_INFINITY;
  await eventually(what, () => {
    if (probe()) return true;
    if (performance.now() - written > 500) {
      writeFileSync(path, bytes);
      written = performance.now();
    }
    return false;
  });
}

const folders: string[] = [];

/** A file of this machine, as the window names those of its workspace. */
export const fileUri = (path: string) => sample.with({ path: vscode.Uri.file(path).path });

/** A folder that `cleanUp` removes. */
export function scratchFolder(): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'pooling-preview-')));
  folders.push(folder);
  return folder;
}

export function scratchFile(name: string, content: Uint8Array | string, folder = scratchFolder()): vscode.Uri {
  const file = join(folder, name);
  writeFileSync(file, content);
  return fileUri(file);
}

export const sampleBytes = () => new Uint8Array(readFileSync(sample.fsPath));

/** A PNG of pseudo-random RGB samples. */
export function noise(width: number, height: number, seed = 1): { file: Uint8Array; rgb: Uint8Array } {
  const rgb = new Uint8Array(width * height * 3);
  const below = integers(seed);
  for (let i = 0; i < rgb.length; i++) rgb[i] = below(256);
  const png = new PNG({ width, height, inputColorType: 2, inputHasAlpha: false });
  png.data = Buffer.from(rgb);
  const file = PNG.sync.write(png, { colorType: 2, inputColorType: 2, inputHasAlpha: false });
  return { file: new Uint8Array(file), rgb };
}

/** The header of a PNG that claims this size, and no pixels. */
export function claimedPng(width: number, height: number): Uint8Array {
  return Buffer.concat([signature, headerChunk(width, height)]);
}

export const view = { mode: 'colour', orient: true } as const;

export function renderRequest(part: Partial<RenderRequest> = {}): RenderRequest {
  return { view, options: base, regions: {}, ...part };
}

export function statusOf(part: Partial<Status> = {}): Status {
  return { view, options: base, operators: ['max', 'average'], scale: 1, ...part };
}

export const whole = (width: number, height: number) => ({ x: 0, y: 0, width, height, columns: width, rows: height });

const log = vscode.window.createOutputChannel('Pooling Preview, tests', { log: true });

/** What the extension starts its threads from. */
export let workerScript: string;
suiteSetup(async () => {
  workerScript = await platform.workerScript(join(extension.extensionPath, 'dist'), name =>
    vscode.workspace.fs.readFile(vscode.Uri.joinPath(extension.extensionUri, 'dist', name)),
  );
});

export function surroundings(part: Partial<Surroundings> = {}): Surroundings {
  const { extensionUri } = extension;
  return {
    extension: extensionUri,
    engines: new Engines(workerScript),
    log,
    limiter: new Limiter(2),
    maxPixels: () => 100_000_000,
    ...part,
  };
}

/** A page's side of a session with a document. */
export class Conversation {
  /** What it was told without asking. */
  readonly heard: HostNotice[] = [];
  readonly session: Session;
  readonly #channel = new Channel<Calls>(question => this.session.receive(question));

  constructor(
    readonly document: PictureDocument,
    guess?: PrefetchGuess,
  ) {
    this.session = new Session(
      document,
      async (message: FromHost) => {
        if ('outcome' in message) this.#channel.receive(message);
        else this.heard.push(message);
        return true;
      },
      log,
      guess,
    );
    conversations.push(this);
  }

  /** Another panel of the same document. */
  alongside(guess?: PrefetchGuess): Conversation {
    return new Conversation(this.document, guess);
  }

  say(message: FromPage | { readonly type: 'nonsense' }): this {
    this.session.receive(message);
    return this;
  }

  /** The next message of a type after those heard so far, or one that came after `since`. */
  async hear<T extends HostNotice['type']>(type: T, since = this.heard.length, milliseconds?: number) {
    const found = await eventually(
      `${type}; heard: ${this.heard.map(message => message.type)}`,
      () => this.heard.slice(since).find(message => message.type === type),
      milliseconds,
    );
    return found as HostNotice & { type: T };
  }

  /** The announcement of a picture so wide, of those after `since`. */
  async picture(width: number, since: number) {
    return eventually(`a picture ${width} wide; heard: ${this.heard.map(message => message.type)}`, () =>
      this.heard.slice(since).find(message => message.type === 'opened' && message.info.width === width),
    );
  }

  /**
   * Resolves once changes of the file are noticed, for it takes VS Code a moment to watch it: the file is written anew, as
   * it is, until the document has looked.
   */
  async watching(): Promise<this> {
    const since = this.heard.length;
    const { fsPath } = this.document.uri;
    await writeUntil('a look at the file', fsPath, readFileSync(fsPath), () =>
      this.heard.slice(since).some(message => message.type === 'opened'),
    );
    return this;
  }

  /** Has the document read its file again, and waits until it is open: another reading may have come in between. */
  async reload() {
    const since = this.heard.length;
    await this.document.load();
    return this.hear('opened', since);
  }

  /** Asks as a page does. */
  ask<N extends keyof Calls>(call: N, request: Calls[N]['request']): Promise<Outcome<Calls[N]['answer']>> {
    return this.#channel.call(call, request);
  }

  /** The tiles that a request is answered with. */
  async render(part: Partial<RenderRequest> = {}): Promise<readonly Tile[]> {
    const outcome = await this.ask('render', renderRequest(part));
    if ('err' in outcome) assert.fail(JSON.stringify(outcome.err));
    return outcome.ok.tiles;
  }
}

const conversations: Conversation[] = [];
const documents: PictureDocument[] = [];

/** Opens a document without VS Code's editor around it, and greets it as a webview does. */
export function talkTo(uri: vscode.Uri, part: Partial<Surroundings> = {}): Conversation {
  const document = new PictureDocument(uri, surroundings(part));
  documents.push(document);
  return new Conversation(document).say({ type: 'ready' });
}

/** Ends what a test has opened. */
export async function cleanUp(): Promise<void> {
  for (const { session } of conversations.splice(0)) session.dispose();
  for (const document of documents.splice(0)) document.dispose();
  await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
}

/** The panels of our editor in the window, once there are so many for a file. */
export async function sessionsOf(uri: vscode.Uri, count = 1): Promise<Session[]> {
  const { panels } = await extension.activate();
  const found = () => panels.sessions.filter(session => session.document.uri.toString() === uri.toString());
  return eventually(`${count} panels of ${uri}`, () => (found().length === count ? found() : undefined));
}

/** What the page of a panel says that it shows, once it has loaded and shows a picture. */
export function pageOf(session: Session): Promise<Status> {
  return ofPage('the page has told what it shows', () => session.isLoaded && session.status);
}

/**
 * Waits for what a page tells. VS Code 1.100 now and then loads no page into a panel that comes right after another was
 * closed or replaced; the panels are then asked to load theirs again.
 */
export async function ofPage<T>(what: string, probe: () => T | undefined | false): Promise<T> {
  if (!vscode.version.startsWith('1.100.')) return eventually(what, probe);
  // Ever longer: a busy machine may just be slow.
  for (const milliseconds of [3_000, 6_000, 12_000]) {
    const found = await eventually(what, probe, milliseconds).catch(() => undefined);
    if (found) return found;
    await vscode.commands.executeCommand('workbench.action.webview.reloadWebviewAction');
  }
  return eventually(what, probe);
}
