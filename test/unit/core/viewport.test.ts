import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { planAxes } from '../../../src/core/plan';
import {
  fitScale,
  inputExtent,
  isWhole,
  maximumScale,
  offsetOf,
  outputExtent,
  pan,
  paneHeight,
  pixelAt,
  place,
  reveal,
  screenRectangle,
  type View,
  visibleRegion,
  zoomAround,
  zoomFactor,
} from '../../../src/core/viewport';
import { base } from '../../options';

const picture = { width: 1024, height: 700 };
const pane = { width: 430, height: 294 };
const fit: View = { scale: 'fit', x: 0, y: 0 };

function outputs(kernel: number, stride: number, padding: number) {
  const shape = [1, 3, picture.height, picture.width] as const;
  return planAxes('max', shape, {
    ...base,
    kernelSize: [kernel, kernel],
    stride: [stride, stride],
    padding: { top: padding, bottom: padding, left: padding, right: padding },
  });
}

describe('viewport', () => {
  it('lays a 2×2/2 output exactly over the input', () => {
    const [vertical, horizontal] = outputs(2, 2, 0);
    const over = place(fit, picture, pane, outputExtent(horizontal), outputExtent(vertical), 'overlay', 1);
    const input = place(fit, picture, pane, inputExtent(1024), inputExtent(700), 'overlay', 1);
    assert.equal(over.left, input.left);
    assert.equal(over.top, input.top);
    assert.equal(over.scaleX, 2 * input.scaleX);
  });

  it('centres an output pixel on its window', () => {
    const [, horizontal] = outputs(3, 2, 1);
    const { origin, step } = outputExtent(horizontal);
    // Window 0 spans −1..2, its middle is 0.5; window 1 spans 1..4, its middle is 2.5.
    assert.equal(origin + 0.5 * step, 0.5);
    assert.equal(origin + 1.5 * step, 2.5);
  });

  it('asks for no more samples than the screen has, and for exact pixels once enlarged', () => {
    const small = place(fit, picture, pane, inputExtent(1024), inputExtent(700), 'overlay', 1);
    const whole = visibleRegion(small, pane, 1024, 700)!;
    assert.deepEqual([whole.x, whole.y, whole.width, whole.height], [0, 0, 1024, 700]);
    assert.ok(whole.columns <= pane.width && whole.rows <= pane.height + 1);

    const near = place({ scale: 8, x: 512, y: 350 }, picture, pane, inputExtent(1024), inputExtent(700), 'overlay', 1);
    const part = visibleRegion(near, pane, 1024, 700)!;
    assert.deepEqual([part.columns, part.rows], [part.width, part.height]);
    assert.ok(part.width <= pane.width / 8 + 2);
  });

  it('draws a fitted region one sample to a device pixel', () => {
    for (const ratio of [1, 1.25, 1.5, 2]) {
      const placed = place(fit, picture, pane, inputExtent(1024), inputExtent(700), 'overlay', ratio);
      const canvas = { width: pane.width * ratio, height: pane.height * ratio };
      const region = visibleRegion(placed, canvas, 1024, 700)!;
      const drawn = screenRectangle(region, placed);
      assert.deepEqual([drawn.width, drawn.height], [region.columns, region.rows]);
    }
  });

  it('finds the pixel under the pointer, and none beside the picture', () => {
    const placed = place({ scale: 4, x: 0, y: 0 }, picture, pane, inputExtent(1024), inputExtent(700), 'overlay', 1);
    assert.deepEqual(pixelAt(placed, 215 + 9, 147 + 3, 1024, 700), { x: 2, y: 0 });
    assert.equal(pixelAt(placed, 214, 147, 1024, 700), undefined);
  });

  it('keeps the point under the pointer while zooming', () => {
    const from: View = { scale: 2, x: 300, y: 200 };
    const to = zoomAround(from, picture, pane, 5, 60, -20);
    assert.ok(Math.abs(from.x + 60 / 2 - (to.x + 60 / 5)) < 1e-9);
    assert.ok(Math.abs(from.y - 20 / 2 - (to.y - 20 / 5)) < 1e-9);
  });

  it('never loses the picture while panning', () => {
    assert.deepEqual(pan({ scale: 1, x: 10, y: 10 }, picture, pane, -1e6, 1e6), { scale: 1, x: 0, y: 700 });
  });

  it('shows a picture that has become smaller than the point that was looked at', () => {
    const turned = { width: 700, height: 1024 };
    const view: View = { scale: 4, x: 1000, y: 350 };
    const placed = place(view, turned, pane, inputExtent(700), inputExtent(1024), 'overlay', 1);
    assert.ok(visibleRegion(placed, pane, 700, 1024));
  });

  it('enlarges by whole numbers when fitting', () => {
    assert.equal(fitScale({ width: 100, height: 50 }, { width: 270, height: 200 }), 2);
    assert.equal(fitScale({ width: 2, height: 2 }, pane), maximumScale);
  });

  it('shows all of a fitted picture, unless that were a line too thin to point at', () => {
    const room = { width: 400, height: 300 };
    assert.equal(fitScale({ width: 4000, height: 40 }, room), 0.1);
    assert.equal(fitScale({ width: 20000, height: 40 }, room), 3 / 40);
    assert.equal(fitScale({ width: 40, height: 20000 }, room), 3 / 40);
    // Enlargements are whole: 4 CSS pixels rather than 3.
    assert.equal(fitScale({ width: 20000, height: 2 }, room), 2);
    assert.equal(fitScale({ width: 20000, height: 1 }, room), 3);
    const strip = { width: 20000, height: 40 };
    const high = paneHeight(room, strip);
    const thin = { ...room, height: high };
    const placed = place(fit, strip, thin, inputExtent(20000), inputExtent(40), 'overlay', 1);
    const region = visibleRegion(placed, thin, 20000, 40)!;
    assert.equal(screenRectangle(region, placed).height, 3);
    // The middle of the longer side: as much before it as after it, to a pixel.
    assert.ok(Math.abs(region.x - (20000 - region.x - region.width)) <= 2 && region.width < 20000, `${region.x}`);
    // Zooming out leads from there to the whole picture.
    assert.ok(zoomAround(fit, strip, thin, 0.02, 0, 0).scale === 0.02);
  });

  it('reveals a part by the smallest move', () => {
    const view: View = { scale: 10, x: 500, y: 300 };
    // The pane shows 43 × 29.4 input pixels: 478.5 to 521.5, 285.3 to 314.7.
    const move = (x: number, y: number, width = 2, height = 2) => {
      const { scale, x: toX, y: toY } = reveal(view, picture, pane, { x, y, width, height });
      assert.equal(scale, 10);
      return [toX - 500, toY - 300].map(by => Math.round(by * 10) / 10);
    };
    assert.equal(reveal(view, picture, pane, { x: 479, y: 286, width: 42, height: 28 }), view);
    assert.deepEqual(move(520, 300), [0.5, 0]);
    assert.deepEqual(move(478, 300), [-0.5, 0]);
    assert.deepEqual(move(500, 320), [0, 7.3]);
    assert.deepEqual(move(100, 100), [-378.5, -185.3]);
    // Larger than the pane: its top left part, also if another part is in sight.
    assert.deepEqual(move(490, 290, 100, 100), [11.5, 4.7]);
    const revealed = reveal(view, picture, pane, { x: 490, y: 290, width: 100, height: 100 });
    assert.equal(reveal(revealed, picture, pane, { x: 490, y: 290, width: 100, height: 100 }), revealed);
  });

  it('reveals what reaches over the edge, but never moves the picture out of sight', () => {
    const corner = reveal({ scale: 10, x: 500, y: 300 }, picture, pane, { x: -3, y: -3, width: 5, height: 5 });
    assert.deepEqual([corner.x, corner.y], [18.5, 11.7]);
    const far = reveal({ scale: 90, x: 0, y: 0 }, picture, pane, { x: -30, y: -30, width: 31, height: 31 });
    assert.deepEqual([far.x, far.y], [0, 0]);
  });

  it('leaves a fitted picture where it is, unless it is longer than the pane', () => {
    assert.equal(reveal(fit, picture, pane, { x: -1, y: -1, width: 3, height: 3 }), fit);
    assert.equal(reveal(fit, picture, pane, { x: 1022, y: 698, width: 3, height: 3 }), fit);
    const strip = { width: 20000, height: 40 };
    assert.equal(reveal(fit, strip, pane, { x: 10000, y: 0, width: 2, height: 2 }), fit);
    const moved = reveal(fit, strip, pane, { x: 0, y: 0, width: 2, height: 2 });
    assert.deepEqual([moved.scale, Math.round(moved.x), moved.y], [3 / 40, Math.round(215 / (3 / 40)), 20]);
  });

  it('zooms by a fifth for each notch of a wheel, and with the fingers for a pinch', () => {
    const near = (a: number, b: number) => assert.ok(Math.abs(a - b) < 1e-12, `${a} is not ${b}`);
    near(zoomFactor(-100, 0, false), 1.2);
    near(zoomFactor(100, 0, false), 1 / 1.2);
    // Three lines or one page are a notch too, and so is one with Ctrl pressed.
    near(zoomFactor(-3, 1, false), 1.2);
    near(zoomFactor(-1, 2, false), 1.2);
    near(zoomFactor(-100, 0, true), 1.2);
    near(zoomFactor(-3, 1, true), 1.2);
    // A touchpad's many small steps add up to the same.
    near(zoomFactor(-10, 0, false) ** 10, 1.2);
    near(zoomFactor(-100 * Math.log(1.5), 0, true), 1.5);
    near(zoomFactor(100 * Math.log(1.05), 0, true), 1 / 1.05);
    assert.equal(zoomFactor(0, 0, false), 1);
  });
});

describe('a fitted picture', () => {
  it('is whole, unless it is a strip thinner than can be pointed at', () => {
    assert.equal(isWhole(picture, pane), true);
    assert.equal(isWhole({ width: 20000, height: 40 }, pane), false);
  });
});

describe('the offset of a point', () => {
  it('is what zooming keeps in place', () => {
    const point = { x: 300, y: 500 };
    const view: View = { scale: 2, x: 350, y: 450 };
    assert.deepEqual(offsetOf(view, picture, pane, point), { x: -100, y: 100 });
    const zoomed = zoomAround(view, picture, pane, 5, -100, 100);
    assert.deepEqual(offsetOf(zoomed, picture, pane, point), { x: -100, y: 100 });
  });
});
