import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { createInterface } from 'node:readline';

const program = `
import cv2, sys, time
cv2.setNumThreads(1)
for line in sys.stdin:
    mode, path = line.rstrip("\\n").split(" ", 1)
    flag = cv2.IMREAD_GRAYSCALE if mode == "grey" else cv2.IMREAD_COLOR
    start = time.perf_counter()
    cv2.imread(path, flag)
    print((time.perf_counter() - start) * 1000, flush=True)
`;

/** OpenCV in a process of its own, Debian's python3-opencv. */
export class OpenCv {
  readonly #lines: AsyncIterator<string>;

  private constructor(private readonly process: ChildProcess) {
    this.#lines = createInterface({ input: process.stdout! })[Symbol.asyncIterator]();
  }

  /** Undefined where it cannot be had. */
  static start(): OpenCv | undefined {
    if (spawnSync('/usr/bin/python3', ['-c', 'import cv2']).status !== 0) return undefined;
    return new OpenCv(spawn('/usr/bin/python3', ['-c', program], { stdio: ['pipe', 'pipe', 'ignore'] }));
  }

  /** Milliseconds that `cv2.imread` takes, on one thread. */
  async read(path: string, mode: 'colour' | 'grey'): Promise<number> {
    this.process.stdin!.write(`${mode} ${path}\n`);
    return Number((await this.#lines.next()).value);
  }

  close(): void {
    this.process.stdin!.end();
  }
}
