import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ChannelType, OverwriteType, PermissionFlagsBits } from 'discord-api-types/v10';
import { memberOf, startArena } from './arena.ts';
import { makeBot } from './bot.ts';

const threadTypes: ReadonlySet<number> = new Set([ChannelType.PublicThread, ChannelType.PrivateThread]);

test('a member’s client lists the channels and threads that they see, and what they may do there', async () => {
  await using arena = await startArena();
  const { client, guild } = arena;
  const [member, moderator] = [memberOf(guild, 'member'), memberOf(guild, 'moderator')];
  const deny = (bits: bigint) => [{ id: guild.id, type: OverwriteType.Role, allow: '0', deny: String(bits) }];
  const make = (name: string, bits: bigint) =>
    client.people.createChannel({ guild_id: guild.id, name, overwrites: deny(bits) });
  const hidden = await make('hidden', PermissionFlagsBits.ViewChannel);
  const quiet = await make('quiet', PermissionFlagsBits.SendMessages);
  const listed = await client.channels(guild.id, member);
  assert.equal(
    listed.find(({ id }) => id === hidden.id),
    undefined,
  );
  const { mayWrite, mayAttach } = listed.find(({ id }) => id === quiet.id) ?? {};
  assert.deepEqual([mayWrite, mayAttach], [false, false]);
  assert.equal(listed[0]?.mayWrite, true);

  const start = { guild_id: guild.id, channel_id: guild.channels[0]?.id ?? '' };
  const message = await client.chat({ channelId: start.channel_id, userId: member, content: 'hm' });
  const thread = await client.people.createThread({
    ...start,
    by: member,
    name: 'talk',
    message_id: message.id,
  });
  assert.equal(thread.id, message.id);
  const [begun] = await client.messages(start.channel_id, member);
  assert.equal(begun?.thread?.name, 'talk');
  await assert.rejects(
    client.people.createThread({ ...start, name: 'again', message_id: message.id }),
    /already been created/,
  );
  const secret = await client.people.createThread({
    ...start,
    by: moderator,
    name: 'secret',
    is_private: true,
  });
  const threads = async (userId: string) =>
    (await client.channels(guild.id, userId)).flatMap(({ name, parentId, type }) =>
      parentId === start.channel_id && threadTypes.has(type) ? [name] : [],
    );
  assert.deepEqual(await threads(member), ['talk']);
  assert.deepEqual(await threads(moderator), ['talk', 'secret']);
  const intrude = client.chat({ channelId: secret.id, userId: member, content: 'boo' });
  await assert.rejects(intrude, /is not in the private thread secret/);
});

test('commands are those of the channel, and a member is found by id', async () => {
  await using arena = await startArena();
  const { client, guild, sandbox } = arena;
  await using bot = makeBot(sandbox);
  await bot.api.applicationCommands.bulkOverwriteGlobalCommands(sandbox.applicationId, [
    { name: 'ping', description: 'Pong' },
  ]);
  const userId = memberOf(guild, 'member');
  const without = await client.people.createChannel({
    guild_id: guild.id,
    name: 'without',
    overwrites: [
      {
        id: guild.id,
        type: OverwriteType.Role,
        allow: '0',
        deny: String(PermissionFlagsBits.UseApplicationCommands),
      },
    ],
  });
  const names = async (channelId?: string) =>
    (await client.commands(guild.id, userId, channelId)).map(({ name }) => name);
  assert.deepEqual(await names(), ['ping']);
  assert.deepEqual(await names(guild.channels[0]?.id), ['ping']);
  assert.deepEqual(await names(without.id), []);
  const [found, ...others] = await client.members(guild.id, { query: userId });
  assert.deepEqual([found?.id, others.length], [userId, 0]);
});
