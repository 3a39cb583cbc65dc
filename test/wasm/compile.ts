import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const folder = join(import.meta.dirname, '../../src/core/fast');

/** The generated file that carries the compiled kernels. */
export const embeddedPath = join(folder, 'wasm.ts');

const OPTIONS = ['--runtime', 'stub', '--enable', 'simd', '-O3', '--noAssert', '--converge', '--initialMemory', '1'];

/** Compiles the kernels, and returns the text of the file that embeds them. */
export async function embedKernels(): Promise<string> {
  const source = readFileSync(join(folder, 'assembly/kernels.ts'), 'utf8');
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
  const base64 = Buffer.from(wasm).toString('base64').replace(/=+$/, '');
  const lines = base64.match(/.{1,110}/g) ?? [];
  return `// Generated from assembly/kernels.ts by \`npm run build:wasm\`; a unit test checks that it is up to date.
export const wasm =
${lines.map(line => `  '${line}'`).join(' +\n')};
`;
}
