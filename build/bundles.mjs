/** What esbuild makes of the extension's sources. No option of a single build is in here: notices.mjs asks too. */

/** @type {import('esbuild').BuildOptions} */
export const node = {
  bundle: true,
  outdir: 'dist',
  platform: 'node',
  format: 'cjs',
  target: 'node20',
  external: ['vscode'],
};

/** @type {import('esbuild').BuildOptions} */
export const extension = {
  ...node,
  entryPoints: { extension: 'src/host/extension.ts', worker: 'src/engine/worker.ts' },
};

/** @type {import('esbuild').BuildOptions} */
export const page = {
  bundle: true,
  outdir: 'dist',
  platform: 'browser',
  format: 'iife',
  target: 'chrome128',
  entryPoints: { webview: 'src/webview/main.ts' },
};
