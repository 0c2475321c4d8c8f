import assert from 'node:assert/strict';
import { test } from 'node:test';
import { GatewayDispatchEvents, GatewayIntentBits } from 'discord-api-types/v10';
import { eventually } from '../helpers/eventually.ts';
import { startArena } from './arena.ts';
import { makeBot } from './bot.ts';

const { GuildCreate, GuildUpdate, MessageCreate, Ready, Resumed } = GatewayDispatchEvents;

function idsOf(payloads: readonly { readonly d: unknown }[]): string[] {
  return payloads.map(({ d }) => (d as { id: string }).id);
}

test('a stranger client logs in, becomes ready and receives its guilds', async () => {
  await using arena = await startArena();
  await using bot = makeBot(arena.sandbox);
  await bot.connect();
  const guilds = await arena.client.guilds();
  await eventually('all guilds', () => bot.of(GuildCreate).length === guilds.length);
  assert.deepEqual(
    idsOf(bot.of(GuildCreate)),
    guilds.map((guild) => guild.id),
  );
  const [ready] = bot.of(Ready);
  assert.ok(ready);
  const { user, application, guilds: listed, shard } = ready.d as Record<string, unknown>;
  assert.equal((user as { id: string }).id, arena.sandbox.applicationId);
  assert.equal((application as { id: string }).id, arena.sandbox.applicationId);
  assert.deepEqual(shard, [0, 1]);
  assert.deepEqual(
    listed,
    guilds.map(({ id }) => ({ id, unavailable: true })),
  );
});

test('without the Guilds intent no guild is sent, nor another event that needs it', async () => {
  await using arena = await startArena();
  await using bot = makeBot(arena.sandbox, { intents: GatewayIntentBits.GuildMessages });
  await bot.connect();
  await arena.client.dispatch(arena.guild.id, GuildUpdate, { id: arena.guild.id });
  await arena.client.dispatch(arena.guild.id, MessageCreate, { id: 'last' });
  await eventually('the event after the guilds', () => bot.of(MessageCreate).length === 1);
  assert.deepEqual([bot.of(GuildCreate), bot.of(GuildUpdate)], [[], []]);
});

test('each of two shards gets the guilds of its own by the formula, and their events', async () => {
  await using arena = await startArena({ shards: 2, maxConcurrency: 2 });
  await using bot = makeBot(arena.sandbox, { shardCount: 2 });
  await bot.connect();
  await eventually('all guilds', () => bot.of(GuildCreate).length === 8);
  for (const shardId of [0, 1]) {
    const ids = idsOf(bot.of(GuildCreate, shardId));
    assert.equal(ids.length, 4);
    for (const id of ids) assert.equal((BigInt(id) >> 22n) % 2n, BigInt(shardId));
  }
  const guilds = await arena.client.guilds();
  for (const { id } of guilds) await arena.client.dispatch(id, GuildUpdate, { id });
  await eventually('all updates', () => bot.of(GuildUpdate).length === guilds.length);
  for (const shardId of [0, 1]) {
    assert.deepEqual(idsOf(bot.of(GuildUpdate, shardId)), idsOf(bot.of(GuildCreate, shardId)));
  }
  const { sessions, identifies, violations } = await arena.client.sessions();
  assert.deepEqual(new Set(sessions.map(({ shardId }) => shardId)), new Set([0, 1]));
  assert.equal(identifies, 2);
  assert.deepEqual(violations, []);
  const { session_start_limit } = await bot.manager.fetchGatewayInformation(true);
  assert.deepEqual(
    { ...session_start_limit, reset_after: 0 },
    { total: 1000, remaining: 998, reset_after: 0, max_concurrency: 2 },
  );
});

test('a dropped client resumes and receives what it missed, in order and once', async () => {
  await using arena = await startArena();
  await using bot = makeBot(arena.sandbox, {
    intents: GatewayIntentBits.Guilds | GatewayIntentBits.GuildMessages,
  });
  await bot.connect();
  const send = (id: number) =>
    arena.client.dispatch(arena.guild.id, MessageCreate, { id: String(id), content: 'é' });
  await send(0);
  assert.equal(await arena.client.dropConnections(), 1);
  for (let id = 1; id <= 50; id += 1) await send(id);
  await eventually('the session is resumed', () => bot.of(Resumed).length === 1);
  await send(51);
  await eventually('the last message', () => idsOf(bot.of(MessageCreate)).includes('51'));
  assert.deepEqual(
    idsOf(bot.of(MessageCreate)),
    Array.from({ length: 52 }, (_, id) => String(id)),
  );
  const sequences = bot.events.map(({ payload }) => payload.s);
  assert.deepEqual(
    sequences,
    Array.from(sequences, (_, index) => index + 1),
  );
  const { identifies, resumes } = await arena.client.sessions();
  assert.deepEqual({ identifies, resumes }, { identifies: 1, resumes: 1 });
});

test('a wrong token is refused by the gateway with 4004', async () => {
  await using arena = await startArena();
  await using bot = makeBot(arena.sandbox, { gatewayToken: 'wrong' });
  bot.manager.connect().catch(() => undefined);
  await eventually('the close', () => bot.closeCodes.includes(4004));
});

test('a token revoked for the gateway closes the session with 4004 while REST goes on', async () => {
  await using arena = await startArena();
  await using bot = makeBot(arena.sandbox);
  await bot.connect();
  await arena.client.revokeToken({ gatewayOnly: true });
  await eventually('the close', () => bot.closeCodes.includes(4004));
  assert.equal((await bot.api.users.getCurrent()).id, arena.sandbox.applicationId);
  assert.deepEqual((await arena.client.sessions()).sessions, []);
  await arena.client.revokeToken();
  await assert.rejects(bot.api.users.getCurrent(), { status: 401 });
});

test('a bot of many guilds gets every one of them', async () => {
  await using arena = await startArena({ guilds: 2_000 });
  await using bot = makeBot(arena.sandbox);
  await bot.connect();
  await eventually('all guilds', () => bot.of(GuildCreate).length === 2_000, 30_000);
  assert.equal(new Set(idsOf(bot.of(GuildCreate))).size, 2_000);
});
