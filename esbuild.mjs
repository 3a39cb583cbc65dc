// Builds the three bundles that ship: the extension, its worker thread, and the webview.
//   node esbuild.mjs [--watch] [--production] [--tests]
import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { context, transform } from 'esbuild';

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

// The icon font, as VS Code's own team publishes it for webviews, and of its 600 icons the rules of those that the page names.
const icons = 'node_modules/@vscode/codicons/dist';
cpSync(`${icons}/codicon.ttf`, 'dist/codicon.ttf');
const page = readFileSync('dist/webview.js', 'utf8');
const isNamed = (name = '?') =>
  [`"${name}"`, `'${name}'`, `codicon-${name}`].some(text => page.includes(text)) ||
  [...page.matchAll(/codicon-([a-z-]+-)\$/g)].some(([, start]) => name.startsWith(start));
const rules = readFileSync(`${icons}/codicon.css`, 'utf8')
  .replace(/url\("\.\/codicon\.ttf.*?"\)/, 'url("codicon.ttf")')
  .split('\n')
  .filter(line => !/^\.codicon-/.test(line) || isNamed(/^\.codicon-([a-z0-9-]+):/.exec(line)?.[1]));
const { code } = await transform(`${rules.join('\n')}\n${readFileSync('media/webview.css', 'utf8')}`, {
  loader: 'css',
  minify: production,
  target: 'chrome132',
});
writeFileSync('dist/webview.css', code);
