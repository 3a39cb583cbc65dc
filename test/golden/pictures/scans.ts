/** A progressive grey JPEG of nothing but zeros, whose AC scan is repeated. */
export function manyScans(width: number, height: number, count: number): Buffer {
  const table = (spec: number, symbol: number) => Buffer.of(0xff, 0xc4, 0, 20, spec, 1, ...Array(15).fill(0), symbol);
  const blocks = Math.ceil(width / 8) * Math.ceil(height / 8);
  const dc = Buffer.alloc(Math.ceil(blocks / 8));
  // Symbol E0: 16384 blocks and more of nothing, one bit and 14 more.
  const runs = Buffer.alloc(Math.ceil((Math.ceil(blocks / 16384) * 15) / 8));
  const size = [height >> 8, height & 255, width >> 8, width & 255];
  return Buffer.concat([
    Buffer.of(0xff, 0xd8, 0xff, 0xdb, 0, 67, 0, ...Array(64).fill(1)),
    Buffer.of(0xff, 0xc2, 0, 11, 8, ...size, 1, 1, 0x11, 0),
    table(0x00, 0),
    table(0x10, 0xe0),
    Buffer.of(0xff, 0xda, 0, 8, 1, 1, 0, 0, 0, 0),
    dc,
    ...Array.from({ length: count }, () => Buffer.concat([Buffer.of(0xff, 0xda, 0, 8, 1, 1, 0, 1, 63, 0), runs])),
    Buffer.of(0xff, 0xd9),
  ]);
}
