import assert from 'node:assert/strict';
import { test } from 'node:test';
import { eventually } from '../helpers/eventually.ts';
import { startArena, type Arena } from './arena.ts';
import { makeBot } from './bot.ts';
import { connectRaw, identify, resume, type RawClient } from './raw-client.ts';

const timing = { identifyWindowMs: 0, firstAnswerMs: 2_000 };

/** For interactions of which the window closes while nothing else happens. */
const short = { ...timing, firstAnswerMs: 300 };

type Began = { readonly id: string; readonly token: string };

async function begin({ sandbox }: Arena, fields: object = {}): Promise<RawClient & { sessionId: string }> {
  const client = await connectRaw(sandbox.gatewayUrl);
  client.send(identify(sandbox.token, fields));
  const { session_id } = (await client.next('READY')).d as { session_id: string };
  return { ...client, sessionId: session_id };
}

function run({ client, guild }: Arena) {
  return client.runCommand({ guildId: guild.id, command: 'anything', force: true });
}

function answer({ sandbox }: Arena, { id, token }: Began): Promise<Response> {
  return fetch(`${sandbox.restUrl}/v10/interactions/${id}/${token}/callback`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'user-agent': 'DiscordBot (https://example.invalid, 1)' },
    body: '{"type":4,"data":{"content":"pong"}}',
  });
}

/** Of the shards of the interactions that were lost: why, which, and whether it came back after the interaction began. */
async function whereabouts({ client }: Arena): Promise<unknown[]> {
  const { lost } = await client.report();
  return lost.map(({ why, shardId, backAfterMs }) => [
    why,
    shardId,
    backAfterMs === null ? null : backAfterMs > 0,
  ]);
}

test('interactions that a bot answers are counted with their latencies, and nothing is wrong', async () => {
  await using arena = await startArena();
  await using bot = makeBot(arena.sandbox);
  bot.onInteraction(async ({ id, token, application_id }, api) => {
    await api.interactions.reply(id, token, { content: 'pong' });
    await api.webhooks.execute(application_id, token, { content: 'more' });
  });
  await bot.connect();
  await Promise.all([run(arena), run(arena), run(arena)]);
  await eventually('the follow-ups', async () => (await arena.client.report()).counts.followUps === 3);
  const { firstAnswerMs, counts, complete, ...wrong } = await arena.client.report();
  assert.deepEqual([counts.interactions, counts.answered, counts.open, complete], [3, 3, 0, true]);
  assert.ok(firstAnswerMs && firstAnswerMs.p50 > 0 && firstAnswerMs.p50 <= firstAnswerMs.max);
  assert.deepEqual([wrong.identifies, wrong.resumes], [1, 0]);
  assert.deepEqual(
    [wrong.lost, wrong.doubleAnswers, wrong.doubleOwners, wrong.identifyViolations],
    [[], [], [], []],
  );
  assert.deepEqual([wrong.absences.length, wrong.absences[0]?.longestMs], [1, 0]);
});

test('an interaction that nobody answers is lost, and the report says where its shard was', async () => {
  await using arena = await startArena({ timing: short });
  await run(arena);
  using client = await begin(arena);
  await run(arena);
  await client.next('INTERACTION_CREATE');
  assert.deepEqual(await whereabouts(arena), [
    ['away', null, null],
    ['unanswered', 0, false],
  ]);
});

test('the report says whether the shard came back before an interaction was lost', async () => {
  await using arena = await startArena({ timing });
  const client = await begin(arena);
  const dropped = run(arena);
  await client.next('INTERACTION_CREATE');
  await arena.client.dropConnections();
  await dropped;
  using again = await connectRaw(arena.sandbox.gatewayUrl);
  const returned = run(arena);
  await eventually('it is sent', async () => (await arena.client.report()).counts.interactions === 2);
  again.send(resume(arena.sandbox.token, client.sessionId, 1));
  await returned;
  assert.deepEqual(await whereabouts(arena), [
    ['away', 0, null],
    ['reconnect', 0, true],
  ]);
});

