import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { everyPng, png, pngChunks } from '../golden/pictures/png';

/** The good files that mutations start from: small pictures of every kind. */
export function seeds(): { name: string; bytes: Buffer }[] {
  const folder = join(__dirname, '../golden/pictures/jpeg');
  const jpegs = readdirSync(folder).map(name => ({ name, bytes: readFileSync(join(folder, name)) }));
  const pngs = everyPng()
    .filter(({ spec }) => spec.width > 1)
    .map(({ name, spec }) => ({ name, bytes: png(pngChunks(spec)) }));
  return [...jpegs, ...pngs];
}
