/**
 * Installs what the tests need, while others that need none of it run. Says nothing: whoever misses something says so, and
 * waits for an installation that is under way.
 */
import { ensureBrowser } from './browser';
import { endWithParent } from './parent';
import { codeServer, type VSCodeVersion } from './versions';
import { ensureServerNode, ensureVSCode } from './vscode';

async function main(): Promise<void> {
  await ensureServerNode();
  for (const version of Object.keys(codeServer) as VSCodeVersion[]) await ensureVSCode(version);
  await ensureBrowser();
}

endWithParent();
main().catch(() => process.exit(1));
