import { readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build, type Plugin } from 'esbuild';

const root = join(import.meta.dirname, '../..');
const replacements = join(import.meta.dirname, 'node');

/** Puts what is in the folder `node` in the place of Node's modules. */
const insteadOfNode: Plugin = {
  name: 'instead-of-node',
  setup({ onResolve }) {
    onResolve({ filter: /^node:/ }, ({ path }) => ({
      path: join(replacements, `${path.slice('node:'.length).split('/')[0]}.ts`),
    }));
  },
};

/** Tells a test file where it is, as Node does. */
const placeOfFile: Plugin = {
  name: 'place-of-file',
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]test[\\/].*\.ts$/ }, ({ path }) => {
      const place: Readonly<Record<string, string>> = {
        'import.meta.dirname': dirname(path),
        'import.meta.url': pathToFileURL(path).href,
        __dirname: dirname(path),
      };
      const names = /\bimport\.meta\.(dirname|url)\b|\b__dirname\b/g;
      return {
        contents: readFileSync(path, 'utf8').replace(names, name => JSON.stringify(place[name])),
        loader: 'ts',
      };
    });
  },
};

/** Files of tests as scripts for workers, by their paths in the folder of tests: as the product for browsers is bundled, without Node. */
export async function bundle(files: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const { outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: [...files],
    outbase: 'test',
    outdir: 'out',
    bundle: true,
    write: false,
    platform: 'browser',
    format: 'iife',
    target: 'chrome128',
    sourcemap: 'inline',
    sourcesContent: false,
    logLevel: 'error',
    define: { 'process.env': '{}' },
    inject: [join(replacements, 'globals.ts')],
    plugins: [insteadOfNode, placeOfFile],
  });
  return new Map(outputFiles.map(({ path, text }) => [relative(join(root, 'out'), path).replaceAll('\\', '/'), text]));
}
