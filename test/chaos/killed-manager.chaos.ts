import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startManager } from '../helpers/manager.ts';
import { processesWith } from '../helpers/processes.ts';
import { assertOneOwner, figuresOf, say } from './figures.ts';
import { Stage } from './stage.ts';

test('SIGKILL of the manager, then a start: the shards hand over, none is doubled, no shard has two owners', async () => {
  await using stage = await Stage.open();
  const outcome = await stage.underLoad(async () => {
    process.kill(stage.manager.pid, 'SIGKILL');
    await stage.manager.ended;
    stage.manager = startManager(stage.world.env);
    await stage.manager.ready;
  });
  say('killed manager', figuresOf(outcome));
  assertOneOwner(outcome.report);
  assert.deepEqual([outcome.report.identifies, outcome.report.resumes], [0, 4]);
  assert.equal(processesWith('ADMIN_SOCKET', stage.socket).length, 5, 'a manager and four shards');
});
