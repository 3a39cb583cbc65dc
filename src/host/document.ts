import * as path from 'node:path';
import * as vscode from 'vscode';
import type { Inspection } from '../core/inspect';
import { EngineClient } from '../engine/client';
import type { Encoded, EncodeRequest, EngineFailure, Outcome, Pixels, Rendered } from '../engine/message';
import type { CountsOfPanes, CountsRequest, FromHost, InspectRequest, PixelsRequest, RenderRequest } from '../protocol';
import { cancelled, tooLargeFile, undecodable, unreadable } from './failure';
import type { Gate } from './gate';
import { notesOn } from './notes';

/** What a panel shows of a document, exactly as it is told. */
export type DocumentState = Extract<FromHost, { type: 'opening' | 'opened' | 'failed' }>;

/** What documents share. */
export interface Surroundings {
  /** Path of the bundled worker. */
  readonly workerScript: string;
  readonly log: vscode.LogOutputChannel;
  /** Bounds how many pictures are decoded at once: that is when they take the most memory. */
  readonly gate: Gate;
  /** The setting, in pixels. */
  readonly maxPixels: () => number;
}

/** A change on disk often comes as several events; they count as one when no further comes for this long. */
const settleMilliseconds = 150;

/** No picture needs more bytes per pixel in its file: a 16-bit RGBA one of pure noise takes 8. */
const bytesPerPixel = 8;

/** Reading a file in one piece stops below 2 GiB on some hosts. */
const mostBytes = 2 ** 31 - 1;

/** One file, its engine and its watcher, however many panels show it. */
export class PictureDocument implements vscode.CustomDocument {
  readonly #changed = new vscode.EventEmitter<DocumentState>();
  /** Fires with each new state. */
  readonly onDidChange = this.#changed.event;
  readonly #disposables: vscode.Disposable[] = [this.#changed];
  #state: DocumentState = { type: 'opening', stage: 'reading' };
  #engine: EngineClient | undefined;
  #decoding = false;
  /** Counts attempts to load: whatever belongs to an earlier one is void. */
  #attempt = 0;
  #settling: NodeJS.Timeout | undefined;
  /** What the file looked like when it was last read. */
  #version = '';
  #disposed = false;

  constructor(
    readonly uri: vscode.Uri,
    private readonly surroundings: Surroundings,
  ) {
    this.#watch();
    void this.load();
  }

  get name(): string {
    return path.posix.basename(this.uri.path);
  }

  get state(): DocumentState {
    return this.#state;
  }

