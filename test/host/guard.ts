/**
 * Runs one command for another process and cleans up behind it, whatever happens to that process.
 *
 *     node --import tsx guard.ts '{"remove": [path, …], "command": […]}'
 *
 * The parent holds the other end of our standard input. When it closes (the parent stopped us, returned, threw, was
 * interrupted or even killed with SIGKILL), the command and everything it started are killed and `remove` is deleted.
 * So no caller needs signal handlers, which would also get in the way of the test runners' own.
 * A command that ends well by itself leaves `remove` in place; one that fails does not.
 */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { constants } from 'node:os';

const { remove, command } = JSON.parse(process.argv[2]!) as { remove: string[]; command: [string, ...string[]] };

// A process group of its own, so that it can be killed as a whole.
const child = spawn(command[0], command.slice(1), { stdio: ['ignore', 'inherit', 'inherit'], detached: true });
child.on('error', error => {
  process.stderr.write(`${error.message}\n`);
  end(127);
});
child.on('exit', (code, signal) => end(code ?? 128 + constants.signals[signal!]));

process.stdin.resume();
process.stdin.on('close', () => end(1));
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => end(1));
}

function end(code: number): never {
  killTree(child);
  if (code !== 0) {
    for (const path of remove) {
      rmSync(path, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
    }
  }
  process.exit(code);
}

function killTree({ pid }: ChildProcess): void {
  if (pid === undefined) {
    return;
  }
  if (process.platform === 'win32') {
    spawnSync('taskkill', ['/pid', String(pid), '/t', '/f']);
    return;
  }
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // ESRCH: nothing is left of the group.
  }
}
