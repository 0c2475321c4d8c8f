import assert from 'node:assert/strict';
import { test } from 'node:test';
import { reshardSteps } from '../../src/ipc/admin-client.ts';
import { assertNoneLost, assertOneOwner, figuresOf, say } from './figures.ts';
import { Stage } from './stage.ts';

test('a reshard from 2 to 4: nothing lost or doubled', async () => {
  await using stage = await Stage.open({ shards: 2 });
  const steps: string[] = [];
  const outcome = await stage.underLoad(async () => {
    for await (const { step } of reshardSteps(stage.socket, 4)) steps.push(step);
  });
  say('reshard', figuresOf(outcome));
  assert.deepEqual([...new Set(steps)], ['starting', 'switched', 'done']);
  assertNoneLost(outcome.report.lost);
  assertOneOwner(outcome.report);
});
