import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AuditLogEvent, GatewayDispatchEvents } from 'discord-api-types/v10';
import { guildStage, ManageGuild, noRights } from './guild-stage.ts';

const events = GatewayDispatchEvents;
const dayMs = 86_400_000;

function inDays(days: number): string {
  return new Date(Date.now() + days * dayMs).toISOString();
}

test('a member is renamed, timed out and given roles, and all of it is heard of and logged with its reason', async () => {
  await using stage = await guildStage();
  const { api, guildId, member, botId } = stage;
  const role = await api.guilds.createRole(guildId, { name: 'Muted' });
  const until = inDays(27);
  const reason = 'für Spaß & Ärger';
  const body = { nick: 'Neo', roles: [role.id], communication_disabled_until: until };
  const edited = await api.guilds.editMember(guildId, member, body, { reason });
  assert.deepEqual([edited.nick, edited.roles], ['Neo', [role.id]]);
  assert.equal(Date.parse(edited.communication_disabled_until ?? ''), Date.parse(until));
  assert.deepEqual(await api.guilds.getMember(guildId, member), edited);
  const update = await stage.heard(events.GuildMemberUpdate);
  assert.deepEqual([update['nick'], update['guild_id']], ['Neo', guildId]);
  const entry = await stage.heard(
    events.GuildAuditLogEntryCreate,
    ({ action_type }) => action_type === AuditLogEvent.MemberUpdate,
  );
  assert.deepEqual([entry['user_id'], entry['target_id'], entry['reason']], [botId, member, reason]);
  const cleared = await api.guilds.editMember(guildId, member, {
    nick: '',
    communication_disabled_until: null,
  });
  assert.deepEqual([cleared.nick, cleared.communication_disabled_until], [null, null]);
});

test('a role is given and taken back, and the list and the search show it', async () => {
  await using stage = await guildStage();
  const { api, guildId, member } = stage;
  const role = await api.guilds.createRole(guildId, { name: 'Guest' });
  await api.guilds.addRoleToMember(guildId, member, role.id);
  const { user, roles } = await api.guilds.getMember(guildId, member);
  assert.ok(roles.includes(role.id));
  const found = await api.guilds.searchForMembers(guildId, { query: user.username, limit: 10 });
  assert.ok(found.some((each) => each.user.id === member && each.roles.includes(role.id)));
  await api.guilds.removeRoleFromMember(guildId, member, role.id);
  assert.ok(!(await api.guilds.getMember(guildId, member)).roles.includes(role.id));
});

test('a member is kicked, and the bot renames itself', async () => {
  await using stage = await guildStage();
  const { api, guildId, member, botId } = stage;
  await api.guilds.removeMember(guildId, member, { reason: 'spam' });
  const gone = await stage.heard(events.GuildMemberRemove);
  assert.deepEqual((gone['user'] as { id: string }).id, member);
  await assert.rejects(api.guilds.getMember(guildId, member), { status: 404, code: 10007 });
  const self = await api.users.editCurrentGuildMember(guildId, { nick: 'Helper' });
  assert.deepEqual([self.user.id, self.nick], [botId, 'Helper']);
});

test('who stands above the bot is out of its reach, and so are roles above its own', async () => {
  await using stage = await guildStage();
  const { api, guildId, member, moderator, owner, guild, botRole } = stage;
  for (const above of [moderator, owner]) {
    await assert.rejects(api.guilds.removeMember(guildId, above), noRights);
    await assert.rejects(api.guilds.editMember(guildId, above, { nick: 'x' }), noRights);
    const timeout = { communication_disabled_until: inDays(1) };
    await assert.rejects(api.guilds.editMember(guildId, above, timeout), noRights);
  }
  const admin = guild.roles.find(({ name }) => name === 'Admin')?.id ?? '';
  await assert.rejects(api.guilds.addRoleToMember(guildId, member, admin), noRights);
  await assert.rejects(api.guilds.editMember(guildId, member, { roles: [admin] }), noRights);
  await assert.rejects(api.guilds.addRoleToMember(guildId, member, botRole), { code: 50028 });
  await assert.rejects(api.guilds.addRoleToMember(guildId, member, '1'), { status: 404, code: 10011 });
  await assert.rejects(api.guilds.editMember(guildId, member, { mute: true }), noRights);
});

