import assert from 'node:assert/strict';
import { test } from 'node:test';
import { answerable, assertNoneLost, assertOneOwner, figuresOf, gapsMs, say } from './figures.ts';
import { Stage } from './stage.ts';
import { killShard } from './kill-shard.ts';

test('SIGKILL of a shard: back in 5 s, nothing that could be answered is lost, nothing doubled', async () => {
  await using stage = await Stage.open();
  const outcome = await stage.underLoad(() => killShard(stage, 1));
  const { report } = outcome;
  say('killed shard', { ...figuresOf(outcome), 'lost though young': answerable(report.lost).length });
  assertNoneLost(answerable(report.lost, 1_000));
  assertOneOwner(report);
  assert.deepEqual([report.identifies, report.resumes], [0, 1]);
  assert.ok((gapsMs(report)[1] ?? Infinity) < 5_000);
});
