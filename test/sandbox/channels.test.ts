import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  ChannelType,
  GatewayDispatchEvents,
  OverwriteType,
  PermissionFlagsBits,
} from 'discord-api-types/v10';
import { guildStage, noRights, PinMessages } from './guild-stage.ts';

const events = GatewayDispatchEvents;
const { Administrator, ManageMessages, SendMessages, ViewChannel } = PermissionFlagsBits;

test('a channel is made in a category, changed, moved and deleted, and each is told', async () => {
  await using stage = await guildStage();
  const { api, guildId } = stage;
  const category = await api.guilds.createChannel(guildId, {
    name: 'Back Office',
    type: ChannelType.GuildCategory,
  });
  const body = { name: 'Case Files', topic: 'secret', parent_id: category.id, rate_limit_per_user: 30 };
  const channel = await api.guilds.createChannel(guildId, body, { reason: 'order' });
  assert.deepEqual(
    [category.name, channel.name, channel.type],
    ['Back Office', 'case-files', ChannelType.GuildText],
  );
  assert.ok('topic' in channel && channel.topic === 'secret');
  await stage.heard(events.ChannelCreate, ({ id }) => id === channel.id);
  const edited = await api.channels.edit(channel.id, { name: 'desk', topic: null, rate_limit_per_user: 0 });
  assert.deepEqual([edited.name, 'topic' in edited && edited.topic], ['desk', null]);
  assert.deepEqual(await api.channels.get(channel.id), edited);
  await stage.heard(events.ChannelUpdate, ({ id }) => id === channel.id);
  await api.guilds.setChannelPositions(guildId, [{ id: channel.id, position: 1, parent_id: null }]);
  const moved = await api.channels.get(channel.id);
  assert.deepEqual(
    ['position' in moved && moved.position, 'parent_id' in moved && moved.parent_id],
    [1, null],
  );
  await api.channels.delete(channel.id);
  await stage.heard(events.ChannelDelete, ({ id }) => id === channel.id);
  await assert.rejects(api.channels.get(channel.id), { status: 404, code: 10003 });
});

test('a forum is made with its tags', async () => {
  await using stage = await guildStage();
  const { api, guildId } = stage;
  const available_tags = [{ name: 'open' }, { name: 'done', moderated: true }];
  const forum = await api.guilds.createChannel(guildId, {
    name: 'tickets',
    type: ChannelType.GuildForum,
    available_tags,
  });
  assert.ok('available_tags' in forum);
  assert.deepEqual(
    forum.available_tags.map(({ name, moderated }) => [name, moderated]),
    [
      ['open', false],
      ['done', true],
    ],
  );
});

test('overwrites are put and deleted, as far as the bot has the rights itself', async () => {
  await using stage = await guildStage();
  const { api, guildId, member } = stage;
  const { id } = await api.guilds.createChannel(guildId, { name: 'room' });
  const type = OverwriteType.Role;
  await api.channels.editPermissionOverwrite(id, guildId, { type, deny: String(SendMessages), allow: '0' });
  await api.channels.editPermissionOverwrite(id, member, { type: OverwriteType.Member, allow: '1024' });
  const channel = await api.channels.get(id);
  assert.deepEqual('permission_overwrites' in channel && channel.permission_overwrites, [
    { id: guildId, type, allow: '0', deny: String(SendMessages) },
    { id: member, type: OverwriteType.Member, allow: '1024', deny: '0' },
  ]);
  await api.channels.deletePermissionOverwrite(id, member);
  await assert.rejects(api.channels.deletePermissionOverwrite(id, member), { status: 404, code: 10009 });
  const all = { type, allow: String(Administrator) };
  await assert.rejects(api.channels.editPermissionOverwrite(id, guildId, all), noRights);
  await assert.rejects(api.channels.editPermissionOverwrite(id, '1', { type, allow: '0' }), { code: 10009 });
});

