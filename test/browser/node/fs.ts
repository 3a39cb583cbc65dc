/** What the tests use of `node:fs`, for files of this project. */
import { Buffer } from 'buffer';
import { ask } from './ask';

export function readFileSync(path: string | URL, encoding?: BufferEncoding): string | Buffer {
  const bytes = Buffer.from(ask('readFileSync', [String(path)]).buffer);
  return encoding ? bytes.toString(encoding) : bytes;
}

export function readdirSync(path: string): string[] {
  return JSON.parse(new TextDecoder().decode(ask('readdirSync', [path])));
}

export function statSync(path: string): { readonly size: number } {
  return { size: readFileSync(path).length };
}
