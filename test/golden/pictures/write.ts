// Writes the PNG test pictures into a folder, for libpng to read: see pictures.py.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { everyPng, png, pngChunks } from './png';

const folder = process.argv[2];
if (!folder) throw new Error('Name a folder.');
mkdirSync(folder, { recursive: true });
for (const { name, spec } of everyPng()) writeFileSync(join(folder, `${name}.png`), png(pngChunks(spec)));
