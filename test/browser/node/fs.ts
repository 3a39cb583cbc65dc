/** What the tests use of `node:fs`, for files of this project and for temporary ones. */
import { Buffer } from 'buffer';
import { ask, askText } from './ask';

export function readFileSync(path: string | URL, encoding?: BufferEncoding): string | Buffer {
  const bytes = Buffer.from(ask('readFileSync', [String(path)]).buffer);
  return encoding ? bytes.toString(encoding) : bytes;
}

export function readdirSync(path: string): string[] {
  return JSON.parse(askText('readdirSync', [path]));
}

export function statSync(path: string): { readonly size: number } {
  return { size: readFileSync(path).length };
}

export const existsSync = (path: string): boolean => JSON.parse(askText('existsSync', [path]));

export const realpathSync = (path: string): string => askText('realpathSync', [path]);

export const mkdtempSync = (prefix: string): string => askText('mkdtempSync', [prefix]);

const written = (content: Uint8Array | string) => (typeof content === 'string' ? Buffer.from(content) : content);

export function writeFileSync(path: string, content: Uint8Array | string): void {
  ask('writeFileSync', [path], written(content));
}

export function appendFileSync(path: string, content: Uint8Array | string): void {
  ask('appendFileSync', [path], written(content));
}

export function mkdirSync(path: string): void {
  ask('mkdirSync', [path]);
}

export function renameSync(from: string, to: string): void {
  ask('renameSync', [from, to]);
}

export function rmSync(path: string, options: { readonly recursive?: boolean; readonly force?: boolean } = {}): void {
  ask('rmSync', [path, options]);
}

export function symlinkSync(target: string, path: string): void {
  ask('symlinkSync', [target, path]);
}
