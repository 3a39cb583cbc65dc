import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const src = join(import.meta.dirname, '../../src');
const modules = join(import.meta.dirname, '../../node_modules');

/** A WebAssembly module that is embedded as a TypeScript file, so that any bundler takes it along. */
export interface Embedded {
  /** The generated file. */
  readonly path: string;
  /** Its text, made anew. */
  readonly text: () => Promise<string>;
}

export const embedded: readonly Embedded[] = [
  kernels('core/fast', 'kernels', 'wasm'),
  kernels('core/fast', 'extremum', 'maxWasm', { isMin: 0 }),
  kernels('core/fast', 'extremum', 'minWasm', { isMin: 1 }),
  kernels('decode/png/filters', 'kernels', 'wasm'),
  kernels('platform/web/inflate', 'kernels', 'wasm'),
  kernels('lab/ssim', 'kernels', 'wasm'),
  kernels('lab/irwinHall', 'kernels', 'wasm'),
  {
    path: join(src, 'decode/jpeg/libjpeg/wasm.ts'),
    text: async () =>
      embed(
        '@cwasm/jpeg-turbo, which is libjpeg-turbo,',
        readFileSync(join(modules, '@cwasm/jpeg-turbo/jpeg-turbo.wasm')),
      ),
  },
];

// The memory is given to an instance: kernels can work where a decoder has left its pixels. They have no data of their own in it.
const OPTIONS = ['--runtime', 'stub', '--enable', 'simd', '-O3', '--noAssert', '--converge', '--importMemory'];

/**
 * Kernels in AssemblyScript: a source in the folder `assembly` of a folder of src, embedded as TypeScript beside that.
 *
 * @param constants numbers that the source names and does not declare
 */
function kernels(
  folder: string,
  source: string,
  target: string,
  constants: Readonly<Record<string, number>> = {},
): Embedded {
  return {
    path: join(src, folder, `${target}.ts`),
    text: async () => embed(`assembly/${source}.ts`, await compile(join(src, folder, 'assembly'), source, constants)),
  };
}

async function compile(
  folder: string,
  source: string,
  constants: Readonly<Record<string, number>>,
): Promise<Uint8Array> {
  // Not a static import: the compiler has a top-level await, which nothing that tsx turns into CommonJS can require.
  const { default: asc } = await import('assemblyscript/asc');
  const uses = Object.entries(constants).flatMap(([name, value]) => ['--use', `${name}=${value}`]);
  let wasm: Uint8Array | undefined;
  const { error, stderr } = await asc.main([`${source}.ts`, '--outFile', 'kernels.wasm', ...OPTIONS, ...uses], {
    readFile: name => (existsSync(join(folder, name)) ? readFileSync(join(folder, name), 'utf8') : null),
    writeFile: (_name, contents) => {
      wasm = contents as Uint8Array;
    },
    listFiles: () => [],
  });
  if (error || !wasm) throw new Error(`AssemblyScript: ${stderr.toString() || error?.message}`);
  return wasm;
}

/** The lines are elements of an array: a sum of so many terms is nested so deep that some compilers run out of stack. */
function embed(origin: string, wasm: Uint8Array): string {
  const base64 = Buffer.from(wasm).toString('base64').replace(/=+$/, '');
  const lines = base64.match(/.{1,110}/g) ?? [];
  return `// Generated from ${origin} by \`npm run build:wasm\`; a unit test checks that it is up to date.
export const wasm = [
${lines.map(line => `  '${line}',`).join('\n')}
].join('');
`;
}
