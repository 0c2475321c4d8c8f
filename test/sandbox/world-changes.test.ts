import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ChannelType, OverwriteType, type APIAuditLogEntry } from 'discord-api-types/v10';
import { DiscordError } from '../../src/sandbox/forms/discord-error.ts';
import { isThread } from '../../src/sandbox/world/channel.ts';
import { guildCreate } from '../../src/sandbox/world/guild-create.ts';
import { botUser, TestStage } from './stage.ts';

const deed = { by: botUser.id, reason: 'because' };

function refusal(code: number): (error: unknown) => boolean {
  return (error) => error instanceof DiscordError && error.code === code;
}

function logged(stage: TestStage): [number, string | null, string | undefined][] {
  return stage.guild.auditLog.map(({ action_type, target_id, reason }) => [action_type, target_id, reason]);
}

test('a member comes, is changed, and goes', () => {
  const stage = new TestStage();
  const { changes, guildId, world } = stage;
  const before = stage.guild.members.count;
  const user = world.newcomer('1400000000000000000');
  changes.members.add(guildId, user);
  changes.members.add(guildId, user);
  assert.equal(stage.guild.members.count, before + 1);
  assert.deepEqual(stage.guild.members.page(1_000).at(-1)?.user, user);
  assert.deepEqual(
    world.guildsOf(user.id).map(({ id }) => id),
    [guildId],
  );
  const moderator = stage.guild.roles[1];
  assert.ok(moderator);
  const timedOutUntil = '2099-01-01T00:00:00.000000+00:00';
  changes.members.update(guildId, user.id, { nick: 'Neo', roles: [moderator.id], timedOutUntil }, deed);
  changes.members.update(guildId, user.id, { nick: 'Neo' }, deed);
  const [[, added] = [], [, updated] = [], ...rest] = stage.events();
  assert.deepEqual([added?.['user'], added?.['guild_id'], rest], [user, guildId, []]);
  assert.deepEqual(
    [updated?.['nick'], updated?.['roles'], updated?.['communication_disabled_until']],
    ['Neo', [moderator.id], timedOutUntil],
  );
  changes.members.kick(guildId, user.id, deed);
  assert.deepEqual(stage.events(), [['GUILD_MEMBER_REMOVE', { user, guild_id: guildId }]]);
  assert.deepEqual([stage.guild.members.get(user.id), stage.guild.members.count], [undefined, before]);
  assert.throws(() => changes.members.leave(guildId, user.id), refusal(10007));
  assert.deepEqual(logged(stage), [
    [25, user.id, 'because'],
    [24, user.id, 'because'],
    [20, user.id, 'because'],
  ]);
  const [roles, update] = stage.guild.auditLog;
  assert.deepEqual(roles?.changes, [{ key: '$add', new_value: [{ id: moderator.id, name: 'Moderator' }] }]);
  assert.deepEqual(
    update?.changes?.map(({ key }) => key),
    ['nick', 'communication_disabled_until'],
  );
});

test('a member whom the seed made goes and comes back; the user is there all the time', () => {
  const stage = new TestStage();
  const { user } = stage.person('member');
  stage.changes.members.leave(stage.guildId, user.id);
  assert.deepEqual(
    [
      stage.guild.members.get(user.id),
      stage.guild.members.page(100).some((each) => each.user.id === user.id),
    ],
    [undefined, false],
  );
  assert.deepEqual(stage.world.user(user.id), user);
  stage.changes.members.add(stage.guildId, user);
  assert.deepEqual(stage.eventNames(), ['GUILD_MEMBER_REMOVE', 'GUILD_MEMBER_ADD']);
  assert.equal(stage.guild.members.page(100).filter((each) => each.user.id === user.id).length, 1);
});

test('a ban removes the member, is told once, and can be lifted', () => {
  const stage = new TestStage();
  const { changes, guildId } = stage;
  const { user } = stage.person('member');
  changes.bans.add(guildId, user, deed);
  changes.bans.add(guildId, user, deed);
  assert.deepEqual(stage.guild.bans.get(user.id), { user, reason: 'because' });
  assert.equal(stage.guild.members.get(user.id), undefined);
  changes.bans.remove(guildId, user.id, deed);
  assert.deepEqual(stage.eventNames(), ['GUILD_BAN_ADD', 'GUILD_MEMBER_REMOVE', 'GUILD_BAN_REMOVE']);
  assert.throws(() => changes.bans.remove(guildId, user.id, deed), refusal(10026));
});

