import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import { test } from 'node:test';
import { identifyThrottler, type ThrottlerOptions } from '../../src/shard/identify-throttler.ts';

/** A throttler whose slots are free after these waits, one after another; it notes what it did. */
function throttlerWith(waits: readonly number[], identifyLeft: ThrottlerOptions['identifyLeft']) {
  const left = [...waits];
  const did: string[] = [];
  const throttler = identifyThrottler({
    maxConcurrency: () => 2,
    askAgainMs: 40,
    reserve: async (bucket) => {
      did.push(`slot of bucket ${bucket}`);
      return left.shift() ?? 0;
    },
    identifyLeft: async (signal) => {
      did.push('asked');
      await identifyLeft(signal);
    },
  });
  return { throttler, did, signal: new AbortController().signal };
}

test('who waits for one window alone does not ask again', async () => {
  const { throttler, did, signal } = throttlerWith([20], async () => assert.fail('asked'));
  await throttler.waitForIdentify(3, signal);
  assert.deepEqual(did, ['slot of bucket 1']);
});

test('who waits longer asks what is left of the day before the slot is due', async () => {
  const startedMs = performance.now();
  const { throttler, did, signal } = throttlerWith([1_000], async () => {
    assert.ok(performance.now() - startedMs < 1_000);
  });
  await throttler.waitForIdentify(0, signal);
  assert.deepEqual(did, ['slot of bucket 0', 'asked']);
  // Timers may be a millisecond early.
  assert.ok(performance.now() - startedMs >= 998);
});

test('while the budget is used up nothing is sent, and then another slot is taken', async () => {
  let isReset = false;
  const { throttler, did, signal } = throttlerWith([60, 0], async () => {
    await delay(400);
    isReset = true;
  });
  await throttler.waitForIdentify(0, signal);
  assert.ok(isReset);
  assert.deepEqual(did, ['slot of bucket 0', 'asked', 'slot of bucket 0']);
});

test('an abort ends the wait', async () => {
  const stopping = new AbortController();
  const { throttler } = throttlerWith([60_000], async () => {});
  const waiting = throttler.waitForIdentify(0, stopping.signal);
  stopping.abort();
  await assert.rejects(Promise.resolve(waiting), { name: 'AbortError' });
});
