import assert from 'node:assert/strict';
import { test } from 'node:test';
import { GatewayIntentBits, type GatewayGuildMembersChunkDispatchData } from 'discord-api-types/v10';
import { compareIds } from '../../src/sandbox/snowflake.ts';
import { memberOf, startArena, type Arena } from './arena.ts';
import { connectRaw, identify, type RawClient } from './raw-client.ts';

const { Guilds, GuildMembers, GuildPresences } = GatewayIntentBits;

type Scene = AsyncDisposable & Arena & { readonly raw: RawClient };

async function ready(intents: number, timing: { wholeGuildWindowMs?: number } = {}): Promise<Scene> {
  const arena = await startArena({ timing, guilds: 60 });
  const raw = await connectRaw(arena.sandbox.gatewayUrl);
  raw.send(identify(arena.sandbox.token, { intents }));
  await raw.next('READY');
  return {
    ...arena,
    raw,
    [Symbol.asyncDispose]: async () => {
      raw[Symbol.dispose]();
      await arena[Symbol.asyncDispose]();
    },
  };
}

async function nextChunk(raw: RawClient): Promise<GatewayGuildMembersChunkDispatchData> {
  return (await raw.next('GUILD_MEMBERS_CHUNK')).d as GatewayGuildMembersChunkDispatchData;
}

function idsOf({ members }: GatewayGuildMembersChunkDispatchData): Set<string> {
  return new Set(members.map(({ user }) => user.id));
}

test('all members come once in 30 s, with the nonce; the next request gets RATE_LIMITED', async () => {
  await using scene = await ready(Guilds | GuildMembers);
  const { raw, guild } = scene;
  const everybody = { guild_id: guild.id, query: '', limit: 0, nonce: 'n1' };
  raw.send({ op: 8, d: everybody });
  const chunk = await nextChunk(raw);
  assert.deepEqual(
    [
      chunk.guild_id,
      chunk.chunk_index,
      chunk.chunk_count,
      chunk.nonce,
      'presences' in chunk,
      'not_found' in chunk,
    ],
    [guild.id, 0, 1, 'n1', false, false],
  );
  assert.deepEqual(
    idsOf(chunk),
    new Set([...guild.members.map(({ id }) => id), scene.sandbox.applicationId]),
  );
  raw.send({ op: 8, d: everybody });
  const { opcode, retry_after, meta } = (await raw.next('RATE_LIMITED')).d as Record<string, unknown>;
  assert.deepEqual([opcode, meta], [8, { guild_id: guild.id, nonce: 'n1' }]);
  assert.ok(Number(retry_after) > 0 && Number(retry_after) <= 30, String(retry_after));
  // Another guild has a limit of its own, and a few members of the same guild are none of its business.
  const [, other] = await scene.client.guilds();
  raw.send({ op: 8, d: { ...everybody, guild_id: other?.id } });
  assert.equal((await nextChunk(raw)).guild_id, other?.id);
  raw.send({ op: 8, d: { guild_id: guild.id, query: '', limit: 1 } });
  assert.equal((await nextChunk(raw)).members.length, 1);
});

test('the limit opens again after its window', async () => {
  await using scene = await ready(Guilds | GuildMembers, { wholeGuildWindowMs: 0 });
  for (const nonce of ['a', 'b']) {
    scene.raw.send({ op: 8, d: { guild_id: scene.guild.id, query: '', limit: 0, nonce } });
    assert.equal((await nextChunk(scene.raw)).nonce, nonce);
  }
});

test('members are found by ids and by the start of their names, whatever the intents', async () => {
  await using scene = await ready(Guilds);
  const { raw, guild } = scene;
  const owner = memberOf(guild, 'owner');
  raw.send({
    op: 8,
    d: { guild_id: guild.id, user_ids: [owner, '1'], presences: true, nonce: 'x'.repeat(33) },
  });
  const byId = await nextChunk(raw);
  assert.deepEqual([idsOf(byId), byId.not_found], [new Set([owner]), ['1']]);
  assert.deepEqual(['presences' in byId, 'nonce' in byId], [false, false]);
  const name = guild.members.find(({ id }) => id === owner)?.username ?? '';
  raw.send({ op: 8, d: { guild_id: guild.id, query: name.toUpperCase(), limit: 5 } });
  assert.deepEqual(idsOf(await nextChunk(raw)), new Set([owner]));
  raw.send({ op: 8, d: { guild_id: guild.id, query: 'nobody at all', limit: 5 } });
  const nobody = await nextChunk(raw);
  assert.deepEqual([nobody.members, nobody.chunk_count], [[], 1]);
});

