import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { fittingLines } from '../../../src/webview/overlay';

describe('the numbers on a large pixel', () => {
  const linesOf = (values: readonly number[], size: number) => fittingLines(values, size)?.lines;

  it('give up a decimal before they are left out', () => {
    assert.deepEqual(linesOf([202.125], 48), ['202.13']);
    assert.deepEqual(linesOf([202.125], 40), ['202.1']);
    assert.equal(linesOf([202.125], 30), undefined);
  });

  it('have no decimals if there are none', () => {
    assert.deepEqual(linesOf([7, 255], 48), ['7', '255']);
  });
});
