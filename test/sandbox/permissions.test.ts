import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ChannelType, OverwriteType, PermissionFlagsBits as bits } from 'discord-api-types/v10';
import { botSees } from '../../src/sandbox/world/bot-sight.ts';
import type { WorldMember } from '../../src/sandbox/world/member.ts';
import { allPermissions, everyonePermissions } from '../../src/sandbox/world/permission-sets.ts';
import { outranks, permissionsIn, sendingIn } from '../../src/sandbox/world/permissions.ts';
import { botUser, TestStage } from './stage.ts';

const deed = { by: botUser.id };

type Rule = { readonly id: string; readonly allow?: bigint; readonly deny?: bigint };

/** What the ordinary member, who has two roles that grant nothing, may in a channel with these overwrites. */
class Channel {
  readonly stage = new TestStage();
  readonly roles: readonly [string, string];
  readonly id: string;

  constructor() {
    const { changes, guildId } = this.stage;
    const role = () => changes.roles.create(guildId, { permissions: '0' }, deed).id;
    this.roles = [role(), role()];
    changes.members.update(guildId, this.member.user.id, { roles: this.roles }, deed);
    this.id = this.stage.guild.channels[0]?.id ?? '';
  }

  get member(): WorldMember {
    return this.stage.person('member');
  }

  may(...rules: readonly Rule[]): bigint {
    const permission_overwrites = rules.map(({ id, allow = 0n, deny = 0n }) => ({
      id,
      type: id === this.member.user.id ? OverwriteType.Member : OverwriteType.Role,
      allow: String(allow),
      deny: String(deny),
    }));
    const { changes, guildId, guild } = this.stage;
    const channel = changes.channels.update(guildId, this.id, { permission_overwrites }, deed);
    return permissionsIn(guild, this.member, channel);
  }
}

test('without overwrites a member may in a channel what their roles grant, @everyone among them', () => {
  assert.equal(new Channel().may(), everyonePermissions);
});

test('overwrites of @everyone give way to those of roles, and these to the member’s own', () => {
  const channel = new Channel();
  const everyone = channel.stage.guildId;
  const [one, other] = channel.roles;
  const me = channel.member.user.id;
  const bit = bits.AddReactions;
  const has = (...rules: readonly Rule[]) => (channel.may(...rules) & bit) !== 0n;
  assert.equal(has({ id: everyone, deny: bit }), false);
  assert.equal(has({ id: everyone, deny: bit }, { id: one, allow: bit }), true);
  assert.equal(
    has({ id: one, allow: bit }, { id: everyone, deny: bit }),
    true,
    'their order is of no account',
  );
  assert.equal(has({ id: one, deny: bit }, { id: other, allow: bit }), true, 'among roles to allow wins');
  assert.equal(has({ id: one, allow: bit }, { id: me, deny: bit }), false);
  assert.equal(has({ id: one, deny: bit }, { id: me, allow: bit }), true);
  assert.equal(has({ id: channel.stage.guild.roles[1]?.id ?? '', deny: bit }), true, 'a role of others');
});

test('who does not see a channel may nothing there; who does not write may not attach either', () => {
  const channel = new Channel();
  const everyone = channel.stage.guildId;
  assert.equal(channel.may({ id: everyone, deny: bits.ViewChannel }), 0n);
  const silent = channel.may({ id: everyone, deny: bits.SendMessages });
  assert.equal(silent & (bits.AttachFiles | bits.EmbedLinks | bits.SendTTSMessages), 0n);
  assert.notEqual(silent & bits.AddReactions, 0n);
});

test('a thread has the overwrites of its channel and a right of its own to write', () => {
  const channel = new Channel();
  channel.may({ id: channel.stage.guildId, deny: bits.SendMessages | bits.AddReactions });
  const { changes, guildId, guild } = channel.stage;
  const start = { name: 't', parent_id: channel.id, owner_id: channel.member.user.id };
  const thread = changes.threads.create(guildId, ChannelType.PublicThread, start, deed);
  const granted = permissionsIn(guild, channel.member, thread);
  assert.equal(sendingIn(thread), bits.SendMessagesInThreads);
  assert.deepEqual(
    [granted & bits.AddReactions, granted & sendingIn(thread), granted & bits.AttachFiles],
    [0n, bits.SendMessagesInThreads, bits.AttachFiles],
  );
});