test('an answer that comes too late does not save an interaction', async () => {
  await using arena = await startArena({ timing: short });
  using client = await begin(arena);
  await run(arena);
  assert.equal((await answer(arena, (await client.next('INTERACTION_CREATE')).d as Began)).status, 404);
  const [lost] = (await arena.client.report()).lost;
  assert.ok((lost?.lateMs ?? 0) > 300);
});

test('a second answer, and who could have given it', async () => {
  await using arena = await startArena({ timing });
  using first = await begin(arena);
  using second = await begin(arena);
  const ran = run(arena);
  for (const client of [first, second])
    await answer(arena, (await client.next('INTERACTION_CREATE')).d as Began);
  const { interactionId } = await ran;
  const { doubleAnswers, lost } = await arena.client.report();
  assert.deepEqual(doubleAnswers, [
    { interactionId, refused: 1, sessionIds: [first.sessionId, second.sessionId] },
  ]);
  assert.deepEqual(lost, []);
});

test('double owners are told with their overlap, until one of them is gone', async () => {
  await using arena = await startArena({ timing });
  using first = await begin(arena);
  using second = await begin(arena);
  using third = await begin(arena, { shard: [0, 2] });
  const [owner] = (await arena.client.report()).doubleOwners;
  assert.deepEqual(owner?.sessionIds, [first.sessionId, second.sessionId], `and not ${third.sessionId}`);
  first.socket.terminate();
  let overlapMs = NaN;
  await eventually('its end', async () => {
    const before = overlapMs;
    overlapMs = (await arena.client.report()).doubleOwners[0]?.overlapMs ?? NaN;
    return overlapMs === before;
  });
  await arena.client.resetReport();
  assert.deepEqual((await arena.client.report()).doubleOwners, []);
});

test('the longest time of a shard without a session counts, from the mark on', async () => {
  await using arena = await startArena({ timing });
  const client = await begin(arena);
  await arena.client.dropConnections();
  const away = await eventually('an absence', async () => {
    const [shard] = (await arena.client.report()).absences;
    return shard && !shard.connected && shard.longestMs > 100 && shard;
  });
  using again = await connectRaw(arena.sandbox.gatewayUrl);
  again.send(resume(arena.sandbox.token, client.sessionId, 1));
  await again.next('RESUMED');
  const { resumes, absences, counts } = await arena.client.report();
  assert.equal(resumes, 1);
  assert.deepEqual(counts.closes, { 1006: 1 });
  assert.ok((absences[0]?.longestMs ?? 0) >= away.longestMs && absences[0]?.connected);
  await arena.client.resetReport();
  const after = await arena.client.report();
  assert.deepEqual([after.resumes, after.absences[0]?.longestMs], [0, 0]);
});

test('identifies that came too soon, refused requests and how near the ban is', async () => {
  await using arena = await startArena({ limits: { globalPerSecond: 1 } });
  const { sandbox, client } = arena;
  using first = await begin(arena);
  assert.ok(first.sessionId);
  using second = await connectRaw(sandbox.gatewayUrl);
  second.send(identify(sandbox.token));
  await second.next(9);
  const me = (token: string) =>
    fetch(`${sandbox.controlUrl.replace('/sandbox', '/api')}/v10/users/@me`, {
      headers: { authorization: `Bot ${token}` },
    });
  await eventually('a global limit', async () => (await me(sandbox.token)).status === 429);
  await me('wrong');
  const { identifyViolations, rateLimits } = await client.report();
  assert.deepEqual(
    identifyViolations.map(({ shardId, shardCount }) => [shardId, shardCount]),
    [[0, 1]],
  );
  const { global, invalidRequests, invalidRequestsAllowed } = rateLimits;
  assert.deepEqual([global, invalidRequests, invalidRequestsAllowed], [1, 2, 10_000]);
});
