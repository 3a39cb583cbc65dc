// Opens one file as the engine does, up to its first pictures on a screen of 413 × 310 a pane, and prints what that took.
// In a process of its own, for memory at its peak can be asked for only of a process.
import { readFileSync } from 'node:fs';
import { ImageEngine } from '../../src/engine/imageEngine';
import { base } from '../options';

export interface Opening {
  readonly milliseconds: number;
  /** MB that decoding alone added at its peak, and opening in all. The file itself counts to neither. */
  readonly decoding: number;
  readonly megabytes: number;
}

async function main(): Promise<void> {
  const bytes = new Uint8Array(readFileSync(process.argv[2]!));
  const before = process.memoryUsage.rss();
  // What starting the process had at its peak and has given back would hide as much.
  const added = () => (process.resourceUsage().maxRSS * 1024 - before) / 2 ** 20;
  const start = performance.now();
  const engine = new ImageEngine();
  const { width, height } = await engine.decode(bytes, { maxPixels: 1e8 });
  const decoding = added();
  const part = (scale: number) => ({
    x: 0,
    y: 0,
    width: Math.floor(width / scale),
    height: Math.floor(height / scale),
    columns: 413,
    rows: 310,
  });
  const regions = { input: part(1), max: part(2), average: part(2) };
  engine.render({ view: { mode: 'colour', orient: true }, options: base, regions });
  const milliseconds = performance.now() - start;
  const opening: Opening = { milliseconds, decoding, megabytes: added() };
  console.log(JSON.stringify(opening));
}

void main();