test('a role is made, changed and deleted, and with it what referred to it', () => {
  const stage = new TestStage();
  const { changes, guildId } = stage;
  const role = changes.roles.create(guildId, { name: 'Red', color: 0xff0000 }, deed);
  assert.deepEqual(
    [role.permissions, role.position, role.colors.primary_color],
    [stage.guild.roles[0]?.permissions, 1, 0xff0000],
  );
  const { user } = stage.person('member');
  const [channel] = stage.guild.channels;
  const overwrite = { id: role.id, type: OverwriteType.Role, allow: '0', deny: '1024' };
  changes.members.update(guildId, user.id, { roles: [role.id] }, deed);
  changes.channels.setOverwrite(guildId, channel?.id ?? '', overwrite, deed);
  changes.roles.update(guildId, role.id, { name: 'Blue' }, deed);
  assert.equal(stage.guild.role(role.id)?.name, 'Blue');
  changes.roles.delete(guildId, role.id, deed);
  assert.deepEqual(stage.guild.members.get(user.id)?.roles, []);
  assert.deepEqual(stage.guild.channels[0]?.permission_overwrites, []);
  assert.deepEqual(stage.eventNames(), [
    'GUILD_ROLE_CREATE',
    'GUILD_MEMBER_UPDATE',
    'CHANNEL_UPDATE',
    'GUILD_ROLE_UPDATE',
    'GUILD_ROLE_DELETE',
  ]);
  assert.throws(() => changes.members.update(guildId, user.id, { roles: [role.id] }, deed), refusal(10011));
  assert.deepEqual(
    logged(stage).map(([action]) => action),
    [30, 25, 13, 31, 32],
  );
});

test('a channel is made, changed, given overwrites and deleted; the world finds it by its id', () => {
  const stage = new TestStage();
  const { changes, guildId, world } = stage;
  const category = changes.channels.create(guildId, ChannelType.GuildCategory, 'Office', {}, deed);
  const fields = { parent_id: category.id, topic: 'work', bitrate: 9_000 };
  const channel = changes.channels.create(guildId, ChannelType.GuildText, 'desk', fields, deed);
  assert.deepEqual([channel.topic, 'bitrate' in channel], ['work', false]);
  assert.deepEqual(world.place(channel.id)?.channel, channel);
  changes.channels.update(guildId, channel.id, { name: 'table' }, deed);
  changes.channels.update(guildId, channel.id, { name: 'table' }, deed);
  const overwrite = { id: botUser.id, type: OverwriteType.Member, allow: '1024', deny: '0' };
  changes.channels.setOverwrite(guildId, channel.id, overwrite, deed);
  changes.channels.setOverwrite(guildId, channel.id, { ...overwrite, allow: '3072' }, deed);
  changes.channels.deleteOverwrite(guildId, channel.id, botUser.id, deed);
  changes.channels.delete(guildId, category.id, deed);
  assert.equal(stage.guild.channel(channel.id)?.parent_id, null);
  changes.channels.delete(guildId, channel.id, deed);
  assert.equal(world.place(channel.id), undefined);
  assert.throws(() => changes.channels.delete(guildId, channel.id, deed), refusal(10003));
  assert.deepEqual(stage.eventNames(), [
    'CHANNEL_CREATE',
    'CHANNEL_CREATE',
    'CHANNEL_UPDATE',
    'CHANNEL_UPDATE',
    'CHANNEL_UPDATE',
    'CHANNEL_UPDATE',
    'CHANNEL_UPDATE',
    'CHANNEL_DELETE',
    'CHANNEL_DELETE',
  ]);
  assert.deepEqual(
    logged(stage).map(([action]) => action),
    [10, 10, 11, 13, 14, 15, 12, 12],
  );
});

