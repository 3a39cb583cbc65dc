/**
 * What a host must provide beyond ECMAScript. `#platform` is the module that does, see `imports` in package.json; its
 * exports have their types from here. Failures are returned as data; no errors of the host are thrown.
 */
import type { Picture } from '../core/tensor';

/** What differs from host to host. */
export interface Platform {
  /** CRC-32 as in PNG and zlib. */
  crc32(bytes: Uint8Array): number;

  /**
   * Unpacks the first `length` bytes, less than 4 GB, of zlib data (RFC 1950). Holds little more than these, whatever
   * follows. Damage behind them counts only if zlib meets it with room for no more, as libpng does.
   */
  inflate(packed: Uint8Array, length: number): Promise<Inflated | InflateFailure>;

  /**
   * Unpacks as much as possible of zlib data that may be cut off anywhere; undefined if it is damaged. For short data
   * only.
   */
  inflateStart(packed: Uint8Array): Promise<Uint8Array | undefined>;

  /**
   * Unpacks zlib data piece by piece and keeps none, until the end or until `onPiece` returns true. Resolves with
   * whether there was no error so far; data that ends too early is one.
   */
  inflatePieces(
    packed: Uint8Array,
    options: InflatePiecesOptions,
    onPiece: (piece: Uint8Array) => boolean,
  ): Promise<boolean>;

  /** The bytes of a PNG file with the picture's own channels and bit depth. */
  writePng(picture: Picture): Promise<Uint8Array<ArrayBuffer>>;

  /** The path of the user's home folder; undefined where there is none. */
  homeFolder(): string | undefined;

  /** The files of the machine that the host runs on; undefined where it can read none. */
  readonly localFiles: LocalFiles | undefined;

  /**
   * What threads are started from.
   *
   * @param folder the path of the bundles, where they are files of this machine
   * @param read reads one of them, wherever they are
   */
  workerScript(folder: string, read: (name: string) => PromiseLike<Uint8Array>): Promise<string>;

  /**
   * Starts a thread. If it cannot start, that is reported like its death.
   *
   * @param script from {@link workerScript}
   */
  startWorker(script: string, options: WorkerOptions): WorkerHandle;

  /** The port of a thread to the host that started it. */
  workerPort(): WorkerPort;
}

/** Files by their paths. */
export interface LocalFiles {
  stat(path: string): Promise<LocalFile | FileFailure>;
  read(path: string): Promise<Uint8Array<ArrayBuffer> | FileFailure>;
}

/** What is known of a file that has not been read. */
export interface LocalFile {
  /** Bytes. */
  readonly size: number;
  /** When it was last written, in milliseconds since 1970. */
  readonly mtime: number;
}

/** Why a file cannot be read. */
export interface FileFailure {
  readonly failure: 'missing' | 'forbidden' | 'folder' | 'other';
  /** The host's own error, for a log. */
  readonly cause?: unknown;
}

/** Unpacked data. */
export interface Inflated {
  /** `length` bytes, in memory that nothing else shares and that can be transferred. */
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** What follows them: more unpacked data, or bytes after the end of the zlib data. */
  readonly surplus?: 'data' | 'bytes';
}

/** Why data could not be unpacked. */
export interface InflateFailure {
  /**
   * `short`: the data ends before `length` bytes. `damaged`: it is invalid before that. `memory`: there is not enough.
   */
  readonly failure: 'short' | 'damaged' | 'memory';
  /** The host's own error, for a log. */
  readonly cause?: unknown;
}

/** Options for unpacking piece by piece. */
export interface InflatePiecesOptions {
  /** The most bytes in a piece, unless the host needs larger ones. */
  readonly pieceLength: number;
  /**
   * Whether data that refers further back than its declared window is damaged, as far as that shows between pieces.
   * Otherwise it may refer back up to 32 KB.
   */
  readonly strictWindow?: boolean;
}

/** Options of a thread. */
export interface WorkerOptions {
  /** Shown in a debugger. */
  readonly name: string;
  /** Limits the thread's JavaScript heap, if the host can, so that only the thread dies. */
  readonly heapMegabytes: number;
}

/** A thread, seen from outside. */
export interface WorkerHandle {
  postMessage(message: unknown, transfer: readonly ArrayBuffer[]): void;
  onMessage(listener: (message: unknown) => void): void;
  /**
   * Called for each sign that the thread has ended or its message is unreadable, also after `terminate`. The first has
   * the cause.
   */
  onDeath(listener: (death: WorkerDeath) => void): void;
  /** Ends the thread at once. */
  terminate(): Promise<void>;
}

export type WorkerDeath = { readonly kind: 'memory' } | { readonly kind: 'died'; readonly message: string };

/** The host that started the thread, seen from inside. */
export interface WorkerPort {
  postMessage(message: unknown, transfer: readonly ArrayBuffer[]): void;
  onMessage(listener: (message: unknown) => void): void;
}
