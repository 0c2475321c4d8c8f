import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ChannelType, GatewayDispatchEvents } from 'discord-api-types/v10';
import { guildStage, type GuildStage } from './guild-stage.ts';

const events = GatewayDispatchEvents;

/** A direct message to the first member who takes it, and how many were asked who do not. */
async function write(stage: GuildStage, content: string) {
  let closed = 0;
  for (const { user } of await stage.api.guilds.getMembers(stage.guildId, { limit: 50 })) {
    if (user.bot) continue;
    const channel = await stage.api.users.createDM(user.id);
    try {
      return {
        user,
        channel,
        closed,
        message: await stage.api.channels.createMessage(channel.id, { content }),
      };
    } catch (error) {
      assert.equal((error as { code: unknown }).code, 50_007);
      closed += 1;
    }
  }
  throw new Error('nobody takes direct messages');
}

test('a direct message is opened once, written, answered, and told to shard 0 without a guild', async () => {
  await using stage = await guildStage();
  const { api, people } = stage;
  const { user, channel, message } = await write(stage, 'hello');
  assert.equal(channel.type, ChannelType.DM);
  assert.deepEqual((await api.users.createDM(user.id)).id, channel.id);
  assert.deepEqual(await api.channels.get(channel.id), channel);
  const created = await stage.heard(events.MessageCreate);
  assert.deepEqual(
    [created['id'], created['guild_id'], created['member']],
    [message.id, undefined, undefined],
  );
  const answer = await people.sendDirectMessage({ user_id: user.id, content: 'hi' });
  assert.equal(answer.channelId, channel.id);
  const heard = await stage.heard(events.MessageCreate, ({ id }) => id === answer.id);
  assert.equal(heard['content'], 'hi');
  const reply = await api.channels.createMessage(channel.id, {
    content: 'and',
    message_reference: { message_id: answer.id },
  });
  assert.equal(reply.message_reference?.guild_id, undefined);
  await api.channels.addMessageReaction(channel.id, answer.id, '👍');
  await api.channels.pinMessage(channel.id, answer.id);
  assert.equal((await api.channels.getPins(channel.id)).length, 1);
  assert.equal((await api.channels.getMessages(channel.id)).length, 3);
  await assert.rejects(api.channels.deleteMessage(channel.id, answer.id), { status: 403, code: 50_013 });
});

test('some take no direct messages, nor does who shares no guild with the bot', async () => {
  await using stage = await guildStage();
  const { api, people, guildId } = stage;
  const { user, channel } = await write(stage, 'hello');
  for (const guild of await stage.client.guilds())
    if (guild.members.some(({ id }) => id === user.id))
      await people.leaveGuild({ guild_id: guild.id, user_id: user.id });
  const refused = { status: 403, code: 50_007 };
  await assert.rejects(api.channels.createMessage(channel.id, { content: 'x' }), refused);
  const ids: string[] = [];
  for (let nth = 0; nth < 60; nth += 1) ids.push((await people.joinGuild({ guild_id: guildId })).id);
  let closed = 0;
  for (const id of ids) {
    const { id: channelId } = await api.users.createDM(id);
    closed += await api.channels.createMessage(channelId, { content: 'x' }).then(
      () => 0,
      () => 1,
    );
  }
  assert.ok(closed > 0 && closed < 30, `${closed} of 60`);
});

test('nobody writes to themselves, or to nobody', async () => {
  await using stage = await guildStage();
  const { api, botId } = stage;
  for (const id of [botId, '1']) await assert.rejects(api.users.createDM(id), { status: 400, code: 50_033 });
});
