import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AuditLogEvent } from 'discord-api-types/v10';
import { guildStage, noRights } from './guild-stage.ts';

test('the log tells who did what and why, by actor, kind, target and page', async () => {
  await using stage = await guildStage();
  const { api, guildId, people, botId, moderator, member } = stage;
  const { id: newcomer } = await people.joinGuild({ guild_id: guildId });
  await api.guilds.editMember(guildId, member, { nick: 'A' }, { reason: 'one' });
  await people.kick({ guild_id: guildId, by: moderator, user_id: newcomer, reason: 'two' });
  await api.guilds.banUser(guildId, member, {}, { reason: 'drei ✓' });
  const read = async (query: object) => (await api.guilds.getAuditLogs(guildId, query)).audit_log_entries;
  const all = await read({});
  assert.deepEqual(
    all.map(({ action_type, user_id, target_id, reason }) => [action_type, user_id, target_id, reason]),
    [
      [AuditLogEvent.MemberBanAdd, botId, member, 'drei ✓'],
      [AuditLogEvent.MemberKick, moderator, newcomer, 'two'],
      [AuditLogEvent.MemberUpdate, botId, member, 'one'],
    ],
  );
  const ids = all.map(({ id }) => id);
  const idsOf = async (query: object) => (await read(query)).map(({ id }) => id);
  assert.deepEqual(await idsOf({ user_id: moderator }), [ids[1]]);
  assert.deepEqual(await idsOf({ action_type: AuditLogEvent.MemberBanAdd }), [ids[0]]);
  assert.deepEqual(await idsOf({ before: ids[0] ?? '', limit: 1 }), [ids[1]]);
  assert.deepEqual(await idsOf({ after: ids[2] ?? '' }), [ids[1], ids[0]]);
  const { users } = await api.guilds.getAuditLogs(guildId);
  assert.deepEqual(new Set(users.map(({ id }) => id)), new Set([botId, moderator, member, newcomer]));
});

test('the log is for those alone who may read it', async () => {
  await using stage = await guildStage();
  const { api, guildId, people, botRole } = stage;
  await assert.rejects(api.guilds.getAuditLogs(guildId, { limit: 101 }), { status: 400, code: 50_035 });
  await people.editRole({ guild_id: guildId, role_id: botRole, permissions: '1024' });
  await assert.rejects(api.guilds.getAuditLogs(guildId), noRights);
});

test('a bulk delete is logged once, with how many messages of which channel', async () => {
  await using stage = await guildStage();
  const { api, guildId, botId } = stage;
  const id = stage.guild.channels[0]?.id ?? '';
  const posted = await Promise.all(['a', 'b'].map((content) => api.channels.createMessage(id, { content })));
  await api.channels.bulkDeleteMessages(
    id,
    posted.map((message) => message.id),
    { reason: 'spam' },
  );
  const { audit_log_entries } = await api.guilds.getAuditLogs(guildId);
  const target_id = id;
  const action_type = AuditLogEvent.MessageBulkDelete;
  assert.deepEqual(audit_log_entries, [
    {
      id: audit_log_entries[0]?.id,
      user_id: botId,
      target_id,
      action_type,
      options: { count: '2' },
      reason: 'spam',
    },
  ]);
});
