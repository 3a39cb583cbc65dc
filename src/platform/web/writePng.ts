import type { Picture } from '../../core/tensor';
import { colourTypes } from '../colourTypes';
import type { Platform } from '../platform';
import { crc32 } from './crc32';
import { filteredRows } from './filteredRows';
import { joined } from './joined';

const signature = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);

export const writePng: Platform['writePng'] = async picture =>
  joined([
    signature,
    chunk('IHDR', header(picture)),
    chunk('IDAT', await deflate(filteredRows(picture))),
    chunk('IEND', new Uint8Array(0)),
  ]);

/** Neither interlaced nor with a palette; section 11.2.1 of the specification. */
function header({ width, height, channels, data }: Picture): Uint8Array {
  const bytes = new Uint8Array(13);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, width);
  view.setUint32(4, height);
  bytes[8] = data.BYTES_PER_ELEMENT * 8;
  bytes[9] = colourTypes[channels];
  return bytes;
}

function chunk(name: string, data: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(data.length + 12);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, data.length);
  for (let i = 0; i < 4; i++) bytes[4 + i] = name.charCodeAt(i);
  bytes.set(data, 8);
  view.setUint32(data.length + 8, crc32(bytes.subarray(4, data.length + 8)));
  return bytes;
}

/** zlib data of blocks, which are taken one by one as the host compresses them. */
async function deflate(blocks: Iterator<Uint8Array<ArrayBuffer>>): Promise<Uint8Array> {
  const source = new ReadableStream<Uint8Array<ArrayBuffer>>({
    pull(controller) {
      const { done, value } = blocks.next();
      if (done) controller.close();
      else controller.enqueue(value);
    },
  });
  return new Uint8Array(await new Response(source.pipeThrough(new CompressionStream('deflate'))).arrayBuffer());
}
