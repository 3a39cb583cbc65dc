import { readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type BuildOptions, build, type Plugin } from 'esbuild';

const root = join(import.meta.dirname, '../..');
const replacements = join(import.meta.dirname, 'node');

/** Puts what is in the folder `node` in the place of Node's modules, and of packages that need them. */
const insteadOfNode: Plugin = {
  name: 'instead-of-node',
  setup({ onResolve }) {
    onResolve({ filter: /^(node:|pngjs$)/ }, ({ path }) => ({
      path: join(replacements, `${path.replace('node:', '').split('/')[0]}.ts`),
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

/**
 * How tests for browsers are bundled: as the product is, without Node.
 *
 * @param answers the address at which Node answers, see answer.ts
 * @param environment what they find in `process.env`
 */
export const forBrowsers = (answers: string, environment: Readonly<Record<string, string>> = {}): BuildOptions => ({
  absWorkingDir: root,
  bundle: true,
  platform: 'browser',
  target: 'chrome128',
  logLevel: 'error',
  define: { 'process.env': JSON.stringify(environment), addressOfAnswers: JSON.stringify(answers) },
  inject: [join(replacements, 'globals.ts')],
  plugins: [insteadOfNode, placeOfFile],
});

/** Files of tests as scripts for workers, by their paths in the folder of tests. */
export async function bundle(files: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const { outputFiles } = await build({
    ...forBrowsers('/ask'),
    entryPoints: [...files],
    outbase: 'test',
    outdir: 'out',
    write: false,
    format: 'iife',
    sourcemap: 'inline',
    sourcesContent: false,
  });
  return new Map(outputFiles.map(({ path, text }) => [relative(join(root, 'out'), path).replaceAll('\\', '/'), text]));
}
