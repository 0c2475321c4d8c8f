import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { freeze } from '../helpers/freeze.ts';
import { assertOneOwner, figuresOf, say } from './figures.ts';
import { Stage } from './stage.ts';

const pauseMs = 30_000;

test('SIGSTOP of a shard for 30 s: it is replaced meanwhile, and what is woken finds itself replaced', async () => {
  await using stage = await Stage.open();
  const stopped = await stage.pid(2);
  const outcome = await stage.underLoad(async () => {
    const frozen = freeze([stopped]);
    // The pause is what is tried.
    await delay(pauseMs);
    frozen.thaw();
  });
  const [, , shard] = await stage.shards();
  say('stopped shard', { ...figuresOf(outcome), restarts: shard?.restarts ?? 'none' });
  const { report } = outcome;
  assertOneOwner(report);
  assert.deepEqual([report.identifies, report.resumes], [0, 1]);
  assert.equal(shard?.lastExit?.reason, 'hung: its event loop gave no sign of life');
  assert.equal(shard.restarts, 1);
});
