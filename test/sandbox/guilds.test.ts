import assert from 'node:assert/strict';
import { test } from 'node:test';
import { memberOf, startArena } from './arena.ts';
import { makeBot } from './bot.ts';

function ids(each: readonly { readonly id: string }[]): string[] {
  return each.map(({ id }) => id);
}

test('a guild, its channels and its roles can be read', async () => {
  await using arena = await startArena();
  await using bot = makeBot(arena.sandbox);
  const { guilds, channels } = bot.api;
  const { guild } = arena;
  const read = await guilds.get(guild.id, { with_counts: true });
  assert.deepEqual([read.name, read.approximate_member_count], [guild.name, guild.members.length + 1]);
  assert.deepEqual(ids(await guilds.getChannels(guild.id)), ids(guild.channels));
  const roles = await guilds.getRoles(guild.id);
  assert.deepEqual(ids(roles), ids(guild.roles));
  assert.deepEqual(await guilds.getRole(guild.id, guild.id), roles[0], 'the id of @everyone is the guild’s');
  const [first] = guild.channels;
  const channel = await channels.get(first?.id ?? '');
  assert.deepEqual([channel.id, 'guild_id' in channel && channel.guild_id], [first?.id, guild.id]);
});

test('members are listed by id and page by page, the bot among them', async () => {
  await using arena = await startArena();
  await using bot = makeBot(arena.sandbox);
  const { guilds, users } = bot.api;
  const { guild, sandbox } = arena;
  const all = await guilds.getMembers(guild.id, { limit: 1_000 });
  const userIds = all.map(({ user }) => user.id);
  assert.deepEqual(new Set(userIds), new Set([...guild.members.map(({ id }) => id), sandbox.applicationId]));
  const [first] = await guilds.getMembers(guild.id);
  assert.equal(first?.user.id, userIds[0]);
  const rest = await guilds.getMembers(guild.id, { limit: 1_000, after: userIds[0] ?? '' });
  assert.deepEqual(
    rest.map(({ user }) => user.id),
    userIds.slice(1),
  );
  const owner = memberOf(guild, 'owner');
  assert.equal((await guilds.getMember(guild.id, owner)).user.id, owner);
  assert.equal((await users.get(owner)).id, owner);
});

test('the bot’s guilds come page by page, forwards and backwards', async () => {
  await using arena = await startArena({ guilds: 5 });
  await using bot = makeBot(arena.sandbox);
  const { users } = bot.api;
  const known = (await arena.client.guilds()).map(({ id }) => id);
  const read = async (query: object) => (await users.getGuilds(query)).map(({ id }) => id);
  assert.deepEqual(await read({}), known);
  assert.deepEqual(await read({ after: '0', limit: 2 }), known.slice(0, 2));
  assert.deepEqual(await read({ after: known[1] ?? '', limit: 2 }), known.slice(2, 4));
  assert.deepEqual(await read({ before: known[3] ?? '', limit: 2 }), known.slice(1, 3));
  const beyond = `${BigInt(known[4] ?? 0) + 1n}`;
  assert.deepEqual(await read({ before: beyond }), known);
  assert.deepEqual(await read({ after: beyond }), []);
});

test('what is not there is 404 with its code', async () => {
  await using arena = await startArena({ guilds: 2 });
  await using bot = makeBot(arena.sandbox);
  const { guilds, channels, users } = bot.api;
  const [guild, other] = await arena.client.guilds();
  const stranger = other?.members[0]?.id ?? '';
  const id = guild?.id ?? '';
  await assert.rejects(guilds.get('1'), { status: 404, code: 10004 });
  await assert.rejects(guilds.getRole(id, '1'), { status: 404, code: 10011 });
  await assert.rejects(guilds.getMember(id, stranger), { status: 404, code: 10007 });
  await assert.rejects(guilds.getMember(id, '1'), { status: 404, code: 10013 });
  await assert.rejects(channels.get(id), { status: 404, code: 10003 });
  await assert.rejects(users.get('1'), { status: 404, code: 10013 });
  await assert.rejects(guilds.getMembers(id, { limit: 1_001 }), { status: 400, code: 50035 });
});

test('the list of members needs what Discord must grant; one member does not', async () => {
  await using arena = await startArena({ intentsStrict: true });
  await using bot = makeBot(arena.sandbox);
  const { guilds } = bot.api;
  await assert.rejects(guilds.getMembers(arena.guild.id), { status: 403, code: 50001 });
  assert.ok(await guilds.getMember(arena.guild.id, memberOf(arena.guild, 'member')));
});

test('of what no guild has here, a client that asks for it gets none', async () => {
  await using arena = await startArena();
  await using bot = makeBot(arena.sandbox);
  const { guilds, monetization } = bot.api;
  const { id } = arena.guild;
  const lists = [
    guilds.getEmojis(id),
    guilds.getStickers(id),
    guilds.getWebhooks(id),
    guilds.getIntegrations(id),
    guilds.getAutoModerationRules(id),
    guilds.getScheduledEvents(id),
    monetization.getEntitlements(arena.sandbox.applicationId, {}),
  ];
  for (const list of lists) assert.deepEqual(await list, []);
  await assert.rejects(guilds.getEmojis('1'), { code: 10004 });
});
