import { ChannelType, PermissionFlagsBits, type APIOverwrite, type APIRole } from 'discord-api-types/v10';
import { compareIds } from '../snowflake.ts';
import { isThread, type AnyChannel, type WorldChannel, type WorldThread } from './channel.ts';
import type { WorldGuild } from './guild.ts';
import type { WorldMember } from './member.ts';
import { allPermissions } from './permission-sets.ts';

const bits = PermissionFlagsBits;

/** What is left to a member in time-out (topics/permissions.mdx, Permissions for Timed Out Members). */
const leftInTimeout = bits.ViewChannel | bits.ReadMessageHistory;

/** What nobody may who may not write (topics/permissions.mdx, Implicit Permissions). */
const impliedBySending = bits.MentionEveryone | bits.SendTTSMessages | bits.AttachFiles | bits.EmbedLinks;

/**
 * What a member may do in the guild, or in one of its channels or threads: owner, base roles, Administrator, then the
 * overwrites of the channel: @everyone's, those of roles together, the member's own (topics/permissions.mdx). A thread has
 * those of its parent. `nowMs` is Unix time.
 */
export function permissionsIn(
  guild: WorldGuild,
  member: WorldMember,
  channel?: AnyChannel,
  nowMs = Date.now(),
): bigint {
  if (member.user.id === guild.ownerId) return allPermissions;
  const lasts = member.timedOutUntil === null && channel && !isThread(channel);
  return lasts ? lastingIn(guild, member, channel) : grantedIn(guild, member, channel, nowMs);
}

type Asked = {
  readonly roles: WorldGuild['roles'];
  readonly channel: WorldChannel;
  readonly permissions: bigint;
};

/** What each member was last found to have in a channel. */
const lastAsked = new WeakMap<WorldMember, Asked>();

/** Every command asks for the same few. Members, lists of roles and channels do not change: others take their place. */
function lastingIn(guild: WorldGuild, member: WorldMember, channel: WorldChannel): bigint {
  const { roles } = guild;
  const known = lastAsked.get(member);
  if (known?.roles === roles && known.channel === channel) return known.permissions;
  const permissions = grantedIn(guild, member, channel, 0);
  lastAsked.set(member, { roles, channel, permissions });
  return permissions;
}

function grantedIn(
  guild: WorldGuild,
  member: WorldMember,
  channel: AnyChannel | undefined,
  nowMs: number,
): bigint {
  const base = basePermissions(guild, member);
  if ((base & bits.Administrator) !== 0n) return allPermissions;
  const here = channel ? inChannel(base, guild, member, channel) : base;
  return isTimedOut(member, nowMs) ? here & leftInTimeout : here;
}

/** Whether the member may do all of `needed` there. */
export function isAllowed(
  needed: bigint,
  guild: WorldGuild,
  member: WorldMember,
  channel?: AnyChannel,
): boolean {
  return (permissionsIn(guild, member, channel) & needed) === needed;
}

/** The permission that writing there takes. */
export function sendingIn(channel: AnyChannel): bigint {
  return isThread(channel) ? bits.SendMessagesInThreads : bits.SendMessages;
}

/** Whether the member sees the thread: a private one only from inside, or by Manage Threads (topics/threads.mdx). */
export function seesThread(guild: WorldGuild, member: WorldMember, thread: WorldThread): boolean {
  if (!isAllowed(bits.ViewChannel, guild, member, thread)) return false;
  return (
    thread.type !== ChannelType.PrivateThread ||
    guild.threadMembers(thread).has(member.user.id) ||
    isAllowed(bits.ManageThreads, guild, member, thread)
  );
}

/** Whether `member` stands above `other`: the owner above all, then by highest role (topics/permissions.mdx, hierarchy). */
export function outranks(guild: WorldGuild, member: WorldMember, other: WorldMember): boolean {
  if (other.user.id === guild.ownerId) return false;
  if (member.user.id === guild.ownerId) return true;
  const highest = highestRole(guild, other);
  return ownRoles(guild, member).some((role) => !highest || standsAbove(role, highest));
}

/** "Roles with the same position are sorted by id" (topics/permissions.mdx, Role Object): the older is the higher. */
export function standsAbove(one: Standing, other: Standing): boolean {
  return (
    one.position > other.position || (one.position === other.position && compareIds(one.id, other.id) < 0)
  );
}

/** Whether the role is below the member's highest, so that they may change it and hand it out. */
export function isBelow(guild: WorldGuild, member: WorldMember, role: Standing): boolean {
  return member.user.id === guild.ownerId || ownRoles(guild, member).some((own) => standsAbove(own, role));
}

type Standing = Pick<APIRole, 'id' | 'position'>;

function ownRoles({ roles }: WorldGuild, member: WorldMember): APIRole[] {
  return roles.filter(({ id }) => member.roles.includes(id));
}

function highestRole(guild: WorldGuild, member: WorldMember): APIRole | undefined {
  return ownRoles(guild, member).toSorted((one, other) => (standsAbove(one, other) ? -1 : 1))[0];
}

function isTimedOut({ timedOutUntil }: WorldMember, nowMs: number): boolean {
  return timedOutUntil !== null && Date.parse(timedOutUntil) > nowMs;
}

function basePermissions({ id: everyone, roles }: WorldGuild, member: WorldMember): bigint {
  return roles
    .filter(({ id }) => id === everyone || member.roles.includes(id))
    .reduce((sum, { permissions }) => sum | BigInt(permissions), 0n);
}

function inChannel(base: bigint, guild: WorldGuild, member: WorldMember, channel: AnyChannel): bigint {
  const overwrites = isThread(channel)
    ? guild.parentOf(channel)?.permission_overwrites
    : channel.permission_overwrites;
  const granted = overwritten(base, guild.id, member, overwrites ?? []);
  if ((granted & bits.ViewChannel) === 0n) return 0n;
  return (granted & sendingIn(channel)) === 0n ? granted & ~impliedBySending : granted;
}

function overwritten(
  base: bigint,
  everyone: string,
  member: WorldMember,
  overwrites: WorldChannel['permission_overwrites'],
): bigint {
  const steps = [
    overwrites.filter(({ id }) => id === everyone),
    overwrites.filter(({ id }) => member.roles.includes(id)),
    overwrites.filter(({ id }) => id === member.user.id),
  ];
  return steps.reduce((granted, step) => (granted & ~together(step, 'deny')) | together(step, 'allow'), base);
}

function together(overwrites: readonly APIOverwrite[], side: 'allow' | 'deny'): bigint {
  return overwrites.reduce((sum, overwrite) => sum | BigInt(overwrite[side]), 0n);
}
