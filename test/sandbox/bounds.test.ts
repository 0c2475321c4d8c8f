import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ApplicationCommandType, ChannelType, InteractionType } from 'discord-api-types/v10';
import { Cdn } from '../../src/sandbox/cdn/cdn.ts';
import { Interactions } from '../../src/sandbox/interactions/interactions.ts';
import { ChannelMessages } from '../../src/sandbox/messages/channel-messages.ts';
import { MessageMaker } from '../../src/sandbox/messages/message.ts';
import { SnowflakeClock } from '../../src/sandbox/snowflake.ts';
import type { Place } from '../../src/sandbox/world/world.ts';
import { botUser, TestStage } from './stage.ts';

const ids = new SnowflakeClock();

function messagesOf(stage: TestStage): { messages: ChannelMessages; places: readonly Place[] } {
  const maker = new MessageMaker(new Cdn('http://127.0.0.1', ids), ids);
  const messages = new ChannelMessages(ids, () => undefined, maker);
  const places = stage.world.guildIds(60).flatMap((id) => {
    const guild = stage.world.guild(id);
    const [channel] = guild?.channels.filter(({ type }) => type === ChannelType.GuildText) ?? [];
    return guild && channel ? { guild, channel } : [];
  });
  return { messages, places };
}

test('an interaction that is forgotten before its time has failed for whoever waits for it', async () => {
  const clocks = { firstAnswerMs: 60_000, interactionLifetimeMs: 900_000 };
  const observer = { opened: () => undefined, changed: () => undefined };
  const interactions = new Interactions(ids, clocks, observer);
  const origin = {
    type: InteractionType.ApplicationCommand,
    applicationId: botUser.id,
    guildId: '1',
    channelId: '1',
    user: botUser,
    commandName: 'x',
    commandType: ApplicationCommandType.ChatInput,
  };
  const first = interactions.open(origin);
  const settled = first.settled(0);
  for (let nth = 0; nth < 50_000; nth += 1) interactions.open(origin);
  assert.equal(interactions.find(first.id), undefined);
  assert.equal(first.state, 'failed');
  await settled;
  interactions.stop();
});

test('all channels together keep so many messages, the youngest', () => {
  const stage = new TestStage(60);
  const { messages, places } = messagesOf(stage);
  const [quiet, ...busy] = places;
  assert.ok(quiet && busy.length > 51);
  const post = (place: Place) => messages.post(place, place.guild.bot, { content: 'x' }).id;
  const oldest = post(quiet);
  for (let nth = 0; nth < 49_999; nth += 1) post(busy[nth % busy.length] ?? quiet);
  assert.equal(messages.get(quiet.channel.id, oldest).message.id, oldest);
  const deleted = post(quiet);
  assert.throws(() => messages.get(quiet.channel.id, oldest), { code: 10008 });
  messages.delete(quiet, deleted);
  const younger = post(quiet);
  post(quiet);
  assert.equal(messages.get(quiet.channel.id, younger).message.id, younger);
});
