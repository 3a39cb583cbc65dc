import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** What Node needs on its command line to run our TypeScript, in whatever folder it is started. */
export const typescript = ['--import', pathToFileURL(createRequire(__filename).resolve('tsx')).href] as const;

export interface Guarded {
  /** Exit code of the command, when it has ended. */
  readonly ended: Promise<number>;
  /** Output of the command as it comes, both streams, line by line. */
  onLine(listener: (line: string) => void): void;
  /** Kills the command with all it started and deletes `remove`. Resolves when that is done. */
  stop(): Promise<void>;
}

/** Starts `command` under a guard: it ends, and `remove` is deleted, when this process ends in whatever way. See guard.ts. */
export function guarded(
  command: [string, ...string[]],
  { cwd, env, remove = [] }: { cwd?: string; env?: Readonly<Record<string, string>>; remove?: readonly string[] } = {},
): Guarded {
  const guard = spawn(
    process.execPath,
    [...typescript, join(__dirname, 'guard.ts'), JSON.stringify({ remove, command })],
    // Detached: a Ctrl-C in the terminal must not reach the guard before it has cleaned up.
    {
      ...(cwd && { cwd }),
      env: { ...plainEnvironment(), ...env },
      stdio: ['pipe', 'pipe', 'pipe'],
      detached: true,
      windowsHide: true,
    },
  );
  guard.stdin.on('error', () => {}); // EPIPE: the guard has ended already
  const ended = once(guard, 'close').then(([code]) => (code as number | null) ?? 1);
  return {
    ended,
    onLine(listener) {
      readLines(guard.stdout, listener);
      readLines(guard.stderr, listener);
    },
    async stop() {
      guard.stdin.end();
      await ended;
    },
  };
}

function readLines(stream: NonNullable<ChildProcess['stdout']>, listener: (line: string) => void): void {
  let rest = '';
  stream.setEncoding('utf8').on('data', (text: string) => {
    const lines = (rest + text).split(/\r?\n/);
    rest = lines.pop()!;
    lines.forEach(listener);
  });
  stream.on('end', () => rest && listener(rest));
}

/** Our environment without what a surrounding VS Code, Electron or Node has put there for its own children. */
function plainEnvironment(): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^(VSCODE_|ELECTRON_|NODE_OPTIONS$)/.test(name)),
  );
}
