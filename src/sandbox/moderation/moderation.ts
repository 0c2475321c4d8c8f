import { ChannelType, PermissionFlagsBits, type APIUser } from 'discord-api-types/v10';
import type * as calls from '../control/people.ts';
import type { z } from 'zod';
import { Refusal } from '../driver/refusal.ts';
import type { ChannelMessages } from '../messages/channel-messages.ts';
import { threadAtMessage } from '../messages/thread-at-message.ts';
import { isoOf, type SnowflakeClock } from '../snowflake.ts';
import type { Deed } from '../world/audit-log.ts';
import { isThread } from '../world/channel.ts';
import type { WorldChanges } from '../world/changes.ts';
import { recipientOf } from '../world/directs.ts';
import type { WorldGuild } from '../world/guild.ts';
import type { WorldMember } from '../world/member.ts';
import { isAllowed, isBelow, outranks } from '../world/permissions.ts';
import type { World } from '../world/world.ts';

const bits = PermissionFlagsBits;

export type ModerationParts = {
  readonly world: World;
  readonly changes: WorldChanges;
  readonly messages: ChannelMessages;
  readonly ids: SnowflakeClock;
};

type Form<Name extends keyof typeof calls> = z.output<(typeof calls)[Name]['input']>;
type DeedForm = {
  readonly guild_id: string;
  readonly by?: string | undefined;
  readonly reason?: string | undefined;
};
type Actor = { readonly guild: WorldGuild; readonly actor: WorldMember; readonly deed: Deed };

/** What people do by hand, who have the rights that their roles give them. Each method throws a `Refusal`, or Discord's error. */
export class Moderation {
  readonly #parts: ModerationParts;

  constructor(parts: ModerationParts) {
    this.#parts = parts;
  }

  joinGuild({ guild_id, user_id, invite }: Form<'joinGuild'>): APIUser {
    const { world, changes, ids } = this.#parts;
    const guild = this.#guild(guild_id);
    const user = user_id === undefined ? world.newcomer(ids.next()) : world.user(user_id);
    if (!user) throw new Refusal(`there is no user ${user_id}`, 404);
    if (guild.bans.has(user.id)) throw new Refusal(`${user.username} is banned from ${guild.name}`);
    if (invite !== undefined) changes.invites.use(invite);
    return changes.members.add(guild_id, user).user;
  }

  leaveGuild({ guild_id, user_id }: Form<'leaveGuild'>): void {
    this.#parts.changes.members.leave(guild_id, user_id);
  }

  kick(form: Form<'kick'>): void {
    const { guild, deed } = this.#above(form, bits.KickMembers, form.user_id);
    const { changes } = this.#parts;
    if (form.user_id === guild.bot.user.id) changes.guilds.leave(guild.id);
    else changes.members.kick(guild.id, form.user_id, deed);
  }

  ban(form: Form<'ban'>): void {
    const { guild, deed } = this.#above(form, bits.BanMembers, form.user_id);
    const { changes, world } = this.#parts;
    const user = world.user(form.user_id);
    if (!user) throw new Refusal(`there is no user ${form.user_id}`, 404);
    changes.bans.add(guild.id, user, deed);
    if (user.id === guild.bot.user.id) changes.guilds.leave(guild.id);
  }

  unban(form: Form<'unban'>): void {
    const { guild, deed } = this.#allowed(form, bits.BanMembers);
    this.#parts.changes.bans.remove(guild.id, form.user_id, deed);
  }

  editMember(form: Form<'editMember'>): void {
    const { user_id, nick, roles, timeout_seconds: seconds } = form;
    const needed =
      (nick === undefined ? 0n : bits.ManageNicknames) |
      (roles === undefined ? 0n : bits.ManageRoles) |
      (seconds === undefined ? 0n : bits.ModerateMembers);
    const { guild, deed } = this.#above(form, needed, user_id);
    const fields = {
      ...(nick !== undefined && { nick }),
      ...(roles !== undefined && { roles }),
      ...(seconds !== undefined && { timedOutUntil: seconds === 0 ? null : inSeconds(seconds) }),
    };
    this.#parts.changes.members.update(guild.id, user_id, fields, deed);
  }

  editRole(form: Form<'editRole'>): { id: string } {
    const { guild, actor, deed } = this.#allowed(form, bits.ManageRoles);
    const { role_id, name, permissions, position } = form;
    const fields = {
      ...(name !== undefined && { name }),
      ...(permissions !== undefined && { permissions }),
      ...(position !== undefined && { position }),
    };
    const { roles } = this.#parts.changes;
    if (role_id === undefined) return roles.create(guild.id, fields, deed);
    this.#checkBelow(guild, actor, role_id);
    return roles.update(guild.id, role_id, fields, deed);
  }