test('a channel that the bot does not see is none of its business', async () => {
  await using stage = await guildStage();
  const { api, guildId, people } = stage;
  const hidden = { id: guildId, type: OverwriteType.Role, allow: '0', deny: String(ViewChannel) };
  const { id } = await people.createChannel({ guild_id: guildId, name: 'staff', overwrites: [hidden] });
  const noAccess = { status: 403, code: 50001 };
  await assert.rejects(api.channels.get(id), noAccess);
  await assert.rejects(api.channels.edit(id, { name: 'x' }), noAccess);
  await assert.rejects(api.channels.delete(id), noAccess);
  await assert.rejects(api.channels.createMessage(id, { content: 'x' }), noAccess);
  await people.deleteChannel({ guild_id: guildId, channel_id: id });
  await assert.rejects(api.channels.get(id), { code: 10003 });
});

test('what no channel can be is refused', async () => {
  await using stage = await guildStage();
  const { api, guildId, guild } = stage;
  const refused = { status: 400, code: 50035 };
  await assert.rejects(api.guilds.createChannel(guildId, { name: '' }), refused);
  await assert.rejects(
    api.guilds.createChannel(guildId, { name: 'x', rate_limit_per_user: 21_601 }),
    refused,
  );
  const [general] = guild.channels;
  await assert.rejects(
    api.guilds.createChannel(guildId, { name: 'x', parent_id: general?.id ?? '' }),
    refused,
  );
  const news = { type: ChannelType.GuildAnnouncement as const };
  await assert.rejects(api.channels.edit(general?.id ?? '', news), { status: 400, code: 50024 });
  await assert.rejects(api.guilds.setChannelPositions(guildId, [{ id: '1', position: 1 }]), { code: 10003 });
});

test('the bot types', async () => {
  await using stage = await guildStage();
  const [general] = stage.guild.channels;
  await stage.api.channels.showTyping(general?.id ?? '');
  const typing = await stage.heard(events.TypingStart);
  assert.deepEqual([typing['user_id'], typing['channel_id']], [stage.botId, general?.id]);
});

test('messages are pinned and unpinned by who may, and listed the latest first', async () => {
  await using stage = await guildStage();
  const { api, sandbox } = stage;
  const id = stage.guild.channels[0]?.id ?? '';
  const one = await api.channels.createMessage(id, { content: 'one' });
  const two = await api.channels.createMessage(id, { content: 'two' });
  await assert.rejects(api.channels.pinMessage(id, one.id), noRights);
  await stage.grant(PinMessages);
  await api.channels.pinMessage(id, one.id, { reason: 'rules' });
  await api.channels.pinMessage(id, two.id);
  assert.ok((await stage.heard(events.ChannelPinsUpdate))['last_pin_timestamp']);
  const contents = (await api.channels.getPins(id)).map(({ content, pinned }) => [content, pinned]);
  assert.deepEqual(contents, [
    ['two', true],
    ['one', true],
  ]);
  const url = `${sandbox.restUrl}/v10/channels/${id}/messages/pins?limit=1`;
  const page = await fetch(url, { headers: { authorization: `Bot ${sandbox.token}` } });
  const { items, has_more } = (await page.json()) as {
    items: { message: { id: string } }[];
    has_more: boolean;
  };
  assert.deepEqual([items.map(({ message }) => message.id), has_more], [[two.id], true]);
  await api.channels.unpinMessage(id, two.id);
  assert.equal((await api.channels.getPins(id)).length, 1);
  await assert.rejects(api.channels.pinMessage(id, '1'), { status: 404, code: 10008 });
});

test('without Manage Messages nothing is deleted in bulk', async () => {
  await using stage = await guildStage();
  const { api, guildId, people, botRole } = stage;
  const id = stage.guild.channels[0]?.id ?? '';
  const { permissions } = await api.guilds.getRole(guildId, botRole);
  const less = String(BigInt(permissions) & ~ManageMessages);
  await people.editRole({ guild_id: guildId, role_id: botRole, permissions: less });
  const one = await api.channels.createMessage(id, { content: 'one' });
  const two = await api.channels.createMessage(id, { content: 'two' });
  await assert.rejects(api.channels.bulkDeleteMessages(id, [one.id, two.id]), noRights);
  await api.channels.deleteMessage(id, one.id);
});
