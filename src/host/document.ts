import * as vscode from 'vscode';
import type { Outcome } from '../channel';
import type { EngineClient } from '../engine/client';
import type { Engines } from '../engine/engines';
import type { EngineCalls, EngineFailure } from '../engine/message';
import type { HostNotice } from '../protocol';
import { cancelled, isLost, tooLargeFile, undecodable, unreadable } from './failure';
import { bytesOf, stateOf } from './file';
import { FileWatcher, nameOf, settleMilliseconds } from './fileWatcher';
import type { Limiter } from './limiter';
import { notesOn } from './notes';

/** A document's state, as it is sent to panels. */
export type DocumentState = Extract<HostNotice, { type: 'opening' | 'opened' | 'failed' }>;

/** What all documents share. */
export interface Surroundings {
  /** The extension's own folder. */
  readonly extension: vscode.Uri;
  readonly engines: Engines;
  readonly log: vscode.LogOutputChannel;
  /** Limits how many pictures are decoded at once: decoding takes the most memory. */
  readonly limiter: Limiter;
  /** The limit from the settings, in pixels. */
  readonly maxPixels: () => number;
}

/** The most bytes per pixel that a file needs: a 16-bit RGBA picture of pure noise takes 8. */
const bytesPerPixel = 8;

/** Some hosts cannot read a file of 2 GiB or more in one piece. */
const mostBytes = 2 ** 31 - 1;

/** One file with its engine and its watcher, shared by all panels that show it. */
export class PictureDocument implements vscode.CustomDocument {
  readonly #changed = new vscode.EventEmitter<DocumentState>();
  /** Fires with each new state. */
  readonly onDidChange = this.#changed.event;
  readonly #disposables: vscode.Disposable[] = [this.#changed];
  #state: DocumentState = { type: 'opening', stage: 'reading' };
  #engine: EngineClient | undefined;
  #decoding = false;
  /** Incremented by each attempt to load: results of an earlier attempt are dropped. */
  #attempt = 0;
  readonly #watcher: FileWatcher;
  /** The latest attempt to load. */
  #loading: Promise<void> = Promise.resolve();
  /** The file's version when it was last read. */
  #version = '';
  #disposed = false;

  constructor(
    readonly uri: vscode.Uri,
    private readonly surroundings: Surroundings,
  ) {
    this.#watcher = new FileWatcher(uri, () => void this.load());
    this.#follow();
    void this.load();
  }