test('a thread is made, joined, left, archived and deleted', () => {
  const stage = new TestStage();
  const { changes, guildId, world } = stage;
  const parent_id = stage.guild.channels[0]?.id ?? '';
  const [owner, member] = [stage.person('owner').user.id, stage.person('member').user.id];
  const start = { name: 'talk', parent_id, owner_id: owner };
  const thread = changes.threads.create(guildId, ChannelType.PublicThread, start, deed);
  assert.deepEqual(world.place(thread.id)?.channel, thread);
  changes.threads.join(guildId, thread.id, member);
  changes.threads.join(guildId, thread.id, member);
  changes.threads.leave(guildId, thread.id, owner);
  assert.deepEqual([...stage.guild.threadMembers(thread).keys()], [member]);
  const archived = changes.threads.update(guildId, thread.id, { archived: true, locked: true }, deed);
  assert.deepEqual(
    [archived.thread_metadata.archived, archived.thread_metadata.locked, archived.name],
    [true, true, 'talk'],
  );
  assert.deepEqual(guildCreate(stage.guild, { withPresences: false, largeThreshold: 50 }).threads, []);
  changes.threads.delete(guildId, thread.id, deed);
  assert.equal(world.place(thread.id), undefined);
  const told = stage.events();
  assert.deepEqual(
    told.map(([event]) => event),
    [
      'THREAD_CREATE',
      'THREAD_MEMBERS_UPDATE',
      'THREAD_MEMBERS_UPDATE',
      'THREAD_MEMBERS_UPDATE',
      'THREAD_UPDATE',
      'THREAD_DELETE',
    ],
  );
  assert.deepEqual(
    [told[0]?.[1]['newly_created'], told[2]?.[1]['member_count'], told[3]?.[1]['removed_member_ids']],
    [true, 2, [owner]],
  );
  assert.deepEqual(told[5]?.[1], { id: thread.id, parent_id, type: 11, guild_id: guildId });
  assert.throws(() => changes.threads.join(guildId, thread.id, member), refusal(10003));
});

test('of a private thread the bot hears nothing, unless it is in it or manages threads', () => {
  const stage = new TestStage();
  const { changes, guildId } = stage;
  const role = stage.guild.bot.roles[0] ?? '';
  const manageThreads = 1n << 34n;
  const permissions = String(BigInt(stage.guild.role(role)?.permissions ?? 0) & ~manageThreads);
  changes.roles.update(guildId, role, { permissions }, deed);
  stage.events();
  const parent_id = stage.guild.channels[0]?.id ?? '';
  const start = { name: 'secret', parent_id, owner_id: stage.person('owner').user.id };
  const thread = changes.threads.create(guildId, ChannelType.PrivateThread, start, deed);
  changes.threads.update(guildId, thread.id, { name: 'more secret' }, deed);
  assert.deepEqual(stage.eventNames(), []);
  changes.threads.join(guildId, thread.id, botUser.id);
  changes.threads.leave(guildId, thread.id, botUser.id);
  changes.threads.update(guildId, thread.id, { name: 'secret' }, deed);
  const told = stage.events();
  assert.deepEqual(
    told.map(([event]) => event),
    ['THREAD_CREATE', 'THREAD_MEMBERS_UPDATE', 'THREAD_MEMBERS_UPDATE'],
  );
  assert.equal('newly_created' in (told[0]?.[1] ?? {}), false);
  assert.equal(((told[0]?.[1]['member'] ?? {}) as { user_id?: string }).user_id, botUser.id);
});

test('the bot leaves a guild, joins it again, and joins one that is new', () => {
  const stage = new TestStage(4);
  const { changes, guildId, world } = stage;
  const { user } = stage.person('member');
  changes.bans.add(guildId, user, deed);
  const channelId = stage.guild.channels[0]?.id ?? '';
  stage.events();
  changes.guilds.leave(guildId);
  assert.deepEqual(stage.events(), [['GUILD_DELETE', { id: guildId }]]);
  assert.deepEqual(
    [world.guild(guildId), world.place(channelId), world.guildCount, world.guildIds(9).length],
    [undefined, undefined, 3, 3],
  );
  assert.equal(world.guildIdsOfShard(0, 1).includes(guildId), false);
  assert.deepEqual(world.guildIdsBefore(9, world.guildIds(1)[0] ?? ''), []);
  assert.throws(() => changes.guilds.leave(guildId), refusal(10004));
  changes.guilds.join(guildId);
  assert.throws(() => changes.guilds.join(guildId), refusal(10004));
  assert.ok(stage.guild.bans.has(user.id), 'what was changed is kept');
  const created = changes.guilds.join();
  assert.deepEqual([world.guildCount, world.guildIds(9).at(-1)], [5, created.id]);
  const [[event, data] = [], [, newer] = []] = stage.events();
  assert.deepEqual(
    [event, data?.['id'], data?.['unavailable'], data?.['guild_id'], newer?.['id']],
    ['GUILD_CREATE', guildId, false, undefined, created.id],
  );
});