test('all members without the intent, and members of an unknown guild, are answered with silence', async () => {
  await using scene = await ready(Guilds);
  const { raw, guild } = scene;
  raw.send({ op: 8, d: { guild_id: guild.id, query: '', limit: 0 } });
  raw.send({ op: 8, d: { guild_id: '1', query: 'x', limit: 1 } });
  raw.send({ op: 8, d: { guild_id: guild.id, user_ids: '1', nonce: 'last' } });
  assert.equal((await nextChunk(raw)).nonce, 'last');
});

test('presences come where they are asked for and allowed: nobody is online', async () => {
  await using scene = await ready(Guilds | GuildPresences);
  scene.raw.send({ op: 8, d: { guild_id: scene.guild.id, user_ids: [], presences: true } });
  assert.deepEqual((await nextChunk(scene.raw)).presences, []);
  scene.raw.send({ op: 8, d: { guild_id: scene.guild.id, user_ids: [] } });
  assert.equal('presences' in (await nextChunk(scene.raw)), false);
});

test('a large guild comes in chunks of 1,000, everybody once and in order', async () => {
  await using scene = await ready(Guilds | GuildMembers);
  const large = (await scene.client.guilds()).find(({ memberCount }) => memberCount > 2_000);
  assert.ok(large, 'no large guild among the first');
  scene.raw.send({ op: 8, d: { guild_id: large.id, query: '', limit: 0, nonce: 'n' } });
  const chunkCount = Math.ceil(large.memberCount / 1_000);
  const ids: string[] = [];
  for (let index = 0; index < chunkCount; index += 1) {
    const { members, chunk_index, chunk_count, nonce } = await nextChunk(scene.raw);
    assert.deepEqual([chunk_index, chunk_count, nonce], [index, chunkCount, 'n']);
    ids.push(...members.map(({ user }) => user.id));
  }
  assert.equal(ids.length, large.memberCount);
  assert.deepEqual(ids, [...new Set(ids)].toSorted(compareIds));
  scene.raw.send({ op: 8, d: { guild_id: large.id, user_ids: ids.slice(-3) } });
  assert.deepEqual([...idsOf(await nextChunk(scene.raw))], ids.slice(-3));
});

test('a presence and a voice state are taken, sounds and channel info are answered', async () => {
  await using scene = await ready(Guilds);
  const { raw, guild } = scene;
  raw.send({
    op: 3,
    d: { since: null, activities: [{ name: 'chess', type: 0 }], status: 'idle', afk: false },
  });
  raw.send({ op: 4, d: { guild_id: guild.id, channel_id: null, self_mute: false, self_deaf: false } });
  raw.send({ op: 31, d: { guild_ids: ['1', guild.id] } });
  assert.deepEqual((await raw.next('SOUNDBOARD_SOUNDS')).d, { guild_id: guild.id, soundboard_sounds: [] });
  raw.send({ op: 43, d: { guild_id: guild.id, fields: ['status'] } });
  assert.deepEqual((await raw.next('CHANNEL_INFO')).d, { guild_id: guild.id, channels: [] });
});

for (const { op, d } of [
  { op: 3, d: { status: 'busy', activities: [] } },
  { op: 4, d: { guild_id: 1 } },
  { op: 8, d: { guild_id: '1' } },
  { op: 31, d: null },
  { op: 43, d: { guild_id: '1' } },
]) {
  test(`op ${op} with data that cannot be read is closed with 4002`, async () => {
    await using scene = await ready(Guilds);
    scene.raw.send({ op, d });
    assert.equal(await scene.raw.closed, 4002);
  });
}
