import { releaseMemory, takeMemory } from '../../../core/webAssembly';
import { DecodeError } from '../../error';
import { filterKernels } from './kernels';
import { plainUnfilter } from './plain';

/** Bytes of rows per block, so that the rows and their result stay in the processor's second-level cache. */
const blockBytes = 256 << 10;
/** Room after rows, because the kernels read and write up to 8 bytes too far. */
const slack = 64;

/**
 * Undoes the filters of one pass: `rows` rows of `bytes` bytes, each after its filter byte, from index `at` of
 * `filtered`. `onBlock` gets several rows at a time, packed and without filter bytes: the bytes, valid only during the
 * call, the number of the first row, and how many rows. By then `filtered` has been read up to the end of the block and
 * may be overwritten.
 *
 * @param step bytes from one pixel to the next, 1 for pixels of less than a byte
 * @throws {DecodeError} `damagedPixels` for an unknown filter
 */
export function unfilter(
  filtered: Uint8Array,
  at: number,
  rows: number,
  bytes: number,
  step: number,
  onBlock: (block: Uint8Array, first: number, count: number) => void,
): void {
  const most = Math.min(rows, Math.max(1, Math.floor(blockBytes / (bytes + 1))));
  const buffer = openKernels(most, bytes) ?? openPlain(most, bytes);
  try {
    for (let first = 0; first < rows; first += most) {
      const count = Math.min(most, rows - first);
      const size = count * (bytes + 1);
      const undone = buffer.undo(filtered.subarray(at, at + size), count, step);
      if (undone < count) throw new DecodeError('damagedPixels');
      at += size;
      const block = buffer.block(count);
      onBlock(block, first, count);
      buffer.keep(block.subarray((count - 1) * bytes));
    }
  } finally {
    buffer.close();
  }
}

/** Memory in which blocks of rows are undone; the row above the block lies before it. */
interface RowBuffer {
  undo(filtered: Uint8Array, rows: number, step: number): number;
  block(rows: number): Uint8Array;
  /** Keeps a block's last row as the row above the next block. */
  keep(last: Uint8Array): void;
  close(): void;
}

/** Undefined if there is no memory for kernels. */
function openKernels(most: number, bytes: number): RowBuffer | undefined {
  const align = (address: number) => Math.ceil(address / slack) * slack;
  const to = align(slack + bytes);
  const from = align(to + most * bytes + slack);
  const end = from + most * (bytes + 1) + slack;
  const memory = takeMemory(end);
  if (!memory) return undefined;
  const { unfilter: undo } = filterKernels.instantiateIn(memory);
  const all = new Uint8Array(memory.buffer);
  // The row above the first one.
  all.fill(0, 0, to);
  return {
    undo: (filtered, rows, step) => {
      all.set(filtered, from);
      return undo(to, from, rows, bytes, step);
    },
    block: rows => all.subarray(to, to + rows * bytes),
    keep: last => all.set(last, to - bytes),
    close: () => releaseMemory(memory),
  };
}

function openPlain(most: number, bytes: number): RowBuffer {
  const all = new Uint8Array((most + 1) * bytes);
  return {
    undo: (filtered, rows, step) => plainUnfilter(all, bytes, filtered, 0, rows, bytes, step),
    block: rows => all.subarray(bytes, (rows + 1) * bytes),
    keep: last => all.set(last, 0),
    close: () => {},
  };
}
