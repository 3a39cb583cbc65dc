// Makes the files that embed WebAssembly anew. Deterministic: run again, it writes the same.
//   npm run build:wasm
import { writeFileSync } from 'node:fs';
import { embedded } from './compile';

for (const { path, text } of embedded) void text().then(made => writeFileSync(path, made));
