// Builds the bundles that ship: the extension, its worker thread, and the webview, for desktop and browser.
//   node esbuild.mjs [--watch] [--production] [--tests]
import { rmSync } from 'node:fs';
import { context } from 'esbuild';
import { bundles, node, page } from './build/bundles.mjs';
import { style } from './build/style.mjs';

const watch = process.argv.includes('--watch');
const production = process.argv.includes('--production');

const builds = bundles.map(options => (options === page ? { ...page, plugins: [style] } : options));
if (process.argv.includes('--tests')) {
  // Mocha finds the suites in this folder: one deleted in test/integration must not linger.
  rmSync('dist/test', { recursive: true, force: true });
  builds.push({
    ...node,
    entryPoints: ['test/integration/index.ts', 'test/integration/*.test.ts'],
    outbase: 'test/integration',
    outdir: 'dist/test',
    external: ['vscode', 'mocha'],
  });
}

for (const options of builds) {
  const build = await context({
    ...options,
    minify: production,
    sourcemap: production ? false : 'linked',
    logLevel: 'info',
  });
  if (watch) {
    await build.watch();
  } else {
    await build.rebuild();
    await build.dispose();
  }
}
