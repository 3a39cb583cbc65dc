import { spawn } from 'node:child_process';

/** Opens `url` in the default browser of the person at this machine, if there seems to be one; never fails. */
export function openInUsersBrowser(url: string): void {
  const { env, platform } = process;
  const hasDisplay = platform === 'win32' || platform === 'darwin' || Boolean(env['DISPLAY'] || env['WAYLAND_DISPLAY']);
  // Over SSH the display would be another machine's, where this address means nothing.
  if (env['CI'] || env['SSH_CONNECTION'] || !hasDisplay) {
    return;
  }
  const [command, ...args]: [string, ...string[]] =
    platform === 'win32'
      ? ['rundll32', 'url.dll,FileProtocolHandler', url]
      : platform === 'darwin'
        ? ['open', url]
        : ['xdg-open', url];
  spawn(command, args, { stdio: 'ignore', detached: true })
    .on('error', () => {}) // the address has been printed
    .unref();
}
