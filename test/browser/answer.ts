/** Node's end of node/ask.ts: calls what tests in a browser ask for. */
import { createHash } from 'node:crypto';
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { relative, resolve } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { deflateSync, gunzipSync, inflateSync } from 'node:zlib';
import { PNG } from 'pngjs';
import type { Question } from './node/ask';

const root = resolve(import.meta.dirname, '../..');

/** What tests may do to the files of this machine. */
class Files {
  /** @param writable files and folders that they may write; the first is where their temporary files go */
  constructor(private readonly writable: readonly string[]) {}

  get temporary(): string {
    const [folder] = this.writable;
    if (!folder) throw new Error('There is no folder for temporary files');
    return folder;
  }

  /** A path, or a URL of a file, that may be read. */
  toRead = (place: string): string =>
    within([root, ...this.writable], place.startsWith('file:') ? fileURLToPath(place) : place);

  toWrite = (path: string): string => within(this.writable, path);
}

function within(places: readonly string[], path: string): string {
  const isBelow = (place: string) => !/^\.\.([\\/]|$)/.test(relative(place, path));
  if (!places.some(isBelow)) throw new Error(`${path} is none of the files of the tests`);
  return path;
}

type Answer = Uint8Array | string | undefined;

/** What each question asks for; the bytes and what else it comes with are what the function of Node takes. */
const functions: Readonly<Record<Question['name'], (files: Files, bytes: Uint8Array, ...rest: never[]) => Answer>> = {
  readFileSync: ({ toRead }, _, path: string) => readFileSync(toRead(path)),
  readdirSync: ({ toRead }, _, path: string) => JSON.stringify(readdirSync(toRead(path))),
  existsSync: ({ toRead }, _, path: string) => JSON.stringify(existsSync(toRead(path))),
  realpathSync: ({ toRead }, _, path: string) => realpathSync(toRead(path)),
  writeFileSync: ({ toWrite }, bytes, path: string) => nothing(writeFileSync(toWrite(path), bytes)),
  appendFileSync: ({ toWrite }, bytes, path: string) => nothing(appendFileSync(toWrite(path), bytes)),
  mkdirSync: ({ toWrite }, _, path: string) => nothing(mkdirSync(toWrite(path))),
  mkdtempSync: ({ toWrite }, _, prefix: string) => mkdtempSync(toWrite(prefix)),
  renameSync: ({ toWrite }, _, from: string, to: string) => nothing(renameSync(toWrite(from), toWrite(to))),
  rmSync: ({ toWrite }, _, path: string, options: object) => nothing(rmSync(toWrite(path), options)),
  symlinkSync: ({ toWrite }, _, target: string, path: string) => nothing(symlinkSync(toWrite(target), toWrite(path))),
  tmpdir: ({ temporary }) => temporary,
  deflateSync: (_, bytes, options: object) => deflateSync(bytes, options),
  inflateSync: (_, bytes, options: object) => inflateSync(bytes, options),
  gunzipSync: (_, bytes, options: object) => gunzipSync(bytes, options),
  sha256: (_, bytes) => createHash('sha256').update(bytes).digest(),
  readPng: (_, bytes) => {
    const { width, height, data } = PNG.sync.read(Buffer.from(bytes));
    return Buffer.concat(
      [Uint32Array.of(width, height), data].map(part => new Uint8Array(part.buffer, part.byteOffset, part.byteLength)),
    );
  },
  writePng: (_, bytes, picture: { width: number; height: number }, options: object) =>
    PNG.sync.write(Object.assign(new PNG(picture), { data: alone(bytes) }), options),
};

/** In memory of their own: for 16 bits pngjs reads all that they are a part of. */
const alone = (bytes: Uint8Array) => Buffer.from(new Uint8Array(bytes).buffer);

function nothing(_: unknown): undefined {}

/**
 * Answers the requests of tests.
 *
 * @param writable files and folders that they may write; the first is where their temporary files go
 */
export function answering(writable: readonly string[] = []) {
  const files = new Files(writable);
  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    try {
      const question = new URL(request.url!, 'http://localhost').search.slice(1);
      const { name, rest } = JSON.parse(decodeURIComponent(question)) as Question;
      response.end(functions[name](files, await buffer(request), ...(rest as never[])));
    } catch (error) {
      response.writeHead(500).end(String(error));
    }
  };
}
