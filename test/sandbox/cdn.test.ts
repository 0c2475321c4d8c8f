import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Cdn, maxFileBytes } from '../../src/sandbox/cdn/cdn.ts';
import { SnowflakeClock } from '../../src/sandbox/snowflake.ts';

test('beyond 256 MiB the oldest files are forgotten', () => {
  const cdn = new Cdn('http://127.0.0.1', new SnowflakeClock());
  const bytes = Buffer.alloc(maxFileBytes);
  const store = () => cdn.store('1', { index: '0', name: 'a', contentType: undefined, bytes }, false);
  const urls = Array.from({ length: 27 }, () => new URL(store().url).pathname.replace('/cdn/', ''));
  assert.deepEqual(
    [0, 1, 2, 26].map((index) => cdn.find(urls[index] ?? '') !== undefined),
    [false, false, true, true],
  );
});