  /**
   * Reads and decodes the file; an attempt in progress is abandoned. An open picture stays open until the next one is
   * decoded.
   */
  load(): Promise<void> {
    if (!this.#disposed) this.#loading = this.#attemptToLoad();
    return this.#loading;
  }

  get name(): string {
    return nameOf(this.uri);
  }

  /** Whether the picture came with the extension, into whose folder nothing should be saved. */
  get isPackaged(): boolean {
    const { extension } = this.surroundings;
    return this.uri.scheme === extension.scheme && this.uri.path.startsWith(`${extension.path}/`);
  }

  get state(): DocumentState {
    return this.#state;
  }

  /** Ends in the state `opened` or `failed`, unless a newer attempt replaces this one. */
  async #attemptToLoad(): Promise<void> {
    this.#watcher.settled();
    const attempt = ++this.#attempt;
    this.#stopDecoding();
    const before = this.#state;
    if (before.type !== 'opened') this.#become({ type: 'opening', stage: 'reading' });
    // Take a running engine now; a new one is not started before the limiter lets the decode begin.
    if (this.surroundings.engines.hasSpare) this.#engine ??= this.#startEngine();
    const isCurrent = () => attempt === this.#attempt && !this.#disposed;
    let state: DocumentState | undefined;
    try {
      state = await this.#open(isCurrent);
    } catch (error) {
      if (isCurrent()) state = this.#failure(unreadable(error), error);
    }
    if (!state || !isCurrent()) return;
    if (before.type === 'opened' && !isInOrder(state)) {
      // The file may have been read while it was being written: load again if it has changed since.
      await new Promise(resolve => setTimeout(resolve, settleMilliseconds));
      const hasChanged = isCurrent() && (await this.#hasChanged());
      if (!isCurrent()) return;
      if (hasChanged) {
        await this.load();
        return;
      }
    }
    this.#become(state);
  }

  /** Cancels opening; the state becomes `failed`. Does nothing in other states. */
  cancel(): void {
    if (this.#state.type !== 'opening') return;
    this.#attempt++;
    this.#stopDecoding();
    this.#fail(cancelled());
  }

  /**
   * Loads again if the file has changed. Called when a panel becomes visible, and when the user comes back to the window:
   * for file systems without change events.
   */
  async refresh(): Promise<void> {
    if (this.#state.type === 'opening') return;
    const attempt = this.#attempt;
    const hasChanged = await this.#hasChanged();
    if (attempt === this.#attempt && !this.#disposed && hasChanged) await this.load();
  }

  /**
   * Whether the file has changed since it was last read, or has gone. A file system that cannot be asked, as one without
   * its connection, takes no picture away.
   */
  async #hasChanged(): Promise<boolean> {
    try {
      return (await stateOf(this.uri)).version !== this.#version;
    } catch (error) {
      return isLost(error) && this.#version !== 'missing';
    }
  }

  /** Sends the engine a request about the open picture. */
  async ask<N extends keyof EngineCalls>(
    name: N,
    request: EngineCalls[N]['request'],
  ): Promise<Outcome<EngineCalls[N]['answer']>> {
    // While the file is loaded again the engine has no picture: wait for that attempt, and for newer ones.
    for (let seen: Promise<void> | undefined; this.#state.type === 'opened' && seen !== this.#loading; ) {
      seen = this.#loading;
      await seen;
    }
    if (this.#state.type !== 'opened' || !this.#engine) return { err: { kind: 'empty' } };
    const outcome = await this.#engine.ask(name, request);
    if ('ok' in outcome) return outcome;
    const { err } = outcome;
    if (err.kind === 'died') this.surroundings.log.error(describe(err));
    // Only decoding fails with this kind, so here it is unexpected.
    return { err: err.kind === 'decode' ? { kind: 'died', message: describe(err) } : err };
  }

  dispose(): void {
    this.#disposed = true;
    this.#watcher.settled();
    void this.#engine?.close();
    this.#engine = undefined;
    for (const disposable of this.#disposables) disposable.dispose();
  }

  /**
   * One attempt, from the file to the state it ends in; undefined if a newer attempt has replaced it.
   * @throws what the file system throws
   */
  async #open(isCurrent: () => boolean): Promise<DocumentState | undefined> {
    const { log, limiter } = this.surroundings;
    const limits = { maxPixels: this.surroundings.maxPixels() };

    const started = performance.now();
    this.#version = 'missing';
    const { size, version } = await stateOf(this.uri);
    this.#version = version;
    if (!isCurrent()) return undefined;
    const limit = Math.min(limits.maxPixels * bytesPerPixel, mostBytes);
    if (size > limit) return this.#failure(tooLargeFile(Math.ceil(size / 1e6), Math.floor(limit / 1e6)));
    const { bytes, own } = await bytesOf(this.uri);
    if (!isCurrent()) return undefined;
    const read = performance.now();

    if (this.#state.type === 'opening') this.#become({ type: 'opening', stage: 'decoding' });
    const length = bytes.byteLength;
    const outcome = await limiter.queue(async () => {
      if (!isCurrent()) return undefined;
      this.#engine ??= this.#startEngine();
      this.#decoding = true;
      return this.#engine.decode(bytes, limits, own);
    });
    if (!outcome || !isCurrent()) return undefined;
    this.#decoding = false;
    if ('err' in outcome) return this.#failure(undecodable(outcome.err), describe(outcome.err));

    const { milliseconds, stages, ...picture } = outcome.ok;
    const each = stages.map(([stage, time]) => `${stage} ${Math.round(time)}`).join(', ');
    log.info(
      `${this.uri}: ${picture.format} ${picture.width}×${picture.height}, ${picture.channels} channel(s) of ` +
        `${picture.bitDepth} bits, ${length} bytes; read in ${Math.round(read - started)} ms, decoded in ` +
        `${Math.round(milliseconds)} ms (${each}), open after ${Math.round(performance.now() - started)} ms`,
    );
    const info = { ...picture, notes: notesOn(this.name, picture) };
    return { type: 'opened', info };
  }

  #startEngine(): EngineClient {
    const engine = this.surroundings.engines.take(failure => {
      if (this.#engine !== engine) return;
      this.#engine = undefined;
      // The decode in progress gets the same failure as its reply, and reports it.
      if (!this.#decoding) this.#fail(undecodable(failure), describe(failure));
    });
    return engine;
  }

  /** A decode cannot be interrupted, so its thread is ended; the next attempt starts a new one. */
  #stopDecoding(): void {
    if (!this.#decoding) return;
    this.#decoding = false;
    void this.#engine?.close();
    this.#engine = undefined;
  }

  #become(state: DocumentState): void {
    this.#state = state;
    this.#changed.fire(state);
  }

  #fail(state: DocumentState & { type: 'failed' }, reason?: unknown): void {
    this.#become(this.#failure(state, reason));
  }

  #failure(state: DocumentState & { type: 'failed' }, reason?: unknown): DocumentState {
    this.surroundings.log.warn(`${this.uri}: ${state.message}`, ...(reason === undefined ? [] : [reason]));
    return state;
  }

  #follow(): void {
    const onSetting = vscode.workspace.onDidChangeConfiguration(event => {
      const limited = this.#state.type === 'failed' && this.#state.remedies.includes('raiseLimit');
      if (limited && event.affectsConfiguration('poolingPreview.maxMegapixels')) void this.load();
    });
    const onWindow = vscode.window.onDidChangeWindowState(({ focused }) => {
      if (focused) void this.refresh();
    });
    this.#disposables.push(this.#watcher, onSetting, onWindow);
  }
}

/** Whether the picture is open and complete. */
function isInOrder(state: DocumentState): boolean {
  return (
    state.type === 'opened' && !state.info.notes.some(({ code }) => code === 'cutScan' || code === 'disturbedScan')
  );
}

/** A failure as text for the log. */
function describe(failure: EngineFailure): string {
  switch (failure.kind) {
    case 'decode':
      return failure.code;
    case 'died':
    case 'refused':
      return failure.message;
    default:
      return failure.kind;
  }
}
