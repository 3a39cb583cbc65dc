/**
 * pngjs' row filters, the part of its decoder that undoes the five filters of each pass. Not in its public interface:
 * the pinned version and the tests against libpng's pixels hold it still.
 */
declare module 'pngjs/lib/filter-parse.js' {
  interface Bitmap {
    readonly width: number;
    readonly height: number;
    /** Samples per pixel, despite its name. */
    readonly bpp: number;
    readonly depth: number;
    readonly interlace: boolean;
  }
  interface Pipes {
    /** Asks for the next `length` bytes: one row with its filter byte. */
    read(length: number, callback: (row: Buffer) => void): void;
    /** Delivers one row without its filter byte. It may be a view of the row that was read. */
    write(row: Uint8Array): void;
    complete(): void;
  }
  class Filter {
    constructor(bitmap: Bitmap, pipes: Pipes);
    start(): void;
  }
  export = Filter;
}
