import assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import { after, before, test } from 'node:test';
import { KilledWriters } from './killed-writers.ts';
import { queueStage, type QueueStage } from './stage.ts';

let stage: QueueStage;
before(async () => {
  stage = await queueStage();
});
after(() => stage?.close());

test('what was acknowledged survives SIGKILL and is written once; SIGTERM drains and leaves nothing', async () => {
  const root = await stage.folder();
  await using writers = new KilledWriters(stage, root);
  for (let kill = 0; kill < 3; kill++) {
    const { child, ended } = writers.start();
    await writers.promised(1 + Math.floor(Math.random() * 300));
    child.kill('SIGKILL');
    await ended;
  }
  const { child, ended } = writers.start();
  await writers.promised(100);
  child.kill('SIGTERM');
  assert.equal(await ended, 0);
  const { lost, doubled, written } = await writers.figures();
  assert.deepEqual({ lost, doubled }, { lost: 0, doubled: 0 });
  assert.ok(written >= writers.acknowledged);
  assert.deepEqual(await readdir(root), []);
});
