import assert from 'node:assert/strict';
import { test } from 'node:test';
import { steadyArrivals } from '../../src/sandbox/people/arrivals.ts';
import { OpenLoop } from '../../src/sandbox/people/open-loop.ts';
import { startArena } from './arena.ts';
import { makeBot } from './bot.ts';

test('an open loop catches up after a stall, and says when each action was due', async () => {
  const due: number[] = [];
  const loop = new OpenLoop({
    arrivals: steadyArrivals(1_000, 200),
    act: (dueMs) => {
      if (due.push(dueMs) === 20) stall(100);
    },
  });
  const startedMs = performance.now();
  await loop.run();
  assert.equal(due.length, 200);
  const steps = due.map((dueMs, index) => Math.round(dueMs - (due[0] ?? 0)) === index);
  assert.ok(steps.every(Boolean), 'an action was due when it should not have been');
  // 200 ms in all, the stall within them; one that slows down instead would need 300 and more.
  assert.ok((due.at(-1) ?? 0) - startedMs < 250);
});

test('an open loop can be stopped, and ends with what its action throws', async () => {
  let acts = 0;
  const stopped = new OpenLoop({ arrivals: steadyArrivals(1_000), act: () => void (acts += 1) });
  const over = stopped.run();
  stopped.stop();
  await over;
  const before = acts;
  const failing = new OpenLoop({
    arrivals: steadyArrivals(1_000),
    act: () => {
      throw new Error('no such command');
    },
  });
  await assert.rejects(failing.run(), { message: 'no such command' });
  assert.equal(acts, before);
});

test('a load is answered by the bot, and counted; what nobody answers fails', async () => {
  await using arena = await startArena({ guilds: 4 });
  await using bot = makeBot(arena.sandbox);
  await bot.api.applicationCommands.bulkOverwriteGlobalCommands(arena.sandbox.applicationId, [
    { name: 'ping', description: 'Answers.' },
    { name: 'silence', description: 'Does not.' },
  ]);
  bot.onInteraction(async (interaction, api) => {
    if (!('data' in interaction) || !interaction.data || !('name' in interaction.data)) return;
    if (interaction.data.name === 'silence') return;
    await api.interactions.reply(interaction.id, interaction.token, { content: 'pong' });
  });
  await bot.connect();
  const report = await arena.client.load({ rate: 50, seconds: 0.5, command: 'ping', guilds: 4 });
  const { sent, answered, failed, answeredPerSecond, p50Ms, p99Ms } = report;
  assert.deepEqual([sent, answered, failed], [25, 25, 0]);
  assert.ok(answeredPerSecond > 0 && p50Ms !== null && p99Ms !== null && p50Ms > 0 && p99Ms >= p50Ms);

  const unheard = await arena.client.load({ rate: 20, seconds: 0.25, command: 'silence' });
  assert.deepEqual(unheard, {
    sent: 5,
    answered: 0,
    failed: 5,
    answeredPerSecond: 0,
    p50Ms: null,
    p99Ms: null,
  });
  await assert.rejects(
    arena.client.load({ rate: 1, seconds: 1, command: 'nothing' }),
    /no command \/nothing/,
  );
});

function stall(ms: number): void {
  const end = performance.now() + ms;
  while (performance.now() < end);
}
