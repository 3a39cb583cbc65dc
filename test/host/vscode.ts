import { join } from 'node:path';
import { installed, npmInstall, npmInstallDependencies } from './install';
import { codeServer, nodePackages, serverNodeMajor, type VSCodeVersion } from './versions';

/** The folder of that VS Code's server (it holds out/server-main.js), installed if need be. */
export async function ensureVSCode(version: VSCodeVersion): Promise<string> {
  const inside = join('node_modules', 'code-server', 'lib', 'vscode');
  const folder = await installed(`vscode-${version}`, `VS Code ${version}`, async (partial, step) => {
    await npmInstall(step, partial, [`code-server@${codeServer[version]}`]);
    // Installing the package does not install what its VS Code needs. No native module gets compiled here: the server
    // logs that some are missing, and all that we use works without.
    await npmInstallDependencies(step, join(partial, inside));
  });
  return join(folder, inside);
}

/** A Node binary of the major version that the server needs, installed if the running one is another. */
export async function ensureServerNode(): Promise<string> {
  if (process.versions.node.startsWith(`${serverNodeMajor}.`)) {
    return process.execPath;
  }
  const platform = `${process.platform}-${process.arch}`;
  const found = nodePackages[platform];
  if (!found) {
    throw new Error(
      `npm has no Node ${serverNodeMajor} for ${platform}: run this with a Node ${serverNodeMajor} that you install yourself`,
    );
  }
  const { name, version } = found;
  const folder = await installed(`node-${version}`, `Node ${version} for VS Code`, (partial, step) =>
    npmInstall(step, partial, [`${name}@${version}`]),
  );
  return join(folder, 'node_modules', name, 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
}
