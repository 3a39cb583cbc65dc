import { readFileSync } from 'node:fs';
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
  kernels('core/fast'),
  kernels('decode/png/filters'),
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

/** Kernels in AssemblyScript: `assembly/kernels.ts` in a folder of src, embedded as `wasm.ts` beside it. */
function kernels(folder: string): Embedded {
  const from = join(src, folder, 'assembly/kernels.ts');
  return {
    path: join(src, folder, 'wasm.ts'),
    text: async () => embed('assembly/kernels.ts', await compile(readFileSync(from, 'utf8'))),
  };
}

async function compile(source: string): Promise<Uint8Array> {
  // Not a static import: the compiler has a top-level await, which nothing that tsx turns into CommonJS can require.
  const { default: asc } = await import('assemblyscript/asc');
  let wasm: Uint8Array | undefined;
  const { error, stderr } = await asc.main(['kernels.ts', '--outFile', 'kernels.wasm', ...OPTIONS], {
    readFile: name => (name === 'kernels.ts' ? source : null),
    writeFile: (_name, contents) => {
      wasm = contents as Uint8Array;
    },
    listFiles: () => [],
  });
  if (error || !wasm) throw new Error(`AssemblyScript: ${stderr.toString() || error?.message}`);
  return wasm;
}

function embed(origin: string, wasm: Uint8Array): string {
  const base64 = Buffer.from(wasm).toString('base64').replace(/=+$/, '');
  const lines = base64.match(/.{1,110}/g) ?? [];
  return `// Generated from ${origin} by \`npm run build:wasm\`; a unit test checks that it is up to date.
export const wasm =
${lines.map(line => `  '${line}'`).join(' +\n')};
`;
}
