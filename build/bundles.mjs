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

/**
 * The parser of Python is a bundle of its own, which is loaded when it is first needed.
 *
 * @type {import('esbuild').Plugin}
 */
const separatePython = {
  name: 'separate-python',
  setup({ onResolve }) {
    onResolve({ filter: /\/python$/ }, ({ kind }) =>
      kind === 'dynamic-import' ? { path: './python.js', external: true } : undefined,
    );
  },
};

/** @type {import('esbuild').BuildOptions} */
export const extension = {
  ...node,
  entryPoints: {
    extension: 'src/host/extension.ts',
    python: 'src/python/index.ts',
    worker: 'src/engine/worker.ts',
  },
  // A bundle that is in CommonJS itself can require it.
  supported: { 'dynamic-import': false },
  plugins: [separatePython],
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
