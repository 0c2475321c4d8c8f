import assert from 'node:assert/strict';
import { test } from 'node:test';
import { restartSteps } from '../../src/ipc/admin-client.ts';
import { eventually } from '../helpers/eventually.ts';
import { assertOneOwner, figuresOf, say } from './figures.ts';
import { Stage } from './stage.ts';

test('the identifies of the day are used up: RESUMEs go on, an IDENTIFY waits, and a restart brings it when they are back', async () => {
  await using stage = await Stage.open();
  const outcome = await stage.underLoad(async () => {
    await stage.sandbox.switchOn({ kind: 'no-identifies-left' });
    assert.equal(await stage.sandbox.dropConnections(), 4);
    await stage.resumed(4);
    await stage.sandbox.switchOn({ kind: 'invalidate-sessions', shard_ids: [3], resumable: false });
    await eventually('shard 3 waits', () =>
      stage.manager.logged().some(({ msg }) => String(msg).startsWith("the day's identifies are used up")),
    );
    await stage.sandbox.clearFaults();
    // It would ask again by itself, after 10 minutes: an operator need not wait.
    for await (const progress of restartSteps(stage.socket, [3]))
      assert.notEqual(progress.step, 'failed', JSON.stringify(progress));
  });
  say('exhausted budget', figuresOf(outcome));
  assertOneOwner(outcome.report);
  assert.deepEqual([outcome.report.identifies, outcome.report.resumes], [1, 4]);
});
