import assert from 'node:assert/strict';
import { test } from 'node:test';
import { eventually } from '../helpers/eventually.ts';
import { assertOneOwner, figuresOf, say } from './figures.ts';
import { Stage } from './stage.ts';

test('a RESUME without an answer: after 10 s it gives way to an IDENTIFY', async () => {
  await using stage = await Stage.open();
  const outcome = await stage.underLoad(async () => {
    await stage.sandbox.switchOn({ kind: 'no-resume', shard_ids: [1] });
    await stage.sandbox.switchOn({ kind: 'drop-connections', shard_ids: [1] });
    await eventually(
      'shard 1 has a new session',
      async () => (await stage.sandbox.report()).identifies === 1,
      40_000,
    );
    await stage.sandbox.clearFaults();
  });
  say('unanswered RESUME', figuresOf(outcome));
  assertOneOwner(outcome.report);
  assert.deepEqual([outcome.report.identifies, outcome.report.resumes], [1, 0]);
});
