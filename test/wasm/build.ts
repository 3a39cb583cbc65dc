// Compiles the fast path's kernels and embeds them in src/core/fast/wasm.ts. Deterministic: run again, it writes the same.
//   npm run build:wasm
import { writeFileSync } from 'node:fs';
import { embeddedPath, embedKernels } from './compile';

void embedKernels().then(text => writeFileSync(embeddedPath, text));