test('an invite is used up, expires or is deleted, and is told to a bot that manages channels', () => {
  const stage = new TestStage();
  const { changes, guildId } = stage;
  const { user } = stage.person('owner');
  const start = { channelId: stage.guild.channels[0]?.id ?? '', inviter: user, temporary: false };
  const once = changes.invites.create(guildId, { ...start, maxAge: 0, maxUses: 1 }, deed);
  const lasting = changes.invites.create(guildId, { ...start, maxAge: 60, maxUses: 0 }, deed);
  assert.equal(changes.invites.use(once.code).uses, 1);
  assert.throws(() => changes.invites.use(once.code), refusal(10006));
  assert.deepEqual(changes.invites.find(lasting.code)?.invite, lasting);
  changes.invites.delete(lasting.code, deed);
  assert.equal(changes.invites.find(lasting.code), undefined);
  const told = stage.events();
  assert.deepEqual(
    told.map(([event]) => event),
    ['INVITE_CREATE', 'INVITE_CREATE', 'INVITE_DELETE', 'INVITE_DELETE'],
  );
  assert.deepEqual(
    [told[0]?.[1]['expires_at'], told[0]?.[1]['channel_id'], told[2]?.[1]['code']],
    [null, start.channelId, once.code],
  );
});

test('the audit log keeps 500 entries and is told to a bot that may read it', () => {
  const stage = new TestStage();
  const { changes, guildId, guild } = stage;
  const role = changes.roles.create(guildId, {}, deed);
  for (let nth = 0; nth < 600; nth += 1) changes.roles.update(guildId, role.id, { name: `r${nth}` }, deed);
  assert.equal(guild.auditLog.length, 500);
  const entries = stage.told.filter(({ event }) => event === 'GUILD_AUDIT_LOG_ENTRY_CREATE');
  assert.equal(entries.length, 601);
  assert.deepEqual((entries.at(-1)?.data as APIAuditLogEntry | undefined)?.changes, [
    { key: 'name', old_value: 'r598', new_value: 'r599' },
  ]);
  changes.roles.update(guildId, guild.bot.roles[0] ?? '', { permissions: '0' }, deed);
  stage.told.splice(0);
  changes.bans.add(guildId, stage.person('member').user, deed);
  assert.deepEqual(
    stage.told.map(({ event }) => event),
    ['GUILD_MEMBER_REMOVE'],
  );
});

test('what was changed is not forgotten when other guilds are asked for', () => {
  const stage = new TestStage(2_000);
  stage.changes.guilds.update(stage.guildId, { name: 'Renamed' }, deed);
  for (const id of stage.world.guildIds(2_000)) assert.ok(stage.world.guild(id));
  assert.equal(stage.guild.name, 'Renamed');
  const [update] = stage.events();
  assert.deepEqual(
    [update?.[0], update?.[1]['name'], update?.[1]['guild_id']],
    ['GUILD_UPDATE', 'Renamed', undefined],
  );
});

test('a post in a forum that the seed made is a thread like any other', () => {
  const stage = new TestStage(400);
  const guild = stage.world
    .guildIds(400)
    .flatMap((id) => stage.world.guild(id) ?? [])
    .find(({ threads }) => threads.length > 10);
  const thread = guild?.threads[5];
  assert.ok(guild && thread);
  assert.ok(guild.members.get(thread.owner_id));
  assert.ok(isThread(stage.world.place(thread.id)?.channel ?? thread));
  stage.changes.threads.update(guild.id, thread.id, { archived: true }, deed);
  assert.deepEqual(stage.eventNames(), ['THREAD_UPDATE']);
});
