import assert from 'node:assert/strict';
import { test } from 'node:test';
import { GatewayDispatchEvents } from 'discord-api-types/v10';
import { guildStage, ManageGuild, noRights } from './guild-stage.ts';

const events = GatewayDispatchEvents;

test('a ban takes the member out, is told, read, and lifted', async () => {
  await using stage = await guildStage();
  const { api, guildId, member } = stage;
  await api.guilds.banUser(guildId, member, {}, { reason: 'scam' });
  await stage.heard(events.GuildBanAdd);
  await stage.heard(events.GuildMemberRemove);
  const ban = await api.guilds.getMemberBan(guildId, member);
  assert.deepEqual([ban.user.id, ban.reason], [member, 'scam']);
  assert.deepEqual(await api.guilds.getMemberBans(guildId), [ban]);
  await assert.rejects(stage.people.joinGuild({ guild_id: guildId, user_id: member }), /is banned/);
  await api.guilds.unbanUser(guildId, member);
  await stage.heard(events.GuildBanRemove);
  await assert.rejects(api.guilds.getMemberBan(guildId, member), { status: 404, code: 10026 });
  await assert.rejects(api.guilds.unbanUser(guildId, member), { status: 404, code: 10026 });
});

test('bans come page by page, by the ids of users', async () => {
  await using stage = await guildStage();
  const { api, guildId, people } = stage;
  const ids: string[] = [];
  for (let nth = 0; nth < 3; nth += 1) ids.push((await people.joinGuild({ guild_id: guildId })).id);
  for (const id of ids.toReversed()) await api.guilds.banUser(guildId, id);
  const read = async (query: object) =>
    (await api.guilds.getMemberBans(guildId, query)).map(({ user }) => user.id);
  assert.deepEqual(await read({}), ids);
  assert.deepEqual(await read({ limit: 2 }), ids.slice(0, 2));
  assert.deepEqual(await read({ after: ids[0] ?? '' }), ids.slice(1));
  assert.deepEqual(await read({ before: ids[2] ?? '', limit: 1 }), ids.slice(1, 2));
});

test('with a ban go the messages of the time that was asked for', async () => {
  await using stage = await guildStage();
  const { api, guildId, people } = stage;
  const channelId = stage.guild.channels[0]?.id ?? '';
  const kept = await api.channels.createMessage(channelId, { content: 'x' });
  const { id: userId } = await people.joinGuild({ guild_id: guildId });
  for (const content of ['spam', 'more spam']) await stage.client.chat({ channelId, userId, content });
  assert.equal((await api.channels.getMessages(channelId)).length, 3);
  await api.guilds.banUser(guildId, userId, { delete_message_seconds: 3_600 });
  assert.deepEqual(
    (await api.channels.getMessages(channelId)).map(({ id }) => id),
    [kept.id],
  );
  assert.equal(((await stage.heard(events.MessageDeleteBulk))['ids'] as unknown[]).length, 2);
  const tooFar = { delete_message_seconds: 604_801 };
  await assert.rejects(api.guilds.banUser(guildId, stage.member, tooFar), { code: 50035 });
});

test('several are banned at once; whom it cannot ban, the bot is told', async () => {
  await using stage = await guildStage();
  const { api, guildId, member, owner } = stage;
  const user_ids = [member, owner];
  await assert.rejects(api.guilds.bulkBanUsers(guildId, { user_ids }), noRights);
  await stage.grant(ManageGuild);
  const result = await api.guilds.bulkBanUsers(guildId, { user_ids });
  assert.deepEqual(result, { banned_users: [member], failed_users: [owner] });
  await assert.rejects(api.guilds.bulkBanUsers(guildId, { user_ids: [owner] }), { code: 500_000 });
});

test('nobody above the bot, nobody who does not exist, and nobody without the right', async () => {
  await using stage = await guildStage();
  const { api, guildId, moderator, owner, member, people, botRole } = stage;
  for (const above of [moderator, owner]) await assert.rejects(api.guilds.banUser(guildId, above), noRights);
  await assert.rejects(api.guilds.banUser(guildId, '1'), { status: 404, code: 10013 });
  await people.editRole({ guild_id: guildId, role_id: botRole, permissions: '1024' });
  await assert.rejects(api.guilds.banUser(guildId, member), noRights);
  await assert.rejects(api.guilds.getMemberBans(guildId), noRights);
  await people.ban({ guild_id: guildId, by: moderator, user_id: member, reason: 'by hand' });
  await people.unban({ guild_id: guildId, by: moderator, user_id: member });
});
