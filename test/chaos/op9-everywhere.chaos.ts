import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertOneOwner, figuresOf, say } from './figures.ts';
import { Stage } from './stage.ts';

test('op 9 for all of 8 processes at once at max_concurrency 1: 8 identifies, none refused', async () => {
  await using stage = await Stage.open({ shards: 8, maxConcurrency: 1 });
  const outcome = await stage.underLoad(async () => {
    assert.equal(await stage.sandbox.invalidateSessions({ resumable: false }), 8);
  });
  say('op 9 everywhere', figuresOf(outcome));
  assertOneOwner(outcome.report);
  assert.deepEqual([outcome.report.identifies, outcome.report.resumes], [8, 0]);
});
