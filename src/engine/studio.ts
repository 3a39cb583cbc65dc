import { countValues } from '../core/histogram';
import { type Inspection, inspect } from '../core/inspect';
import { planAxes } from '../core/window';
import { decodeImage } from '../decode/decode';
import type { DecodedImage, DecodeLimits } from '../decode/image';
import { orientedSize } from '../decode/orient';
import type {
  ColourMode,
  Counts,
  CountsOfPanes,
  CountsRequest,
  DerivedKind,
  InspectRequest,
  PixelsRequest,
  RenderRequest,
  Tile,
} from '../protocol';
import { DerivedPictures } from './derived';
import { encode } from './encode';
import type { Decoded, Encoded, EncodeRequest, Pixels, Rendered } from './message';
import { PooledPicture } from './pooled';
import { viewTensor } from './view';

/** In the order that they are made in; the mask last, for it lets go of a pooling. */
const derivedKinds: readonly DerivedKind[] = ['difference', 'maxChange', 'averageChange', 'argmax', 'unpooled', 'mask'];

/** There is no picture to work on. */
export class EmptyError extends Error {}

/**
 * One open picture and what was last made of it: decoded once, loaded for pooling in the last mode, each pooling kept for
 * its last options, so that zooming and panning only cut out anew.
 */
export class Studio {
  /** Its pixels as the file stores them. */
  #image: DecodedImage | undefined;
  /** The mode that is loaded for pooling. */
  #key: string | undefined;
  #pooled = new PooledPicture();
  #derived = new DerivedPictures(this.#pooled);
  #inputCounts: Counts | undefined;

  /** Replaces the picture. Times are in milliseconds. @throws DecodeError */
  async decode(bytes: Uint8Array, limits: DecodeLimits): Promise<Decoded> {
    this.#image = undefined;
    this.#key = undefined;
    // Its memory only ever grows: a new one gives it back.
    this.#pooled = new PooledPicture();
    this.#derived = new DerivedPictures(this.#pooled);
    const started = performance.now();
    const stages: [string, number][] = [];
    const onStage = (stage: string, milliseconds: number) => stages.push([stage, milliseconds]);
    const image = await decodeImage(bytes, limits, { orient: false, onStage });
    this.#image = image;
    const { channels, bitDepth, format, orientation, notes } = image;
    const { width, height } = orientedSize(image, orientation);
    const milliseconds = performance.now() - started;
    return { width, height, channels, bitDepth, format, orientation, notes, stages, milliseconds };
  }

  /** The regions that a request asks for. Those outside their picture are left out. @throws PoolError, EmptyError */
  render({ mode, orient, options, against, regions }: RenderRequest): Rendered {
    const started = performance.now();
    const pooled = this.#view(mode, orient);
    const tiles: Tile[] = [];
    for (const pane of ['input', 'max', 'average'] as const) {
      const asked = regions[pane];
      const tile = asked && pooled.tile(pane, options, asked);
      if (tile) tiles.push(tile);
    }
    for (const kind of derivedKinds) {
      const asked = regions[kind];
      const tile = asked && this.#derived.tile(kind, options, against, asked);
      if (tile) tiles.push(tile);
    }
    return { tiles, milliseconds: performance.now() - started };
  }

  /** The arithmetic behind a pixel. @throws PoolError, EmptyError */
  inspect({ mode, orient, options, spot }: InspectRequest): Inspection {
    const tensor = this.#view(mode, orient).input;
    const axes = {
      max: planAxes('max', tensor.shape, options),
      average: planAxes('average', tensor.shape, options),
    };
    return inspect(tensor, axes, options, spot);
  }

  /** A copy of the input tensor's samples, for the webview to keep. @throws EmptyError */
  pixels({ mode, orient }: PixelsRequest): Pixels {
    return { data: this.#view(mode, orient).input.data.slice() };
  }

  /** How often each value occurs in the whole picture and its poolings. @throws PoolError, EmptyError */
  counts({ mode, orient, options }: CountsRequest): CountsOfPanes {
    const pooled = this.#view(mode, orient);
    const max = countValues(pooled.output('max', options));
    const average = countValues(pooled.output('average', options));
    // Kept, for it is the largest of the three and no option changes it.
    this.#inputCounts ??= countValues(pooled.input);
    return { input: this.#inputCounts, max, average };
  }

  /** A whole pooling as the bytes of a file. @throws PoolError, EmptyError */
  encode(request: EncodeRequest): Encoded {
    return { data: encode(this.#view(request.mode, request.orient), request) };
  }

  /** The picture in a mode, ready to be pooled. */
  #view(mode: ColourMode, orient: boolean): PooledPicture {
    if (!this.#image) throw new EmptyError('no picture');
    const key = `${mode} ${orient}`;
    if (this.#key !== key) {
      this.#key = undefined;
      this.#derived.clear();
      this.#inputCounts = undefined;
      const tensor = viewTensor(this.#image, mode, orient);
      const { data, place } = this.#image;
      this.#pooled.load(tensor, tensor.data.buffer === data.buffer ? place : undefined);
      this.#key = key;
    }
    return this.#pooled;
  }
}
