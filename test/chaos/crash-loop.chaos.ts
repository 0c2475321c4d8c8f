import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CRASH_LOOP_MAX } from '../../config/supervision.ts';
import { restartSteps } from '../../src/ipc/admin-client.ts';
import { eventually } from '../helpers/eventually.ts';
import { assertNoneLost, assertOneOwner, figuresOf, say } from './figures.ts';
import { Stage } from './stage.ts';

test('a crash loop: its starts are bounded, and the other shards do not notice', async () => {
  await using stage = await Stage.open();
  const killed = new Set<number>();
  const outcome = await stage.underLoad(async () => {
    await eventually('shard 0 stays down', () => killAgain(stage, killed), 280_000);
    for await (const progress of restartSteps(stage.socket, [0]))
      assert.notEqual(progress.step, 'failed', JSON.stringify(progress));
  });
  say('crash loop', { ...figuresOf(outcome), starts: killed.size });
  assert.equal(killed.size, CRASH_LOOP_MAX);
  assertNoneLost(outcome.report.lost.filter(({ shardId }) => shardId !== 0));
  assertOneOwner(outcome.report);
});

/** True once the shard is left alone; one that serves is killed. */
async function killAgain(stage: Stage, killed: Set<number>): Promise<boolean> {
  const shard = (await stage.shards())[0];
  if (shard?.state === 'ready' && shard.pid !== null && !killed.has(shard.pid)) {
    killed.add(shard.pid);
    process.kill(shard.pid, 'SIGKILL');
  }
  return shard?.state === 'crash loop';
}
