import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { restartSteps } from '../../src/ipc/admin-client.ts';
import { freeze } from '../helpers/freeze.ts';
import { assertOneOwner, figuresOf, say } from './figures.ts';
import { Stage } from './stage.ts';

const awayMs = 30_000;

test('the state Redis stands still for 30 s in the middle of a restart: no IDENTIFY unthrottled, and service goes on', async () => {
  await using stage = await Stage.open();
  const outcome = await stage.underLoad(async () => {
    // The restart goes on by itself; the first shard has moved.
    for await (const { step } of restartSteps(stage.socket, 'all')) if (step === 'serving') break;
    const frozen = freeze([stage.world.servers.pid('redis-state')]);
    try {
      // A connection that is lost without Redis has to come back without it too; a RESUME must not become an IDENTIFY.
      await stage.sandbox.switchOn({ kind: 'reconnect' });
      await delay(awayMs);
      assert.equal((await stage.shards()).length, 4);
    } finally {
      frozen.thaw();
    }
  });
  say('state Redis away', figuresOf(outcome));
  const { report } = outcome;
  assertOneOwner(report);
  // The first few wait 500 ms for the claim that a frozen Redis does not take: on a busy machine some are too late.
  assert.ok(
    report.counts.answered > 0.99 * report.counts.interactions,
    figuresOf(outcome)['lost']?.toString(),
  );
  assert.equal(report.identifies, 0);
});
