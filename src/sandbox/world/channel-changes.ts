import {
  AuditLogEvent,
  ChannelType,
  GatewayDispatchEvents,
  OverwriteType,
  type APIOverwrite,
} from 'discord-api-types/v10';
import { discordErrors } from '../forms/discord-error.ts';
import { differences, type Deed } from './audit-log.ts';
import {
  changedChannel,
  makeChannel,
  type ChannelFields,
  type WorldChannel,
  type WorldChannelType,
} from './channel.ts';
import { shownChannel } from './guild-create.ts';
import type { WorldGuild } from './guild.ts';
import type { Stage } from './stage.ts';

const events = GatewayDispatchEvents;
const mostChannels = 500;

/** Channels, threads apart. Each method throws Discord's error for a channel that is not there. */
export class ChannelChanges {
  readonly #stage: Stage;

  constructor(stage: Stage) {
    this.#stage = stage;
  }

  /** A new channel stands last. */
  create(
    guildId: string,
    type: WorldChannelType,
    name: string,
    fields: ChannelFields,
    deed: Deed,
  ): WorldChannel {
    const guild = this.#stage.guild(guildId);
    if (guild.channels.length >= mostChannels) throw discordErrors.tooManyChannels(mostChannels);
    const position = guild.channels.length;
    const channel = makeChannel(this.#stage.nextId(), type, name, { position, ...fields });
    guild.overlay.channels = [...guild.channels, channel];
    this.#stage.world.settle(channel.id, guildId);
    this.#stage.tell(guild, events.ChannelCreate, shownChannel(guild, channel));
    const changes = differences(undefined, logged(channel));
    this.#stage.log(guild, deed, { action: AuditLogEvent.ChannelCreate, target: channel.id, changes });
    return channel;
  }

  update(guildId: string, channelId: string, fields: ChannelFields, deed: Deed): WorldChannel {
    const guild = this.#stage.guild(guildId);
    const before = channelOf(guild, channelId);
    const after = this.#replace(guild, before, fields);
    const changes = differences(logged(before), logged(after));
    // Discord does not log that channels were sorted.
    if (changes.length > 0)
      this.#stage.log(guild, deed, { action: AuditLogEvent.ChannelUpdate, target: channelId, changes });
    return after;
  }

  /** The channels of a deleted category stay, outside of it; threads and invites go with their channel, without a word. */
  delete(guildId: string, channelId: string, deed: Deed): WorldChannel {
    const guild = this.#stage.guild(guildId);
    const gone = channelOf(guild, channelId);
    for (const child of guild.channels)
      if (child.parent_id === channelId) this.#replace(guild, child, { parent_id: null });
    guild.overlay.channels = guild.channels.filter((channel) => channel !== gone);
    this.#dropContents(guild, channelId);
    this.#stage.tell(guild, events.ChannelDelete, shownChannel(guild, gone));
    const changes = differences(logged(gone), undefined);
    this.#stage.log(guild, deed, { action: AuditLogEvent.ChannelDelete, target: channelId, changes });
    return gone;
  }

  /** Sets what a role or a member may in the channel. */
  setOverwrite(guildId: string, channelId: string, overwrite: APIOverwrite, deed: Deed): WorldChannel {
    const guild = this.#stage.guild(guildId);
    const before = channelOf(guild, channelId);
    const standing = before.permission_overwrites.find(({ id }) => id === overwrite.id);
    const permission_overwrites = [
      ...before.permission_overwrites.filter((one) => one !== standing),
      overwrite,
    ];
    const after = this.#replace(guild, before, { permission_overwrites });
    const changes = differences(standing, overwrite);
    const action = standing ? AuditLogEvent.ChannelOverwriteUpdate : AuditLogEvent.ChannelOverwriteCreate;
    const options = overwriteOptions(guild, overwrite);
    if (changes.length > 0) this.#stage.log(guild, deed, { action, target: channelId, changes, options });
    return after;
  }

  /** Throws Discord's error 10009 where the channel has no overwrite of that role or member. */
  deleteOverwrite(guildId: string, channelId: string, overwriteId: string, deed: Deed): WorldChannel {
    const guild = this.#stage.guild(guildId);
    const before = channelOf(guild, channelId);
    const gone = before.permission_overwrites.find(({ id }) => id === overwriteId);
    if (!gone) throw discordErrors.unknownOverwrite();
    const permission_overwrites = before.permission_overwrites.filter((one) => one !== gone);
    const after = this.#replace(guild, before, { permission_overwrites });
    const action = AuditLogEvent.ChannelOverwriteDelete;
    const [changes, options] = [differences(gone, undefined), overwriteOptions(guild, gone)];
    this.#stage.log(guild, deed, { action, target: channelId, changes, options });
    return after;
  }

  #replace(guild: WorldGuild, before: WorldChannel, fields: ChannelFields): WorldChannel {
    const after = changedChannel(before, fields);
    if (differences(before, after).length === 0) return before;
    guild.overlay.channels = guild.channels.map((channel) => (channel.id === before.id ? after : channel));
    this.#stage.tell(guild, events.ChannelUpdate, shownChannel(guild, after));
    return after;
  }

  #dropContents(guild: WorldGuild, channelId: string): void {
    const { overlay } = guild;
    for (const thread of guild.threads) {
      if (thread.parent_id !== channelId) continue;
      overlay.threadMembers.delete(thread.id);
      this.#stage.world.unsettle(thread.id);
    }
    overlay.threads = guild.threads.filter((thread) => thread.parent_id !== channelId);
    for (const invite of guild.invites.values())
      if (invite.channelId === channelId) overlay.invites.delete(invite.code);
    this.#stage.world.unsettle(channelId);
  }
}

function channelOf(guild: WorldGuild, channelId: string): WorldChannel {
  const channel = guild.channels.find(({ id }) => id === channelId);
  if (!channel) throw discordErrors.unknownChannel();
  return channel;
}

/** What the log says of a channel; overwrites have entries of their own. */
function logged(channel: WorldChannel): object {
  const { name, type, topic, nsfw, rate_limit_per_user, bitrate, user_limit } = channel;
  const plain = { name, type, nsfw, rate_limit_per_user, bitrate, user_limit };
  return channel.type === ChannelType.GuildVoice ? plain : { ...plain, topic };
}

function overwriteOptions(guild: WorldGuild, { id, type }: APIOverwrite): Readonly<Record<string, string>> {
  const role_name = guild.role(id)?.name;
  return {
    id,
    type: String(type),
    ...(type === OverwriteType.Role && role_name !== undefined && { role_name }),
  };
}
