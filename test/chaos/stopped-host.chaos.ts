import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { eventually } from '../helpers/eventually.ts';
import { freeze } from '../helpers/freeze.ts';
import { processesWith } from '../helpers/processes.ts';
import { assertOneOwner, figuresOf, say } from './figures.ts';
import { Stage } from './stage.ts';

const pauseMs = 30_000;

test('SIGSTOP of a whole host for 30 s while another one takes its shards: what is woken serves none of them', async () => {
  await using stage = await Stage.open();
  const paused = stage.manager;
  const asleep = await Promise.all([0, 1, 2, 3].map((id) => stage.pid(id)));
  const { socket } = stage;
  const outcome = await stage.underLoad(async () => {
    const frozen = freeze(processesWith('ADMIN_SOCKET', socket));
    const startedMs = performance.now();
    try {
      await stage.startElsewhere();
      await delay(Math.max(0, pauseMs - (performance.now() - startedMs)));
    } finally {
      frozen.thaw();
    }
    await eventually(
      'the woken shards are gone',
      () => {
        const there = processesWith('ADMIN_SOCKET', socket);
        return asleep.every((pid) => !there.includes(pid));
      },
      30_000,
    );
    await paused[Symbol.asyncDispose]();
  });
  say('stopped host', figuresOf(outcome));
  assertOneOwner(outcome.report);
  assert.deepEqual([outcome.report.identifies, outcome.report.resumes], [0, 4]);
});