test('owner and administrators may everything, whatever the channel says and even in time-out', () => {
  const channel = new Channel();
  channel.may({ id: channel.stage.guildId, deny: allPermissions });
  const { changes, guildId } = channel.stage;
  const timedOutUntil = '2099-01-01T00:00:00.000000+00:00';
  const [, , admin] = channel.stage.guild.roles;
  changes.members.update(guildId, channel.member.user.id, { roles: [admin?.id ?? ''], timedOutUntil }, deed);
  const here = channel.stage.guild.channels[0];
  for (const kind of ['owner', 'member'] as const)
    assert.equal(permissionsIn(channel.stage.guild, channel.stage.person(kind), here), allPermissions, kind);
});

test('a time-out leaves view and history, until it is over', () => {
  const { changes, guildId, guild, ...stage } = new TestStage();
  const { user } = guild.members.first(3)[2] ?? { user: botUser };
  const timedOutUntil = '2030-01-01T00:00:00.000000+00:00';
  const member = changes.members.update(guildId, user.id, { timedOutUntil }, deed);
  const at = (time: string) => permissionsIn(guild, member, guild.channels[0], Date.parse(time));
  assert.equal(at('2029-12-31T23:59:59Z'), bits.ViewChannel | bits.ReadMessageHistory);
  assert.equal(at('2030-01-01T00:00:00Z'), everyonePermissions);
  assert.ok(stage.told.length > 0);
});

test('permissions follow what is changed of a channel, of a role, of the member and of the owner', () => {
  const { changes, guildId, guild } = new TestStage();
  const [here, there] = guild.channels.map(({ id }) => id);
  const id = guild.members.first(3)[2]?.user.id ?? '';
  const may = (channelId = here) => {
    const [member, channel] = [guild.members.get(id), guild.channel(channelId ?? '')];
    return member && channel && permissionsIn(guild, member, channel);
  };
  assert.equal(may(), everyonePermissions);
  const rule = { id: guildId, type: OverwriteType.Role, allow: '0', deny: String(bits.AddReactions) };
  changes.channels.setOverwrite(guildId, here ?? '', rule, deed);
  assert.equal(may(), everyonePermissions & ~bits.AddReactions);
  assert.equal(may(there), everyonePermissions);
  changes.roles.update(guildId, guildId, { permissions: String(bits.ViewChannel) }, deed);
  assert.equal(may(), bits.ViewChannel);
  changes.members.update(guildId, id, { roles: [guild.bot.roles[0] ?? ''] }, deed);
  assert.notEqual(may(), bits.ViewChannel);
  guild.overlay.settings = { ownerId: id };
  assert.equal(may(), allPermissions);
});

test('rank goes by the highest role, the owner stands above all', () => {
  const stage = new TestStage();
  const { guild } = stage;
  const [owner, moderator, member] = [
    stage.person('owner'),
    stage.person('moderator'),
    stage.person('member'),
  ];
  const above = [
    [owner, moderator],
    [moderator, guild.bot],
    [guild.bot, member],
  ] as const;
  for (const [one, other] of above)
    assert.deepEqual([outranks(guild, one, other), outranks(guild, other, one)], [true, false]);
  assert.equal(outranks(guild, member, member), false);
});

test('the bot sees messages of channels and private threads that are open to it alone', () => {
  const { changes, guildId, guild, world } = new TestStage();
  const [open, hidden] = guild.channels.map(({ id }) => id);
  const rule = { id: guildId, type: OverwriteType.Role, allow: '0', deny: String(bits.ViewChannel) };
  changes.channels.setOverwrite(guildId, hidden ?? '', rule, deed);
  const role = guild.bot.roles[0] ?? '';
  const permissions = String(BigInt(guild.role(role)?.permissions ?? 0) & ~bits.ManageThreads);
  changes.roles.update(guildId, role, { permissions }, deed);
  const start = { name: 't', parent_id: open ?? '', owner_id: guild.ownerId };
  const thread = changes.threads.create(guildId, ChannelType.PrivateThread, start, deed);
  const sees = (channel_id: string | undefined) => botSees(world, 'MESSAGE_CREATE', { channel_id });
  assert.deepEqual([open, hidden, thread.id].map(sees), [true, false, false]);
  assert.equal(botSees(world, 'CHANNEL_UPDATE', { channel_id: hidden }), true);
  changes.threads.join(guildId, thread.id, botUser.id);
  assert.equal(sees(thread.id), true);
});
