/**
 * Unpacks the parts of the installed Chromium package that we use, beside its node_modules.
 *
 *     node --import tsx unpack.ts FOLDER
 *
 * The package can do so itself, but only on newer Node and into the system's temporary folder.
 */
import { createReadStream, createWriteStream, mkdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createBrotliDecompress } from 'node:zlib';
import { chromiumPackage } from './versions';

const fontsConf = `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir prefix="relative">fonts</dir><cachedir prefix="xdg">fontconfig</cachedir></fontconfig>
`;

async function unpack(folder: string): Promise<void> {
  const bin = join(folder, 'node_modules', chromiumPackage.name, 'bin');
  // The package's own dependency; its file is found by path, as the package is no CommonJS module.
  const tar = createRequire(join(bin, 'index.js'))('tar-fs') as { extract(to: string): NodeJS.WritableStream };
  const inflate = (name: string, to: NodeJS.WritableStream) =>
    pipeline(createReadStream(join(bin, name)), createBrotliDecompress(), to);

  const to = join(folder, 'chromium');
  mkdirSync(to);
  await inflate('chromium.br', createWriteStream(join(to, 'chromium'), { mode: 0o755 }));
  await inflate('al2023.tar.br', tar.extract(to)); // lib/, shared libraries that a bare machine lacks
  await inflate('fonts.tar.br', tar.extract(to)); // fonts/; its fonts.conf names folders of another system
  writeFileSync(join(to, 'fonts.conf'), fontsConf);
}

unpack(process.argv[2]!).catch(error => {
  console.error(error);
  process.exit(1);
});
