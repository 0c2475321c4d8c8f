import assert from 'node:assert/strict';
import { test } from 'node:test';
import { GatewayDispatchEvents, GatewayIntentBits } from 'discord-api-types/v10';
import { SendBudget } from '../../src/sandbox/gateway/send-budget.ts';
import { eventually } from '../helpers/eventually.ts';
import { startArena } from './arena.ts';
import { makeBot } from './bot.ts';
import { connectRaw, identify, resume } from './raw-client.ts';

const { MessageCreate, Ready, Resumed } = GatewayDispatchEvents;
const intents = GatewayIntentBits.Guilds | GatewayIntentBits.GuildMessages;

test('asked to reconnect, a stranger client resumes on a new socket', async () => {
  await using arena = await startArena();
  await using bot = makeBot(arena.sandbox, { intents });
  await bot.connect();
  assert.equal(await arena.client.reconnect(), 1);
  await eventually('the session is resumed', () => bot.of(Resumed).length === 1);
  await arena.client.dispatch(arena.guild.id, MessageCreate, { id: '1' });
  await eventually('the message', () => bot.of(MessageCreate).length === 1);
  const { identifies, resumes } = await arena.client.sessions();
  assert.deepEqual({ identifies, resumes }, { identifies: 1, resumes: 1 });
});

test('told that its session is invalid but resumable, it resumes and has missed nothing', async () => {
  await using arena = await startArena();
  await using bot = makeBot(arena.sandbox, { intents });
  await bot.connect();
  assert.equal(await arena.client.invalidateSessions({ resumable: true }), 1);
  for (const id of ['1', '2']) await arena.client.dispatch(arena.guild.id, MessageCreate, { id });
  await eventually('the session is resumed', () => bot.of(Resumed).length === 1);
  await eventually('the messages', () => bot.of(MessageCreate).length === 2);
  assert.equal((await arena.client.sessions()).identifies, 1);
});

test('told that its session is invalid for good, it identifies anew and the session is gone', async () => {
  await using arena = await startArena({ timing: { identifyWindowMs: 0 } });
  await using bot = makeBot(arena.sandbox, { intents });
  await bot.connect();
  const [before] = (await arena.client.sessions()).sessions;
  assert.equal(await arena.client.invalidateSessions({ resumable: false }), 1);
  await eventually('a second READY', () => bot.of(Ready).length === 2);
  const { sessions, resumes, doubleOwners } = await arena.client.sessions();
  assert.equal(sessions.length, 1);
  assert.notEqual(sessions[0]?.sessionId, before?.sessionId);
  assert.deepEqual([resumes, doubleOwners], [0, []]);
});

test('a session that is invalid for good cannot be resumed, even one without a socket', async () => {
  await using arena = await startArena();
  const { token, gatewayUrl } = arena.sandbox;
  using client = await connectRaw(gatewayUrl);
  client.send(identify(token));
  const ready = await client.next('READY');
  await arena.client.dropConnections();
  await client.closed;
  assert.equal(await arena.client.invalidateSessions({ resumable: false }), 0);
  using late = await connectRaw(gatewayUrl);
  late.send(resume(token, (ready.d as { session_id: string }).session_id, ready.s));
  assert.equal((await late.next(9)).d, false);
});

test('two sessions of one shard are both served and recorded; another shard count is no double', async () => {
  await using arena = await startArena({ timing: { identifyWindowMs: 0 } });
  const { token, gatewayUrl } = arena.sandbox;
  using first = await connectRaw(gatewayUrl);
  using second = await connectRaw(gatewayUrl);
  using other = await connectRaw(gatewayUrl);
  const ids: unknown[] = [];
  for (const client of [first, second]) {
    client.send(identify(token, { shard: [0, 1] }));
    ids.push(((await client.next('READY')).d as { session_id: string }).session_id);
  }
  other.send(identify(token, { shard: [0, 2] }));
  await other.next('READY');
  await arena.client.dispatch(arena.guild.id, 'GUILD_UPDATE', {});
  await Promise.all([first.next('GUILD_UPDATE'), second.next('GUILD_UPDATE')]);
  const { doubleOwners } = await arena.client.sessions();
  assert.deepEqual(doubleOwners, [{ shardId: 0, shardCount: 1, sessionIds: ids }]);
});

test('a RESUME beside a newer session of its shard is a double owner, a plain RESUME is none', async () => {
  await using arena = await startArena({ timing: { identifyWindowMs: 0 } });
  const { token, gatewayUrl } = arena.sandbox;
  using old = await connectRaw(gatewayUrl);
  old.send(identify(token));
  const ready = await old.next('READY');
  const { session_id } = ready.d as { session_id: string };
  await arena.client.dropConnections();
  using resumed = await connectRaw(gatewayUrl);
  resumed.send(resume(token, session_id, ready.s));
  await resumed.next('RESUMED');
  assert.deepEqual((await arena.client.sessions()).doubleOwners, []);
  await arena.client.dropConnections();
  using newer = await connectRaw(gatewayUrl);
  newer.send(identify(token));
  await newer.next('READY');
  using returned = await connectRaw(gatewayUrl);
  returned.send(resume(token, session_id, ready.s));
  await returned.next('RESUMED');
  const { doubleOwners } = await arena.client.sessions();
  assert.deepEqual(
    doubleOwners.map(({ sessionIds }) => sessionIds.at(-1)),
    [session_id],
  );
});

test('the window of 120 payloads opens with the first of them and then anew', () => {
  const budget = new SendBudget(1_000);
  const take = (count: number, nowMs: number) =>
    Array.from({ length: count }, () => budget.take(nowMs)).filter(Boolean).length;
  assert.deepEqual([take(119, 500), take(2, 1_499), take(1, 1_500)], [119, 1, 1]);
});

test('the 121st payload of a minute is closed with 4008, heartbeats counted, and the session stays', async () => {
  await using arena = await startArena();
  const { token, gatewayUrl } = arena.sandbox;
  using client = await connectRaw(gatewayUrl);
  client.send(identify(token));
  const ready = await client.next('READY');
  for (let sent = 1; sent < 120; sent += 1) client.send({ op: 1, d: ready.s });
  await eventually('119 answers', () => client.frames.filter(({ op }) => op === 11).length === 119);
  client.send({ op: 1, d: ready.s });
  assert.equal(await client.closed, 4008);
  using successor = await connectRaw(gatewayUrl);
  successor.send(resume(token, (ready.d as { session_id: string }).session_id, ready.s));
  await successor.next('RESUMED');
});

test('a shard of more than 2,500 guilds is closed with 4011', async () => {
  await using arena = await startArena({ guilds: 2_501 });
  const { token, gatewayUrl } = arena.sandbox;
  using client = await connectRaw(gatewayUrl);
  client.send(identify(token));
  assert.equal(await client.closed, 4011);
  using half = await connectRaw(gatewayUrl);
  half.send(identify(token, { shard: [0, 2], intents: 0 }));
  await half.next('READY');
});
