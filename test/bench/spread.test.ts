import assert from 'node:assert/strict';
import { test } from 'node:test';
import { spread } from './spread.ts';

test('a median is the middle one, or the mean of the two in the middle', () => {
  assert.deepEqual(spread([9, 1, 2]), { median: 2, range: [1, 9] });
  assert.deepEqual(spread([10, 1, 4, 2]), { median: 3, range: [1, 10] });
  assert.deepEqual(spread([]), { median: Number.NaN, range: [Number.NaN, Number.NaN] });
});