  /** Reads and decodes the file, instead of any attempt under way. Ends in the state `opened` or `failed`, whatever happens. */
  async load(): Promise<void> {
    clearTimeout(this.#settling);
    const attempt = ++this.#attempt;
    this.#stopDecoding();
    this.#become({ type: 'opening', stage: 'reading' });
    const isCurrent = () => attempt === this.#attempt && !this.#disposed;
    try {
      const state = await this.#open(isCurrent);
      if (state && isCurrent()) this.#become(state);
    } catch (error) {
      if (isCurrent()) this.#fail(unreadable(error), error);
    }
  }

  /** Stops an attempt to load. */
  cancel(): void {
    if (this.#state.type !== 'opening') return;
    this.#attempt++;
    this.#stopDecoding();
    this.#fail(cancelled());
  }

  /** Loads again if the file is not what it was: for file systems that do not tell, asked when a panel comes into view. */
  async refresh(): Promise<void> {
    if (this.#state.type === 'opening') return;
    const attempt = this.#attempt;
    const version = await this.#readVersion().catch(() => 'missing');
    if (attempt === this.#attempt && !this.#disposed && version !== this.#version) await this.load();
  }

  render(request: RenderRequest): Promise<Outcome<Rendered>> {
    return this.#ask(engine => engine.render(request));
  }

  inspect(request: InspectRequest): Promise<Outcome<Inspection>> {
    return this.#ask(engine => engine.inspect(request));
  }

  counts(request: CountsRequest): Promise<Outcome<CountsOfPanes>> {
    return this.#ask(engine => engine.counts(request));
  }

  pixels(request: PixelsRequest): Promise<Outcome<Pixels>> {
    return this.#ask(engine => engine.pixels(request));
  }

  encode(request: EncodeRequest): Promise<Outcome<Encoded>> {
    return this.#ask(engine => engine.encode(request));
  }

  dispose(): void {
    this.#disposed = true;
    clearTimeout(this.#settling);
    void this.#engine?.close();
    this.#engine = undefined;
    for (const disposable of this.#disposables) disposable.dispose();
  }

  /** One attempt: from the file to the state it ends in; undefined once it is void. Throws what the file system throws. */
  async #open(isCurrent: () => boolean): Promise<DocumentState | undefined> {
    const { log, gate } = this.surroundings;
    const limits = { maxPixels: this.surroundings.maxPixels() };

    const started = performance.now();
    this.#version = 'missing';
    const { size, version } = await this.#stat();
    this.#version = version;
    if (!isCurrent()) return undefined;
    const limit = Math.min(limits.maxPixels * bytesPerPixel, mostBytes);
    if (size > limit) return this.#failure(tooLargeFile(Math.ceil(size / 1e6), Math.floor(limit / 1e6)));
    const bytes = await vscode.workspace.fs.readFile(this.uri);
    if (!isCurrent()) return undefined;
    const read = performance.now();

    this.#become({ type: 'opening', stage: 'decoding' });
    const length = bytes.byteLength;
    const outcome = await gate.pass(async () => {
      if (!isCurrent()) return undefined;
      this.#engine ??= this.#startEngine();
      this.#decoding = true;
      // Bytes from disk are nobody else's; a file system provider may hand out the memory it keeps.
      return this.#engine.decode(bytes, limits, this.uri.scheme === 'file');
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

  async #ask<T>(question: (engine: EngineClient) => Promise<Outcome<T>>): Promise<Outcome<T>> {
    if (this.#state.type !== 'opened' || !this.#engine) return { err: { kind: 'empty' } };
    const outcome = await question(this.#engine);
    if ('err' in outcome && outcome.err.kind === 'died') this.surroundings.log.error(describe(outcome.err));
    return outcome;
  }

  #startEngine(): EngineClient {
    const engine = new EngineClient(this.surroundings.workerScript, failure => {
      if (this.#engine !== engine) return;
      this.#engine = undefined;
      // A decode under way is answered with the same failure, and reports it.
      if (!this.#decoding) this.#fail(undecodable(failure), describe(failure));
    });
    return engine;
  }

  /** A decode cannot be interrupted, only its thread ended; the next attempt starts a new one. */
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

  async #stat(): Promise<{ size: number; version: string }> {
    const { size, mtime, type } = await vscode.workspace.fs.stat(this.uri);
    if (type & vscode.FileType.Directory) throw vscode.FileSystemError.FileIsADirectory(this.uri);
    return { size, version: `${mtime} ${size}` };
  }

  async #readVersion(): Promise<string> {
    return (await this.#stat()).version;
  }

  #watch(): void {
    // A name can hold what a glob gives a meaning; then watch the folder and look for the name.
    const pattern = /[*?[\]{}]/.test(this.name) ? '*' : this.name;
    const folder = vscode.Uri.joinPath(this.uri, '..');
    const watcher = vscode.workspace.createFileSystemWatcher(new vscode.RelativePattern(folder, pattern));
    const onEvent = (uri: vscode.Uri) => {
      if (path.posix.basename(uri.path) !== this.name) return;
      clearTimeout(this.#settling);
      this.#settling = setTimeout(() => void this.load(), settleMilliseconds);
    };
    watcher.onDidChange(onEvent, undefined, this.#disposables);
    watcher.onDidCreate(onEvent, undefined, this.#disposables);
    watcher.onDidDelete(onEvent, undefined, this.#disposables);
    const onSetting = vscode.workspace.onDidChangeConfiguration(event => {
      const limited = this.#state.type === 'failed' && this.#state.remedies.includes('raiseLimit');
      if (limited && event.affectsConfiguration('poolingPreview.maxMegapixels')) void this.load();
    });
    this.#disposables.push(watcher, onSetting);
  }
}

/** For the log. */
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
