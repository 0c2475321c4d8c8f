import assert from 'node:assert/strict';
import { test } from 'node:test';
import { restartSteps } from '../../src/ipc/admin-client.ts';
import { assertNoneLost, assertOneOwner, figuresOf, say } from './figures.ts';
import { Stage } from './stage.ts';

test('a rolling restart: nothing lost, doubled or identified', async () => {
  await using stage = await Stage.open();
  const outcome = await stage.underLoad(async () => {
    for await (const progress of restartSteps(stage.socket, 'all'))
      assert.notEqual(progress.step, 'failed', JSON.stringify(progress));
  });
  say('rolling restart', figuresOf(outcome));
  const { report } = outcome;
  assertNoneLost(report.lost);
  assertOneOwner(report);
  assert.deepEqual([report.identifies, report.resumes], [0, 4]);
  assert.ok((report.firstAnswerMs?.max ?? Infinity) < 3_000);
});
