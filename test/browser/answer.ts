/** Node's end of node/ask.ts: calls what the tests in a browser ask for. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { deflateSync, gunzipSync, inflateSync } from 'node:zlib';
import type { Question } from './node/ask';

const functions: Readonly<Record<Question['name'], (bytes: Uint8Array, ...rest: never[]) => Uint8Array | string>> = {
  readFileSync: (_, path: string) => readFileSync(path.startsWith('file:') ? new URL(path) : path),
  readdirSync: (_, path: string) => JSON.stringify(readdirSync(path)),
  deflateSync,
  inflateSync,
  gunzipSync,
  sha256: bytes => createHash('sha256').update(bytes).digest(),
};

export function answer({ name, rest }: Question, bytes: Uint8Array): Uint8Array | string {
  return functions[name](bytes, ...(rest as never[]));
}
