import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { after, afterEach, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { createIdentifySlots, hashToken } from '../../src/redis/identify-slots.ts';
import { closeRedis, connectRedis, type Redis } from '../../src/redis/redis.ts';
import { patient } from '../helpers/patient.ts';
import { testRedis, type TestRedis } from '../helpers/servers.ts';
import { silentLog } from '../helpers/silent-log.ts';

const identifyProcess = fileURLToPath(new URL('./identify-process.ts', import.meta.url));
/** Nobody waits for it: a process says when it would have sent. */
const windowMs = 10_000;
/** How much later than Redis granted a slot a process may see that. */
const slackMs = 5_000;

let servers: TestRedis;
let opened: Redis[] = [];

before(async () => {
  servers = await testRedis();
});
afterEach(async () => {
  await Promise.all(opened.map(closeRedis));
  opened = [];
});
after(() => servers.stop());

async function open(): Promise<Redis> {
  const redis = patient(await connectRedis({ url: servers.redisStateUrl, role: 'state', log: silentLog }));
  opened.push(redis);
  return redis;
}

test('two processes with four shards in each of two buckets never meet in a window', async () => {
  const outputs = await Promise.all(
    [1, 2].map(async () => {
      const args = [identifyProcess, servers.redisStateUrl, String(windowMs), '2', '4'];
      const { stdout } = await promisify(execFile)(process.execPath, args);
      return JSON.parse(stdout) as readonly { readonly bucket: number; readonly at: number }[];
    }),
  );
  for (const bucket of [0, 1]) {
    const times = outputs
      .flat()
      .filter((one) => one.bucket === bucket)
      .map(({ at }) => at)
      .toSorted((a, b) => a - b);
    assert.equal(times.length, 8);
    const gaps = times.slice(1).map((at, index) => at - (times[index] ?? 0));
    assert.ok(Math.min(...gaps) >= windowMs - slackMs, `gaps of bucket ${bucket}: ${gaps.join(', ')}`);
  }
});

test('buckets do not wait for each other, tokens neither', async () => {
  const redis = await open();
  const slots = createIdentifySlots({ redis, tokenHash: hashToken('token-a'), log: silentLog });
  const other = createIdentifySlots({ redis, tokenHash: hashToken('token-b'), log: silentLog });
  const startedMs = performance.now();
  assert.deepEqual([await slots.reserve(0), await slots.reserve(1), await other.reserve(0)], [0, 0, 0]);
  const second = await slots.reserve(0);
  const sinceFirstMs = performance.now() - startedMs + second;
  // Discord's 5 s and half a second; Redis's clock and ours may differ in pace.
  assert.ok(second <= 5_500 && sinceFirstMs >= 5_450, `${second} ms, ${sinceFirstMs} ms after the first`);
  const stored = await redis.keys('*');
  assert.ok(stored.every((key) => !key.includes('token-a')));
});

test('without Redis a slot is still granted, one per window for the whole process', async () => {
  const redis = await open();
  const slots = createIdentifySlots({
    redis,
    tokenHash: hashToken('token-c'),
    log: silentLog,
    windowMs: 10_000,
  });
  assert.equal(await slots.reserve(0), 0);
  redis.disconnect();
  const waits = await Promise.all([slots.reserve(1), slots.reserve(2), slots.reserve(3)]);
  waits.forEach((wait, index) => {
    const earliest = (index + 1) * 10_000 - 5_000;
    assert.ok(wait > earliest && wait <= (index + 1) * 10_000, waits.join(', '));
  });
});