  deleteRole(form: Form<'deleteRole'>): void {
    const { guild, actor, deed } = this.#allowed(form, bits.ManageRoles);
    this.#checkBelow(guild, actor, form.role_id);
    this.#parts.changes.roles.delete(guild.id, form.role_id, deed);
  }

  createChannel(form: Form<'createChannel'>): { id: string } {
    const { guild, deed } = this.#allowed(form, bits.ManageChannels);
    const fields = form.overwrites ? { permission_overwrites: form.overwrites } : {};
    return this.#parts.changes.channels.create(guild.id, form.type, form.name, fields, deed);
  }

  deleteChannel(form: Form<'deleteChannel'>): void {
    const { changes, world } = this.#parts;
    const place = world.place(form.channel_id);
    const isOfThread = place !== undefined && isThread(place.channel);
    const { guild, deed } = this.#allowed(form, isOfThread ? bits.ManageThreads : bits.ManageChannels);
    (isOfThread ? changes.threads : changes.channels).delete(guild.id, form.channel_id, deed);
  }

  createThread(form: Form<'createThread'>): { id: string } {
    const { message_id, channel_id } = form;
    const isPrivate = form.is_private && message_id === undefined;
    const needed = isPrivate ? bits.CreatePrivateThreads : bits.CreatePublicThreads;
    const { guild, actor, deed } = this.#allowed(form, needed);
    const start = { name: form.name, parent_id: channel_id, owner_id: actor.user.id };
    const { changes } = this.#parts;
    const channel = guild.channel(channel_id);
    if (!channel || isThread(channel)) throw new Refusal(`threads do not begin in ${channel_id}`);
    if (message_id !== undefined)
      return threadAtMessage(this.#parts, { guild, channel }, message_id, start, deed);
    const type = isPrivate ? ChannelType.PrivateThread : ChannelType.PublicThread;
    return changes.threads.create(guild.id, type, start, deed);
  }

  addBot({ guild_id }: Form<'addBot'>): { id: string } {
    return this.#parts.changes.guilds.join(guild_id);
  }

  sendDirectMessage({ user_id, content }: Form<'sendDirectMessage'>): { id: string; channelId: string } {
    const { world, messages, ids } = this.#parts;
    const user = world.user(user_id);
    if (!user || user.bot) throw new Refusal(`there is no user ${user_id} who writes to bots`, 404);
    const place = world.directs.open(user, () => ids.next());
    const author = place.guild.members.get(recipientOf(place)?.id ?? '');
    if (!author) throw new Refusal(`${user.username} is not in the conversation`);
    return { id: messages.post(place, author, { content }).id, channelId: place.channel.id };
  }

  #guild(id: string): WorldGuild {
    const guild = this.#parts.world.guild(id);
    if (!guild) throw new Refusal(`the bot is in no guild ${id}`, 404);
    return guild;
  }

  #allowed({ guild_id, by, reason }: DeedForm, needed: bigint): Actor {
    const guild = this.#guild(guild_id);
    const actor = guild.members.get(by ?? guild.ownerId);
    if (!actor) throw new Refusal(`${by ?? 'the owner'} is no member of ${guild.name}`, 404);
    if (!isAllowed(needed, guild, actor))
      throw new Refusal(`${actor.user.username} lacks a permission that this takes (${needed})`);
    return { guild, actor, deed: { by: actor.user.id, ...(reason !== undefined && { reason }) } };
  }

  /** Somebody who stands above whom it concerns, where that is a member. */
  #above(form: DeedForm, needed: bigint, userId: string): Actor {
    const acting = this.#allowed(form, needed);
    const { guild, actor } = acting;
    const target = guild.members.get(userId);
    if (target && !outranks(guild, actor, target))
      throw new Refusal(`${actor.user.username} does not stand above ${target.user.username}`);
    return acting;
  }

  #checkBelow(guild: WorldGuild, actor: WorldMember, roleId: string): void {
    const role = guild.role(roleId);
    if (role && !isBelow(guild, actor, role))
      throw new Refusal(`${actor.user.username} does not stand above the role ${roleId}`);
  }
}

function inSeconds(seconds: number): string {
  return isoOf(Date.now() + seconds * 1_000);
}
