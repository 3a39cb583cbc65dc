import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { columnsFor, layOut, type Surroundings } from '../../../src/webview/layout';

const photo: Surroundings = {
  stage: { width: 1304, height: 634 },
  picture: { width: 1024, height: 700 },
  panes: 3,
  steady: 3,
  chrome: { width: 24, height: 108 },
  dock: null,
};

describe('the layout', () => {
  it('puts three panes side by side down to 420 pixels, and one above the other in less', () => {
    for (const width of [420, 760, 1000, 1360, 1900]) assert.equal(columnsFor(3, width), 3, `${width}`);
    assert.equal(columnsFor(3, 300), 1);
    assert.equal(columnsFor(1, 1360), 3, 'a picture alone does not jump when the others come');
  });

  it('fills rows with extras: four in a row, or two by two', () => {
    assert.deepEqual([columnsFor(4, 1360), columnsFor(4, 700)], [4, 2]);
    assert.deepEqual(
      [5, 6, 7, 8, 9].map(panes => columnsFor(panes, 1360)),
      [3, 3, 4, 4, 3],
    );
  });

  it('gives the pictures the height they need and the dock the rest', () => {
    const { canvas, dock } = layOut(photo);
    const width = Math.floor(1304 / 3) - 24;
    assert.equal(canvas, Math.round((width * 700) / 1024));
    assert.equal(dock, 634 - 108 - canvas);
  });

  it('leaves room for the arithmetic below pictures that would fill the page', () => {
    const { canvas, dock } = layOut({ ...photo, stage: { width: 1844, height: 634 } });
    assert.equal(dock, 244);
    assert.equal(canvas, 634 - 108 - 244);
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
