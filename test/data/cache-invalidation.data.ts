import assert from 'node:assert/strict';
import { test } from 'node:test';
import { timeInvalidation } from '../bench/cache/rounds.ts';
import { testRedis } from '../helpers/servers.ts';

test('a write is seen by seven other processes within the bound, each time', async (t) => {
  await using servers = await testRedis();
  const options = { url: servers.redisUrl, ttlMs: 600_000, maxEntries: 100 };
  const { p50, p99, never } = await timeInvalidation('shoal', options, 500);
  t.diagnostic(`invalidation over 8 processes: p50 ${p50.toFixed(2)} ms, p99 ${p99.toFixed(2)} ms`);
  // The TTL is 10 minutes: whatever was seen at all was seen because it was told.
  assert.equal(never, 0);
});
