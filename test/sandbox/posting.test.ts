import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  ChannelType,
  GatewayDispatchEvents,
  OverwriteType,
  PermissionFlagsBits,
} from 'discord-api-types/v10';
import { startArena, type Arena } from './arena.ts';
import { makeBot, type Bot } from './bot.ts';
import { guildStage, noRights } from './guild-stage.ts';

/** The channels of the first guild that has one of the type. */
async function findChannel(arena: Arena, bot: Bot, type: ChannelType): Promise<{ readonly id: string }> {
  for (const { id } of await arena.client.guilds()) {
    const found = (await bot.api.guilds.getChannels(id)).find((channel) => channel.type === type);
    if (found) return found;
  }
  throw new Error(`no channel of type ${type}`);
}

test('the bot posts where it may, and nowhere else', async () => {
  await using arena = await startArena({ guilds: 20 });
  await using bot = makeBot(arena.sandbox);
  const post = async (type: ChannelType) =>
    bot.api.channels.createMessage((await findChannel(arena, bot, type)).id, { content: 'hello' });
  for (const type of [ChannelType.GuildText, ChannelType.GuildVoice])
    assert.equal((await post(type)).content, 'hello');
  await assert.rejects(post(ChannelType.GuildAnnouncement), { status: 403, code: 50013 });
  for (const type of [ChannelType.GuildCategory, ChannelType.GuildForum])
    await assert.rejects(post(type), { status: 400, code: 50008 });
  const news = await findChannel(arena, bot, ChannelType.GuildAnnouncement);
  assert.deepEqual(await bot.api.channels.getMessages(news.id), []);
});

test('a member uses commands where they see the channel; what the bot may there is said with the command', async () => {
  await using arena = await startArena({ guilds: 20 });
  await using bot = makeBot(arena.sandbox);
  bot.onInteraction(({ id, token }, api) => api.interactions.reply(id, token, { content: 'ok' }));
  await bot.connect();
  const command = 'hello';
  await bot.api.applicationCommands.createGlobalCommand(arena.sandbox.applicationId, {
    name: command,
    description: 'd',
  });
  const news = await findChannel(arena, bot, ChannelType.GuildAnnouncement);
  const guilds = await arena.client.guilds();
  const guild = guilds.find(({ channels }) => channels.some(({ id }) => id === news.id));
  assert.ok(guild);
  await arena.client.runCommand({ guildId: guild.id, channelId: news.id, command });
  const sent = bot.of(GatewayDispatchEvents.InteractionCreate).at(-1)?.d as { app_permissions?: string };
  assert.equal(BigInt(sent.app_permissions ?? 2_048) & PermissionFlagsBits.SendMessages, 0n);
  const hidden = await hiddenChannel(arena, bot);
  await assert.rejects(
    arena.client.runCommand({ ...hidden, command }),
    /may not use commands in this channel/,
  );
  const moderator = guilds.find(({ id }) => id === hidden.guildId)?.members.find(isModerator);
  const seen = await arena.client.runCommand({ ...hidden, command, userId: moderator?.id ?? '' });
  assert.equal(seen.content, 'ok');
});

function isModerator({ kind }: { readonly kind: string }): boolean {
  return kind === 'moderator';
}

/** A channel that @everyone does not see and moderators do. */
async function hiddenChannel(arena: Arena, bot: Bot): Promise<{ guildId: string; channelId: string }> {
  for (const { id: guildId } of await arena.client.guilds()) {
    const channels = await bot.api.guilds.getChannels(guildId);
    const hidden = channels.find(
      (channel) =>
        channel.type === ChannelType.GuildText &&
        'permission_overwrites' in channel &&
        channel.permission_overwrites?.some(({ id, deny }) => id === guildId && deny === '1024'),
    );
    if (hidden) return { guildId, channelId: hidden.id };
  }
  throw new Error('no hidden channel');
}

test('files, replies and new reactions take permissions of their own', async () => {
  await using stage = await guildStage();
  const { api, guildId, botRole, member } = stage;
  const { AddReactions, AttachFiles, ReadMessageHistory } = PermissionFlagsBits;
  const closedTo = async (denied: bigint) => {
    const deny = { id: botRole, type: OverwriteType.Role, allow: '0', deny: String(denied) };
    return (await stage.people.createChannel({ guild_id: guildId, name: 'closed', overwrites: [deny] })).id;
  };
  const files = [{ name: 'a.txt', data: 'a' }];
  const plain = await closedTo(AttachFiles | AddReactions);
  await assert.rejects(api.channels.createMessage(plain, { content: 'x', files }), noRights);
  const own = await api.channels.createMessage(plain, { content: 'x' });
  await assert.rejects(api.channels.editMessage(plain, own.id, { files }), noRights);
  await assert.rejects(api.channels.addMessageReaction(plain, own.id, '👍'), noRights);
  await stage.client.react({ channelId: plain, messageId: own.id, userId: member, emoji: '👍' });
  await api.channels.addMessageReaction(plain, own.id, '👍');
  const present = await closedTo(ReadMessageHistory);
  const { id: message_id } = await api.channels.createMessage(present, { content: 'x' });
  const reply = api.channels.createMessage(present, { content: 'x', message_reference: { message_id } });
  await assert.rejects(reply, { status: 403, code: 160002 });
});

test('a message takes twenty different reactions', async () => {
  await using stage = await guildStage();
  const id = stage.guild.channels[0]?.id ?? '';
  const message = await stage.api.channels.createMessage(id, { content: 'x' });
  const faces = Array.from({ length: 21 }, (_, nth) => String.fromCodePoint(0x1f600 + nth));
  const last = faces.pop() ?? '';
  for (const face of faces) await stage.api.channels.addMessageReaction(id, message.id, face);
  await assert.rejects(stage.api.channels.addMessageReaction(id, message.id, last), { code: 30010 });
});
