import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { RESPAWN_RESET_MS } from '../../config/supervision.ts';
import { CrashPolicy, crashLimit } from '../../src/cluster/crash-policy.ts';

const exit = { atMs: 0, pid: 1, code: 70, signal: null, reason: 'boom', lines: [], servedMs: 0 };

describe('what follows the end of a shard process', () => {
  test('all shards in a crash loop at once leave most of the day’s identifies, also in a large bot', () => {
    // 1,000 a day; above 400 shards max(2,000, guilds / 1,000 * 5), so 5 a shard of 1,000 guilds.
    for (const [daily, shardCount] of [
      [1_000, 4],
      [1_000, 64],
      [1_000, 125],
      [2_000, 250],
      [5_000, 1_000],
    ] as const) {
      assert.ok(crashLimit(daily, shardCount) * shardCount <= daily * 0.61, `${shardCount} shards`);
    }
    assert.equal(crashLimit(1_000, 1), 8);
  });

  test('a crash loop ends; waits double until then', () => {
    const policy = new CrashPolicy(4);
    const waits = [1, 2, 3].map(() => policy.after(exit, true));
    for (const [index, verdict] of waits.entries()) {
      assert.ok(typeof verdict === 'object');
      const full = 1_000 * 2 ** index;
      assert.ok(verdict.waitMs >= full / 2 && verdict.waitMs <= full, `${verdict.waitMs} after ${index + 1}`);
    }
    assert.equal(policy.after(exit, true), 'crash loop');
    policy.forget();
    assert.equal(typeof policy.after(exit, true), 'object');
  });

  test('one that served is started again at once, and only the first time', () => {
    const policy = new CrashPolicy(8);
    const served = { ...exit, servedMs: 1 };
    assert.deepEqual(policy.after(served, true), { waitMs: 0 });
    const second = policy.after(served, true);
    assert.ok(typeof second === 'object' && second.waitMs >= 1_000);
  });

  test('what costs no identify is tried for ever: a server that is away comes back', () => {
    const policy = new CrashPolicy(3);
    const away = { ...exit, code: 69 };
    for (let tries = 0; tries < 50; tries++) {
      assert.equal(typeof policy.after(exit, false), 'object');
      assert.equal(typeof policy.after(away, true), 'object');
    }
  });

  test('a process that served long enough was well', () => {
    const policy = new CrashPolicy(3);
    const served = { ...exit, servedMs: RESPAWN_RESET_MS };
    for (let tries = 0; tries < 50; tries++) assert.equal(typeof policy.after(served, true), 'object');
  });

  test('what starting again cannot cure is not tried again', () => {
    assert.equal(new CrashPolicy(8).after({ ...exit, code: 78 }, false), 'unfit');
    assert.equal(new CrashPolicy(8).after({ ...exit, code: 64 }, false), 'unfit');
  });
});
