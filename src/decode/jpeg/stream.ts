import { DecodeError } from '../error';
import type { CheckedScan, JpegFile } from './file';
import { maxSampling } from './frame';
import { type History, surplusBlocks, walkScan } from './scan';

/**
 * Writes a checked file anew for jpeg-js, with one or three of its components: only what it needs, and in
 * the form that it reads rightly. Metadata is left out, components are numbered from 1, each has its own quantization
 * table, and the end marker is there. Scans are copied as they stand unless jpeg-js would stumble over them.
 * @throws DecodeError `unsupported` when the components cannot be told apart from the others
 */
export function writeStream(file: JpegFile, keep: readonly number[]): Uint8Array {
  const { frame } = file;
  const components = keep.map(index => frame.components[index]!);
  const most = maxSampling(frame);
  const kept = maxSampling({ ...frame, components });
  // Without its most densely sampled component, a frame's coding units would be others.
  if (kept.h !== most.h || kept.v !== most.v) throw unusualSampling();
  const pieces: Uint8Array[] = [Uint8Array.of(0xff, 0xd8)];
  const write = (marker: number, data: Uint8Array) => {
    pieces.push(Uint8Array.of(0xff, marker, (data.length + 2) >> 8, (data.length + 2) & 255), data);
  };
  keep.forEach((index, i) => {
    const data = Buffer.alloc(129);
    data[0] = 0x10 | i;
    for (let k = 0; k < 64; k++) data.writeUInt16BE(file.quantization[index]![k]!, 1 + 2 * k);
    write(0xdb, data);
  });
  const parts = components.flatMap(({ h, v }, i) => [i + 1, (h << 4) | v, i]);
  const size = [frame.height >> 8, frame.height & 255, frame.width >> 8, frame.width & 255];
  write(frame.progressive ? 0xc2 : 0xc0, Uint8Array.of(8, ...size, components.length, ...parts));
  const scansAsTheyStand = keep.length === frame.components.length && file.scans.every(scan => isReadable(file, scan));
  const history: History = new Map();
  for (const scan of file.scans) {
    const inScan = scan.components.filter(({ index }) => keep.includes(index));
    if (inScan.length === 0) continue;
    if (inScan.length === 1 && scan.components.length > 1) {
      // Alone in a scan, a component's blocks stand in another order unless each unit has one.
      const { h, v } = frame.components[inScan[0]!.index]!;
      if (h * v > 1) throw unusualSampling();
    }
    write(0xdd, Uint8Array.of(scan.restartInterval >> 8, scan.restartInterval & 255));
    for (const { dc, ac } of inScan) {
      for (const table of [dc, ac]) {
        if (table) write(0xc4, (scansAsTheyStand ? table : table.withZero()).segment());
      }
    }
    const names = inScan.flatMap(({ index, tables }) => [keep.indexOf(index) + 1, tables]);
    const { spectralStart, spectralEnd, high, low } = scan;
    write(0xda, Uint8Array.of(inScan.length, ...names, spectralStart, spectralEnd, (high << 4) | low));
    if (scansAsTheyStand) {
      pieces.push(file.bytes.subarray(scan.entropy.intervals[0], scan.entropy.intervals.at(-1)));
    } else {
      pieces.push(walkScan(file.bytes, frame, scan, history, keep).data!);
    }
  }
  pieces.push(Uint8Array.of(0xff, 0xd9));
  return Buffer.concat(pieces);
}

/** Whether jpeg-js reads a scan's data rightly as it stands. */
function isReadable({ frame }: JpegFile, { components, restartInterval, tidy }: CheckedScan): boolean {
  const parts = components.map(({ index }) => frame.components[index]!);
  return tidy && surplusBlocks(frame, parts, restartInterval) === 0;
}

function unusualSampling(): DecodeError {
  return new DecodeError('unsupported', { format: 'JPEG', feature: 'an unusual sampling of its four components' });
}
