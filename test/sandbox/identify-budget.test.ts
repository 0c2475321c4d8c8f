import assert from 'node:assert/strict';
import { once } from 'node:events';
import { test } from 'node:test';
import { IdentifyBudget } from '../../src/sandbox/gateway/identify-budget.ts';
import { startArena } from './arena.ts';
import { connectRaw, identify } from './raw-client.ts';

test('a bucket opens again after its window, other buckets do not wait', () => {
  const budget = new IdentifyBudget({ maxConcurrency: 2, windowMs: 5_000, dayMs: 86_400_000 });
  assert.deepEqual(
    [
      budget.admit(0, 0),
      budget.admit(1, 10),
      budget.admit(2, 20),
      budget.admit(3, 4_000),
      budget.admit(2, 5_000),
    ],
    [true, true, false, false, true],
  );
  assert.deepEqual(budget.violations, [
    { shardId: 2, bucket: 0, afterMs: 20 },
    { shardId: 3, bucket: 1, afterMs: 3_990 },
  ]);
});

test('a day has 1,000 identifies and begins with the first', () => {
  const budget = new IdentifyBudget({ maxConcurrency: 1, windowMs: 0, dayMs: 1_000 });
  for (let taken = 0; taken < 1_000; taken += 1) assert.equal(budget.take(500), true);
  assert.equal(budget.take(600), false);
  assert.deepEqual(budget.limit(600), { total: 1_000, remaining: 0, reset_after: 900, max_concurrency: 1 });
  assert.equal(budget.take(1_500), true);
  assert.equal(budget.limit(1_500).remaining, 999);
});

test('the identify after the last of the day costs the token', async () => {
  await using arena = await startArena({ guilds: 1, timing: { identifyWindowMs: 0, helloDelayMs: 60_000 } });
  const { gatewayUrl, token, restUrl } = arena.sandbox;
  using kept = await connectRaw(gatewayUrl);
  kept.send(identify(token));
  for (let used = 1; used < 1_000; used += 1) {
    using client = await connectRaw(gatewayUrl);
    client.send(identify(token));
    // HELLO being late, the first frame is READY.
    await once(client.socket, 'message');
  }
  using last = await connectRaw(gatewayUrl);
  last.send(identify(token));
  assert.deepEqual(await Promise.all([last.closed, kept.closed]), [4004, 4004]);
  const response = await fetch(`${restUrl}/v10/users/@me`, { headers: { authorization: `Bot ${token}` } });
  assert.equal(response.status, 401);
});
