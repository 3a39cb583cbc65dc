import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { drawnAs, TileCanvas } from '../../../src/webview/tileCanvas';

/** A canvas that keeps account of what covers it instead of drawing. */
function fakeCanvas(width: number, height: number) {
  const layers: string[] = [];
  const context = {
    imageSmoothingEnabled: false,
    fillStyle: '',
    fillRect(x: number, y: number, w: number, h: number) {
      layers.push(`${this.fillStyle} ${x} ${y} ${w} ${h}`);
    },
    clearRect: (x: number, y: number, w: number, h: number) => layers.push(`clear ${x} ${y} ${w} ${h}`),
    drawImage: (_: unknown, x: number, y: number, w: number, h: number) => layers.push(`draw ${x} ${y} ${w} ${h}`),
  };
  return { canvas: { width, height, getContext: () => context } as unknown as HTMLCanvasElement, layers };
}

describe('pane', () => {
  before(() => {
    class Bitmap {
      constructor(
        readonly width: number,
        readonly height: number,
      ) {}
      getContext() {
        return { putImageData: () => undefined };
      }
    }
    class Pixels {
      readonly data: Uint8ClampedArray;
      constructor(width: number, height: number) {
        this.data = new Uint8ClampedArray(width * height * 4);
      }
    }
    Object.assign(globalThis, { OffscreenCanvas: Bitmap, ImageData: Pixels });
  });

  it('lets nothing of the coarse picture shine through a sharp part that is transparent', () => {
    const { canvas, layers } = fakeCanvas(80, 80);
    const pane = new TileCanvas(canvas);
    const tile = (x: number, size: number) => ({
      pane: 'input' as const,
      channels: 4 as const,
      x,
      y: x,
      width: size,
      height: size,
      columns: 2,
      rows: 2,
      data: new Uint8Array(16),
    });
    pane.show(tile(0, 8), true, true);
    pane.show(tile(4, 2), false, false);
    pane.draw({ left: 0, top: 0, scaleX: 10, scaleY: 10 }, 'all', () => 'chequer' as unknown as CanvasPattern);
    assert.deepEqual(layers.slice(-4), [
      'draw 0 0 80 80',
      'clear 40 40 20 20',
      'chequer 40 40 20 20',
      'draw 40 40 20 20',
    ]);
  });

  it('draws differences brighter than their values, and one channel as grey', () => {
    assert.deepEqual(drawnAs([51, 102, 255], 'max', 'all', 255), [0.2, 0.4, 1]);
    assert.deepEqual(drawnAs([51, 62, 255], 'difference', 'all', 255), [0.8, 248 / 255, 1]);
    assert.deepEqual(drawnAs([255, 0, 0], 'max', 0, 255), [1]);
    assert.deepEqual(drawnAs([51], 'input', 2, 255), [0.2]);
    assert.deepEqual(drawnAs([13107], 'input', 'all', 65535), [0.2]);
  });
});
