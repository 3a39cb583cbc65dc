// Prints the notices of all that ships and is not ours.
//   npm run notices
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { build } from 'esbuild';
import { bundles } from './bundles.mjs';

/** What ships and is no module of a bundle, and in what form. */
const embedded = {
  '@cwasm/jpeg-turbo': 'dist/worker.js holds its WebAssembly module, unchanged.',
  '@vscode/codicons': 'dist/codicon.ttf is its font, changed: it holds only the icons that are used.',
};

/** The files of packages that bundles hold, by package. */
async function bundled() {
  const files = new Map(Object.keys(embedded).map(name => [name, []]));
  for (const options of bundles) {
    const { metafile } = await build({ ...options, minify: true, write: false, metafile: true, logLevel: 'error' });
    for (const { inputs } of Object.values(metafile.outputs)) {
      for (const [path, { bytesInOutput }] of Object.entries(inputs)) {
        const [, name] = /.*node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(path) ?? [];
        if (name && bytesInOutput > 0) files.set(name, [...(files.get(name) ?? []), path]);
      }
    }
  }
  return [...files].sort(([a], [b]) => (a < b ? -1 : 1));
}

/** The texts of a package's licences: its own files, or one of ours where it has none, and what its sources say at their tops. */
function licences(name, files) {
  const folder = `node_modules/${name}`;
  const own = readdirSync(folder).filter(file => /^(licen[cs]e|notice|copying)/i.test(file));
  const ours = `build/licences/${name.replace('/', '+')}.txt`;
  const paths = own.length > 0 ? own.sort().map(file => `${folder}/${file}`) : existsSync(ours) ? [ours] : [];
  if (paths.length === 0) throw new Error(`${name} comes without a licence text: write one to ${ours}`);
  const comments = files.flatMap(file => readFileSync(file, 'utf8').match(/\/\*[\s\S]*?\*\//g) ?? []);
  const said = comments.filter(comment => /copyright/i.test(comment));
  return [...new Set([...paths.map(path => readFileSync(path, 'utf8')), ...said])];
}

/** Text with lines that end as ours do. */
const plain = text => text.replace(/[ \t\r]+$/gm, '').trim();

const rule = '='.repeat(80);
console.log('Pooling Preview ships parts of these packages, under the licences that stand below each.');
for (const [name, files] of await bundled()) {
  const { version, license } = JSON.parse(readFileSync(`node_modules/${name}/package.json`, 'utf8'));
  const form = embedded[name] ?? [];
  const texts = [form, licences(name, files)].flat().map(plain);
  console.log(`\n${rule}\n${name} ${version} (${license})\n${rule}\n\n${texts.join('\n\n')}`);
}
