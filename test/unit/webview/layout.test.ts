import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { layOut, type Surroundings } from '../../../src/webview/layout';

const photo: Surroundings = {
  stage: { width: 1304, height: 634 },
  picture: { width: 1024, height: 700 },
  panes: 3,
  steady: 3,
  chrome: { width: 24, height: 108 },
  dock: null,
};

describe('the layout', () => {
  const columns = (panes: number, width: number) =>
    layOut({ ...photo, panes, steady: panes, stage: { width, height: 634 } }).columns;

  it('puts three panes side by side down to 420 pixels, and one above the other in less', () => {
    for (const width of [420, 760, 1000, 1360, 1900]) assert.equal(columns(3, width), 3, `${width}`);
    assert.equal(columns(3, 300), 1);
    assert.equal(columns(2, 1360), 2, 'no empty place beside two');
    assert.equal(columns(1, 1360), 3, 'a picture alone does not jump when the others come');
  });

  it('stands more panes so that the pictures are largest: four in a row, or two by two', () => {
    assert.deepEqual([columns(4, 1304), columns(4, 500)], [4, 2]);
    for (const panes of [4, 5, 6, 7, 8, 9, 10]) {
      const around = { ...photo, panes, steady: panes };
      const { columns, canvas, dock } = layOut(around);
      const widthOf = (columns: number) => Math.floor(1304 / columns) - 24;
      const scale = (columns: number, canvas: number) => Math.min(widthOf(columns) / 1024, canvas / 700);
      const rows = Math.ceil(panes / columns);
      assert.ok(rows * (canvas + 108) + dock <= 634 || canvas === 110, `${panes} panes fit, or scroll`);
      for (let other = 2; other <= panes; other++) {
        if (widthOf(other) < 90) continue;
        const height = (634 - dock) / Math.ceil(panes / other) - 108;
        // Rows have a low dock: another number of columns is compared under the dock that was chosen.
        assert.ok(scale(other, height) <= scale(columns, canvas) + 0.01, `${panes} panes: ${other} against ${columns}`);
      }
    }
  });

  it('gives the pictures the height they need and the dock the rest', () => {
    const { canvas, dock } = layOut(photo);
    const width = Math.floor(1304 / 3) - 24;
    assert.equal(canvas, Math.round((width * 700) / 1024));
    assert.equal(dock, 634 - 108 - canvas);
  });

  it('leaves room for the arithmetic below pictures that would fill the page', () => {
    const { canvas, dock } = layOut({ ...photo, stage: { width: 1844, height: 634 } });
    assert.equal(dock, 216);
    assert.equal(canvas, 634 - 108 - 216);
  });

  it('does not move the dock when one of its buttons adds a pane', () => {
    for (const width of [420, 700, 1304]) {
      const before = layOut({ ...photo, stage: { width, height: 634 } });
      const after = layOut({ ...photo, stage: { width, height: 634 }, panes: 4 });
      assert.equal(after.dock, before.dock, `${width}`);
    }
  });

  it('keeps the height that the user has chosen, as far as it goes', () => {
    assert.equal(layOut({ ...photo, dock: 400 }).dock, 400);
    assert.equal(layOut({ ...photo, dock: 400 }).canvas, 634 - 400 - 108);
    assert.equal(layOut({ ...photo, dock: 5 }).dock, 30);
    assert.ok(layOut({ ...photo, dock: 5000 }).dock < 634);
  });
});
