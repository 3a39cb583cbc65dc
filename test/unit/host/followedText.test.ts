import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { FollowedText, type TextEdit } from '../../../src/host/lens/followedText';

const twice = 'a = pool(2)\nb = pool(2)\nc = pool(3)\n';

/** A text with a piece of it that is followed: that which begins at the index of `b = `. */
function following(whole = twice, piece = 'pool(2)', from = whole.indexOf('b = ')) {
  const start = whole.indexOf(piece, from);
  const followed = new FollowedText(whole, start, start + piece.length);
  let text = whole;
  const edit = (rangeOffset: number, rangeLength: number, inserted: string) => {
    text = text.slice(0, rangeOffset) + inserted + text.slice(rangeOffset + rangeLength);
    followed.follow(text, [{ rangeOffset, rangeLength, text: inserted }]);
  };
  return {
    followed,
    edit,
    replace: (whole: string, edits: readonly TextEdit[]) => followed.follow(whole, edits),
    /** What stands before it on its line. */
    line: () => text.slice(text.lastIndexOf('\n', followed.start) + 1, followed.start),
  };
}

describe('a piece of text', () => {
  it('moves with the text before it, and stays with edits behind it', () => {
    const { followed, edit, line } = following();
    edit(0, 0, '# one\n');
    edit(twice.length + 6, 0, '# end\n');
    edit(followed.start, 0, '(');
    assert.deepEqual([followed.isThere, line()], [true, 'b = (']);
  });

  it('is gone while it is changed, and there again when it is as it was', () => {
    const { followed, edit, line } = following();
    edit(followed.start + 5, 1, '7');
    assert.equal(followed.isThere, false);
    edit(0, 0, '\n');
    edit(followed.start + 5, 1, '2');
    assert.deepEqual([followed.isThere, line()], [true, 'b = ']);
  });

  it('is gone with its line, and the same one when that is put back', () => {
    const { followed, edit, line } = following();
    edit(12, 12, '');
    assert.equal(followed.isThere, false);
    edit(12, 0, 'b = pool(2)\n');
    assert.deepEqual([followed.isThere, line()], [true, 'b = ']);
  });

  it('is not taken for an equal one that comes to its place or stands elsewhere', () => {
    const { followed, edit } = following();
    edit(0, 12, '');
    assert.equal(followed.isThere, true);
    const first = following(twice, 'pool(2)', 0);
    first.edit(0, 12, '');
    assert.equal(first.followed.isThere, false);
  });

  it('is found where the whole text is replaced, or its line is moved', () => {
    const { followed, replace } = following();
    const whole = `# new\n${twice}`;
    replace(whole, [{ rangeOffset: 0, rangeLength: twice.length, text: whole }]);
    assert.deepEqual([followed.isThere, followed.start], [true, whole.indexOf('pool', 22)]);
    const third = following(twice, 'pool(3)', 0);
    const up = 'a = pool(2)\nc = pool(3)\nb = pool(2)\n';
    third.replace(up, [
      { rangeOffset: 24, rangeLength: 12, text: '' },
      { rangeOffset: 12, rangeLength: 0, text: 'c = pool(3)\n' },
    ]);
    assert.deepEqual([third.followed.isThere, third.followed.start], [true, 16]);
  });
});
