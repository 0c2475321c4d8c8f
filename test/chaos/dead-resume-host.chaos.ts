import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertOneOwner, figuresOf, say } from './figures.ts';
import { Stage } from './stage.ts';

test('the resume host is dead: every session goes on at the base gateway', async () => {
  await using stage = await Stage.open();
  const outcome = await stage.underLoad(async () => {
    await stage.sandbox.switchOn({ kind: 'refuse-connections', host: 'resume' });
    assert.equal(await stage.sandbox.dropConnections(), 4);
    await stage.resumed(4);
  });
  say('dead resume host', figuresOf(outcome));
  assertOneOwner(outcome.report);
  assert.deepEqual([outcome.report.identifies, outcome.report.resumes], [0, 4]);
});
