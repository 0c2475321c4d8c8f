import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ChannelType } from 'discord-api-types/v10';
import { startArena, type Arena } from './arena.ts';
import { makeBot, type Bot } from './bot.ts';

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
