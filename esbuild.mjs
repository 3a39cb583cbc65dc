// Builds the three bundles that ship: the extension, its worker thread, and the webview.
//   node esbuild.mjs [--watch] [--production] [--tests]
import { cpSync, rmSync } from 'node:fs';
import { context } from 'esbuild';

const watch = process.argv.includes('--watch');
const production = process.argv.includes('--production');

/** @type {import('esbuild').BuildOptions} */
const common = {
  bundle: true,
  minify: production,
  sourcemap: production ? false : 'linked',
  logLevel: 'info',
  outdir: 'dist',
};
/** @type {import('esbuild').BuildOptions} */
const node = { ...common, platform: 'node', format: 'cjs', target: 'node20', external: ['vscode'] };

const builds = [
  { ...node, entryPoints: { extension: 'src/host/extension.ts', worker: 'src/engine/worker.ts' } },
  {
    ...common,
    platform: 'browser',
    format: 'iife',
    target: 'chrome128',
    entryPoints: { webview: 'src/webview/main.ts' },
  },
];
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
  const build = await context(options);
  if (watch) {
    await build.watch();
  } else {
    await build.rebuild();
    await build.dispose();
  }
}

// The icon font, as VS Code's own team publishes it for webviews.
for (const file of ['codicon.css', 'codicon.ttf']) cpSync(`node_modules/@vscode/codicons/dist/${file}`, `dist/${file}`);
