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
const browser = {
  bundle: true,
  outdir: 'dist',
  platform: 'browser',
  target: 'chrome128',
};

/**
 * Leaves a module out of a bundle, which finds it in another one.
 *
 * @param {RegExp} filter of what is imported
 * @param {string} path of the other bundle
 * @param {import('esbuild').ImportKind} kind
 * @returns {import('esbuild').Plugin}
 */
const separate = (filter, path, kind) => ({
  name: 'separate',
  setup({ onResolve }) {
    onResolve({ filter }, found => (found.kind === kind ? { path, external: true } : undefined));
  },
});

/** @type {import('esbuild').BuildOptions} */
export const extension = {
  ...node,
  entryPoints: { extension: 'src/host/extension.ts', python: 'src/python/index.ts', platform: 'src/platform/node.ts' },
  // A bundle that is in CommonJS itself can require it.
  supported: { 'dynamic-import': false },
  // The parser of Python is loaded when it is first needed.
  plugins: [separate(/\/python$/, './python.js', 'dynamic-import')],
};

/** The extension for browsers, where a script can load no other: the parser of Python is in it. */
/** @type {import('esbuild').BuildOptions} */
export const webExtension = {
  ...browser,
  format: 'cjs',
  entryPoints: { 'web/extension': 'src/host/extension.ts' },
  external: ['vscode'],
};

/**
 * The engine, in worker threads of Node and of browsers. It requires its platform: in Node that is a file beside it, in
 * a browser it stands before it in one script.
 *
 * @type {import('esbuild').BuildOptions}
 */
export const engine = {
  ...browser,
  format: 'cjs',
  target: ['node20', 'chrome128'],
  entryPoints: { worker: 'src/engine/worker.ts' },
  plugins: [separate(/^#platform$/, './platform.js', 'import-statement')],
};

/** @type {import('esbuild').BuildOptions} */
export const webPlatform = {
  ...browser,
  format: 'iife',
  globalName: 'platform',
  footer: { js: 'var require = () => platform;' },
  entryPoints: { 'web/platform': 'src/platform/web.ts' },
};

/** @type {import('esbuild').BuildOptions} */
export const page = {
  ...browser,
  format: 'iife',
  entryPoints: { webview: 'src/webview/main.ts' },
};

/** All that ships. */
export const bundles = [extension, webExtension, engine, webPlatform, page];
