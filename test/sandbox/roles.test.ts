import assert from 'node:assert/strict';
import { test } from 'node:test';
import { GatewayDispatchEvents, PermissionFlagsBits } from 'discord-api-types/v10';
import { guildStage, ManageGuild, noRights } from './guild-stage.ts';

const events = GatewayDispatchEvents;
const { Administrator, KickMembers, MentionEveryone } = PermissionFlagsBits;

test('a role is made, changed, moved and deleted, and each is told', async () => {
  await using stage = await guildStage();
  const { api, guildId } = stage;
  const permissions = String(KickMembers);
  const role = await api.guilds.createRole(guildId, {
    name: 'Crew',
    color: 0xff_00_00,
    hoist: true,
    permissions,
  });
  assert.deepEqual(
    [role.name, role.permissions, role.hoist, role.colors.primary_color],
    ['Crew', permissions, true, 0xff_00_00],
  );
  await stage.heard(events.GuildRoleCreate);
  const edited = await api.guilds.editRole(guildId, role.id, { name: 'Band', mentionable: true });
  assert.deepEqual([edited.name, edited.mentionable, edited.hoist], ['Band', true, true]);
  assert.deepEqual(await api.guilds.getRole(guildId, role.id), edited);
  await stage.heard(events.GuildRoleUpdate);
  const other = await api.guilds.createRole(guildId, {});
  assert.equal(other.name, 'new role');
  const { position } = await api.guilds.getRole(guildId, stage.botRole);
  await stage.people.editRole({ guild_id: guildId, role_id: stage.botRole, position: position + 5 });
  const sorted = await api.guilds.setRolePositions(guildId, [{ id: other.id, position: 2 }]);
  assert.equal(sorted.find(({ id }) => id === other.id)?.position, 2);
  await api.guilds.deleteRole(guildId, role.id);
  assert.equal((await stage.heard(events.GuildRoleDelete))['role_id'], role.id);
  await assert.rejects(api.guilds.getRole(guildId, role.id), { status: 404, code: 10011 });
});

test('the bot changes nothing above itself and grants nothing that it has not', async () => {
  await using stage = await guildStage();
  const { api, guildId, guild, botRole } = stage;
  const admin = guild.roles.find(({ name }) => name === 'Admin')?.id ?? '';
  await assert.rejects(api.guilds.editRole(guildId, admin, { name: 'x' }), noRights);
  await assert.rejects(api.guilds.deleteRole(guildId, admin), noRights);
  await assert.rejects(api.guilds.editRole(guildId, botRole, { name: 'x' }), noRights);
  for (const permissions of [Administrator, MentionEveryone])
    await assert.rejects(api.guilds.createRole(guildId, { permissions: String(permissions) }), noRights);
  const role = await api.guilds.createRole(guildId, { name: 'Low' });
  await assert.rejects(api.guilds.setRolePositions(guildId, [{ id: role.id, position: 100 }]), noRights);
  await assert.rejects(api.guilds.deleteRole(guildId, guildId), { code: 50028 });
});

test('what no role can be is refused', async () => {
  await using stage = await guildStage();
  const { api, guildId } = stage;
  const refused = { status: 400, code: 50035 };
  await assert.rejects(api.guilds.createRole(guildId, { name: 'x'.repeat(101) }), refused);
  await assert.rejects(api.guilds.createRole(guildId, { color: 0x1_00_00_00 }), refused);
  await assert.rejects(api.guilds.createRole(guildId, { permissions: 'all' }), refused);
  await assert.rejects(api.guilds.createRole(guildId, { unicode_emoji: '🎲' }), { code: 50101 });
  await assert.rejects(api.guilds.editRole(guildId, '1', { name: 'x' }), { status: 404, code: 10011 });
  const present = (await api.guilds.getRoles(guildId)).length;
  for (let nth = present; nth < 250; nth += 1) await api.guilds.createRole(guildId, {});
  await assert.rejects(api.guilds.createRole(guildId, {}), { status: 400, code: 30005 });
});

test('the guild is set to what a bot asks for that manages it', async () => {
  await using stage = await guildStage();
  const { api, guildId, guild } = stage;
  await assert.rejects(api.guilds.edit(guildId, { name: 'Harbour' }), noRights);
  await stage.grant(ManageGuild);
  const [, channel] = guild.channels;
  const body = { name: 'Harbour', verification_level: 3, system_channel_id: channel?.id ?? '' };
  const edited = await api.guilds.edit(guildId, body, { reason: 'raid' });
  assert.deepEqual([edited.name, edited.verification_level, edited.system_channel_id], Object.values(body));
  const update = await stage.heard(events.GuildUpdate);
  assert.deepEqual([update['name'], update['verification_level']], ['Harbour', 3]);
  assert.equal((await api.guilds.get(guildId)).name, 'Harbour');
  await assert.rejects(api.guilds.edit(guildId, { name: 'x' }), { code: 50035 });
  await assert.rejects(api.guilds.edit(guildId, { system_channel_id: '1' }), { code: 10003 });
});

test('clients name the positions of all roles to move one; those from the bot’s up stay in order', async () => {
  await using stage = await guildStage();
  const { api, guildId, botRole } = stage;
  const older = await api.guilds.createRole(guildId, { name: 'older' });
  const newer = await api.guilds.createRole(guildId, { name: 'newer' });
  const byRank = (await api.guilds.getRoles(guildId)).toSorted(
    (one, other) => one.position - other.position || (BigInt(one.id) > BigInt(other.id) ? -1 : 1),
  );
  const order = byRank.map(({ id }) => id).filter((id) => id !== newer.id);
  const moveTo = (index: number) =>
    api.guilds.setRolePositions(
      guildId,
      order.toSpliced(index, 0, newer.id).map((id, position) => ({ id, position })),
    );
  const sorted = await moveTo(order.indexOf(older.id) + 1);
  const position = (id: string) => sorted.find((role) => role.id === id)?.position ?? -1;
  assert.equal(position(newer.id), position(older.id) + 1);
  await assert.rejects(moveTo(order.indexOf(botRole) + 1), noRights);
});
