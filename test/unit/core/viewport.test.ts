import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { planAxes } from '../../../src/core/plan';
import {
  fitScale,
  inputExtent,
  outputExtent,
  pan,
  pixelAt,
  place,
  screenRectangle,
  type View,
  visibleRegion,
  zoomAround,
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
  });
});