test('a form that Discord refuses is refused with the field', async () => {
  await using stage = await guildStage();
  const { api, guildId, member } = stage;
  const refused = { status: 400, code: 50035 };
  await assert.rejects(api.guilds.editMember(guildId, member, { nick: 'x'.repeat(33) }), refused);
  const tooLong = { communication_disabled_until: inDays(29) };
  await assert.rejects(api.guilds.editMember(guildId, member, tooLong), refused);
  await assert.rejects(
    api.guilds.editMember(guildId, member, { communication_disabled_until: 'soon' }),
    refused,
  );
  await assert.rejects(api.guilds.editMember(guildId, member, { roles: ['1', '1'] }), refused);
  const reason = 'x'.repeat(513);
  await assert.rejects(api.guilds.editMember(guildId, member, { nick: 'y' }, { reason }), refused);
  await assert.rejects(api.guilds.editMember(guildId, '1', { nick: 'y' }), { status: 404, code: 10013 });
});

test('people come, go and are moderated by hand, each within their rights', async () => {
  await using stage = await guildStage();
  const { api, people, guildId, moderator, member } = stage;
  const guild_id = guildId;
  const { id } = await people.joinGuild({ guild_id });
  const added = await stage.heard(events.GuildMemberAdd);
  assert.equal((added['user'] as { id: string }).id, id);
  await people.editMember({ guild_id, by: moderator, user_id: id, timeout_seconds: 60, reason: 'calm' });
  assert.ok((await api.guilds.getMember(guildId, id)).communication_disabled_until);
  await people.kick({ guild_id, by: moderator, user_id: id });
  await stage.heard(events.GuildMemberRemove);
  await assert.rejects(people.kick({ guild_id, by: member, user_id: moderator }), /lacks a permission/);
  await assert.rejects(
    people.kick({ guild_id, by: moderator, user_id: stage.owner }),
    /does not stand above/,
  );
  await assert.rejects(people.leaveGuild({ guild_id, user_id: '1' }), /Unknown Member/);
  await people.leaveGuild({ guild_id, user_id: member });
  await stage.heard(events.GuildMemberRemove, ({ user }) => (user as { id: string }).id === member);
});

test('the bot leaves a guild, is added again and to a new one, and is kicked', async () => {
  await using stage = await guildStage({ guilds: 3 });
  const { api, people, guildId, botId, moderator } = stage;
  await api.users.leaveGuild(guildId);
  await stage.heard(events.GuildDelete, ({ id }) => id === guildId);
  await assert.rejects(api.guilds.get(guildId), { status: 404, code: 10004 });
  await people.addBot({ guild_id: guildId });
  const { id } = await people.addBot({});
  await stage.heard(events.GuildCreate, (data) => data['id'] === id);
  assert.equal((await api.guilds.get(id)).id, id);
  await people.kick({ guild_id: guildId, by: moderator, user_id: botId });
  await assert.rejects(api.guilds.get(guildId), { code: 10004 });
});

test('those who have no role and were away are counted and pruned by a bot that manages the guild', async () => {
  await using stage = await guildStage();
  const { api, guildId, people } = stage;
  await assert.rejects(api.guilds.getPruneCount(guildId, { days: 7 }), noRights);
  await stage.grant(ManageGuild);
  const { id } = await people.joinGuild({ guild_id: guildId });
  const { pruned } = await api.guilds.getPruneCount(guildId, { days: 7 });
  const result = await api.guilds.beginPrune(guildId, { days: 7 }, { reason: 'tidy' });
  assert.ok(pruned && pruned > 0);
  assert.deepEqual(result, { pruned });
  assert.deepEqual(await api.guilds.getPruneCount(guildId, { days: 7 }), { pruned: 0 });
  assert.equal((await api.guilds.getMember(guildId, id)).user.id, id);
});
