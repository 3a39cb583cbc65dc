import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import type { Case, Contender } from './contender';

/** OpenCV and PyTorch, as far as some Python on this machine has them: a process that is asked for one run at a time. */
export async function pythonContenders(height: number, width: number): Promise<Contender[]> {
  let best: { process: PythonProcess; contenders: Contender[] } | undefined;
  for (const command of ['python3', '/usr/bin/python3']) {
    const process = await PythonProcess.start(command, height, width);
    if (!process) continue;
    const contenders = contendersOf(process);
    if (contenders.length > (best?.contenders.length ?? 0)) {
      best?.process.close();
      best = { process, contenders };
    } else {
      process.close();
    }
  }
  return best?.contenders ?? [];
}

function contendersOf(process: PythonProcess): Contender[] {
  const { opencv, torch } = process.versions;
  const contenders: Contender[] = [];
  const contender = (library: string, name: string, about: string) =>
    contenders.push({
      name,
      about,
      prepare: async test => () => process.run(library, test),
      close: () => process.close(),
    });
  if (opencv) {
    const what = 'max: dilate, avg: blur or resize INTER_AREA; where it has no stride, every s-th pixel copied';
    contender('opencv', 'OpenCV', `OpenCV ${opencv}, 1 thread, uint8, output reused; ${what}`);
  }
  if (torch) contender('torch', 'PyTorch', `PyTorch ${torch}, 1 thread, float32 NCHW`);
  return contenders;
}

class PythonProcess {
  readonly #process: ChildProcessByStdio<Writable, Readable, null>;
  readonly #lines: AsyncIterator<string>;
  versions: { readonly opencv?: string; readonly torch?: string } = {};

  private constructor(process: ChildProcessByStdio<Writable, Readable, null>) {
    this.#process = process;
    this.#lines = createInterface({ input: process.stdout })[Symbol.asyncIterator]();
  }

  /** Null where there is no such Python, or one without NumPy. */
  static async start(command: string, height: number, width: number): Promise<PythonProcess | null> {
    const script = join('test', 'bench', 'python.py');
    const child = spawn(command, [script, String(height), String(width)], { stdio: ['pipe', 'pipe', 'ignore'] });
    child.on('error', () => {});
    const process = new PythonProcess(child);
    const { value } = await process.#lines.next();
    if (value === undefined) return null;
    process.versions = JSON.parse(value);
    return process;
  }

  async run(library: string, { kind, kernel, stride, padding, channels }: Case): Promise<number> {
    this.#process.stdin.write(`${JSON.stringify([library, kind, kernel, stride, padding, channels])}\n`);
    const { value } = await this.#lines.next();
    if (value === undefined) throw new Error(`Python ended while running ${library}`);
    return JSON.parse(value);
  }

  close(): void {
    this.#process.stdin.end();
  }
}
