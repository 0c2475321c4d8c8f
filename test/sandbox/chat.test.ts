import assert from 'node:assert/strict';
import { test } from 'node:test';
import { GatewayDispatchEvents, GatewayIntentBits } from 'discord-api-types/v10';
import { eventually } from '../helpers/eventually.ts';
import { memberOf, startArena } from './arena.ts';
import { makeBot } from './bot.ts';

const { Guilds, GuildMessages, GuildMessageReactions, MessageContent } = GatewayIntentBits;
const intents = Guilds | GuildMessages | GuildMessageReactions | MessageContent;

test('members chat, reply and react; the bot hears of each, and each member sees the channel', async () => {
  await using arena = await startArena();
  const { client, guild } = arena;
  await using bot = makeBot(arena.sandbox, { intents });
  await bot.connect();
  const channelId = guild.channels[0]?.id ?? '';
  const [one, other] = [memberOf(guild, 'member'), memberOf(guild, 'moderator')];

  const said = await client.chat({ channelId, userId: one, content: '  hello  ' });
  assert.deepEqual([said.content, said.author.id], ['hello', one]);
  const reply = await client.chat({ channelId, userId: other, content: 'hi', replyTo: said.id });
  assert.equal(reply.referenced_message?.id, said.id);
  const heard = () => bot.of(GatewayDispatchEvents.MessageCreate).map(({ d }) => d as { content: string });
  await eventually('both messages', () => heard().length === 2);
  assert.deepEqual(
    heard().map(({ content }) => content),
    ['hello', 'hi'],
  );

  await client.react({ channelId, messageId: said.id, userId: one, emoji: '👍' });
  await eventually('the reaction', () => bot.of(GatewayDispatchEvents.MessageReactionAdd)[0]);
  const mineFor = async (userId: string) =>
    (await client.messages(channelId, userId)).at(-1)?.reactions?.map(({ me, count }) => [me, count]);
  assert.deepEqual(await mineFor(one), [[true, 1]]);
  assert.deepEqual(await mineFor(other), [[false, 1]]);
  await client.react({ channelId, messageId: said.id, userId: one, emoji: '👍', remove: true });
  assert.equal(await mineFor(one), undefined);

  const page = await client.messages(channelId, one, { limit: 1, before: reply.id });
  assert.deepEqual(
    page.map(({ id }) => id),
    [said.id],
  );
});

test('what Discord’s client would not send is refused in one line', async () => {
  await using arena = await startArena();
  const { client, guild } = arena;
  const channelId = guild.channels[0]?.id ?? '';
  const userId = memberOf(guild, 'member');
  const chat = (content: string, more: object = {}) => client.chat({ channelId, userId, content, ...more });
  await assert.rejects(chat('   '), /content is empty/);
  await assert.rejects(chat('x'.repeat(2_001)), /content has 2001 characters: 2000 are the most/);
  await assert.rejects(chat('x', { channelId: '1' }), /there is no channel 1/);
  await assert.rejects(chat('x', { userId: '1' }), /there is no member 1/);
  await assert.rejects(chat('x', { replyTo: '1' }), /Invalid Form Body/);
  const { id } = await chat('x');
  const react = (messageId: string, emoji: string) => client.react({ channelId, messageId, userId, emoji });
  await assert.rejects(react(id, 'no emoji'), /Unknown Emoji/);
  await assert.rejects(react('1', '👍'), /Unknown Message/);
});

test('a member is offered the commands they may use, the guild’s own before global ones', async () => {
  await using arena = await startArena();
  const { client, guild, sandbox } = arena;
  await using bot = makeBot(sandbox);
  const { applicationCommands } = bot.api;
  await applicationCommands.bulkOverwriteGlobalCommands(sandbox.applicationId, [
    { name: 'ping', description: 'global' },
    { name: 'ban', description: 'staff', default_member_permissions: '4' },
    { name: 'Greet', type: 2 },
  ]);
  await applicationCommands.createGuildCommand(sandbox.applicationId, guild.id, {
    name: 'ping',
    description: 'of the guild',
  });
  const offered = async (kind: 'member' | 'moderator') =>
    (await client.commands(guild.id, memberOf(guild, kind))).map(({ name, description }) => [
      name,
      description,
    ]);
  const everybodys = [
    ['ping', 'of the guild'],
    ['Greet', ''],
  ];
  assert.deepEqual(await offered('member'), everybodys);
  assert.deepEqual(await offered('moderator'), [everybodys[0], ['ban', 'staff'], everybodys[1]]);
});

test('members are found by how their name begins, the bot too', async () => {
  await using arena = await startArena();
  const { client, guild } = arena;
  const everybody = await client.members(guild.id);
  assert.deepEqual(
    everybody.slice(0, 2).map(({ kind }) => kind),
    ['owner', 'moderator'],
  );
  const [first] = everybody;
  const query = first?.username.slice(0, -1).toUpperCase() ?? '';
  assert.deepEqual(
    (await client.members(guild.id, { query })).find(({ id }) => id === first?.id),
    first,
  );
  const [bot] = await client.members(guild.id, { query: 'sandbox-b' });
  assert.equal(bot?.kind, 'bot');
  assert.equal((await client.members(guild.id, { limit: 1 })).length, 1);
  await assert.rejects(client.members('1'), /there is no guild 1/);
});
