import type { Picture } from '../../core/tensor';

/** About how many bytes a block has. */
const blockBytes = 256 << 10;

/**
 * The rows of a picture as PNG compresses them, several to a block: each after the type of its filter (specification,
 * section 9). The filter is the one with the smallest sum of differences, taken as signed (section 12.7).
 */
export function* filteredRows({ width, height, channels, data }: Picture): Generator<Uint8Array<ArrayBuffer>> {
  const step = channels * data.BYTES_PER_ELEMENT;
  const pitch = width * channels;
  const bytes = width * step;
  const candidates = Array.from({ length: 5 }, (_, type) => new Uint8Array(bytes + 1).fill(type, 0, 1));
  let above = new Uint8Array(bytes);
  const rows = Math.max(1, Math.floor(blockBytes / (bytes + 1)));
  for (let first = 0; first < height; first += rows) {
    const count = Math.min(rows, height - first);
    const block = new Uint8Array(count * (bytes + 1));
    for (let i = 0; i < count; i++) {
      const samples = data.subarray((first + i) * pitch, (first + i + 1) * pitch);
      const row = samples instanceof Uint16Array ? bigEndian(samples) : samples;
      block.set(candidates[bestFilter(row, above, step, candidates)]!, i * (bytes + 1));
      above = row as Uint8Array<ArrayBuffer>;
    }
    yield block;
  }
}

function bigEndian(samples: Uint16Array): Uint8Array {
  const bytes = new Uint8Array(samples.length * 2);
  for (let i = 0; i < samples.length; i++) {
    bytes[2 * i] = samples[i]! >> 8;
    bytes[2 * i + 1] = samples[i]!;
  }
  return bytes;
}

/** Filters a row in all ways, each into its candidate behind the first byte. Returns the type of the best. */
function bestFilter(row: Uint8Array, above: Uint8Array, step: number, candidates: readonly Uint8Array[]): number {
  const [none, sub, up, average, paeth] = candidates as [Uint8Array, Uint8Array, Uint8Array, Uint8Array, Uint8Array];
  let [ofNone, ofSub, ofUp, ofAverage, ofPaeth] = [0, 0, 0, 0, 0];
  for (let i = 0; i < row.length; i++) {
    const isFirst = i < step;
    const value = row[i]!;
    const left = isFirst ? 0 : row[i - step]!;
    const over = above[i]!;
    const corner = isFirst ? 0 : above[i - step]!;
    const toLeft = Math.abs(over - corner);
    const toOver = Math.abs(left - corner);
    const toCorner = Math.abs(left + over - 2 * corner);
    const nearest = toLeft <= toOver && toLeft <= toCorner ? left : toOver <= toCorner ? over : corner;
    none[i + 1] = value;
    sub[i + 1] = value - left;
    up[i + 1] = value - over;
    average[i + 1] = value - ((left + over) >> 1);
    paeth[i + 1] = value - nearest;
    ofNone += size(value);
    ofSub += size(value - left);
    ofUp += size(value - over);
    ofAverage += size(value - ((left + over) >> 1));
    ofPaeth += size(value - nearest);
  }
  const sums = [ofNone, ofSub, ofUp, ofAverage, ofPaeth];
  return sums.indexOf(Math.min(...sums));
}

/** How far a difference is from 0 as a signed byte. */
function size(difference: number): number {
  return Math.abs((difference << 24) >> 24);
}
