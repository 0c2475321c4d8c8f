import { PermissionFlagsBits, RESTJSONErrorCodes } from 'discord-api-types/v10';
import { discordErrorCode } from '../../discord/error-code.ts';
import { errorText } from '../../lib/error-text.ts';
import type { GuildSettings } from '../../settings/settings.ts';
import type { Context } from '../context.ts';
import { lackingPermissions } from '../permission-words.ts';
import { permissionsInChannel } from './channel-permissions.ts';

/** Whether what settings name is still there. What Discord does not tell counts as there. */
export interface Places {
  isChannel(id: string): boolean;
  isRole(id: string): boolean;
}

/** Asks Discord for what `settings` name, and for nothing where they name nothing. */
export async function placesOf(context: Context, settings: GuildSettings): Promise<Places> {
  const { logChannelId, rules } = settings;
  const namesRoles = Object.values(rules.commands).some(({ roleIds }) => roleIds !== undefined);
  const [channel, roles] = await Promise.all([
    logChannelId === null ? undefined : channelOf(context, settings.guildId, logChannelId),
    namesRoles ? rolesOf(context, settings.guildId) : undefined,
  ]);
  return {
    isChannel: (id) => !(id === logChannelId && channel === 'deleted'),
    isRole: (id) => roles === undefined || roles.has(id),
  };
}

/** The ids of the guild's roles; `undefined` where Discord does not tell. */
export async function rolesOf(context: Context, guildId: string): Promise<ReadonlySet<string> | undefined> {
  try {
    return new Set((await context.api.guilds.getRoles(guildId)).map(({ id }) => id));
  } catch (error) {
    context.log.warn({ reason: errorText(error) }, 'the roles of a guild are not known');
    return undefined;
  }
}

const neededToLog =
  PermissionFlagsBits.ViewChannel | PermissionFlagsBits.SendMessages | PermissionFlagsBits.EmbedLinks;

/** The permissions that the bot lacks to write its log there; none where Discord does not tell. */
export async function lackingToLog(context: Context, guildId: string, channelId: string): Promise<bigint> {
  const channel = await channelOf(context, guildId, channelId);
  if (channel === 'hidden') return PermissionFlagsBits.ViewChannel;
  if (typeof channel !== 'object') return 0n;
  try {
    // The bot's user has the id of its application.
    const userId = context.interaction.application_id;
    const [roles, { roles: roleIds }] = await Promise.all([
      context.api.guilds.getRoles(guildId),
      context.api.guilds.getMember(guildId, userId),
    ]);
    const overwrites = 'permission_overwrites' in channel ? (channel.permission_overwrites ?? []) : [];
    const held = permissionsInChannel({ guildId, userId, roleIds, roles, overwrites });
    return lackingPermissions(neededToLog, held);
  } catch (error) {
    context.log.warn({ reason: errorText(error) }, 'the permissions for the log channel are not known');
    return 0n;
  }
}

/** Whether Discord says that the channel is one of this guild: what would be written there is no other guild's to read. */
export async function isChannelHere(context: Context, guildId: string, id: string): Promise<boolean> {
  return typeof (await channelOf(context, guildId, id)) === 'object';
}

/** `deleted` is also another guild's; `hidden`: the bot may not see it. `undefined` where Discord does not tell. */
async function channelOf(context: Context, guildId: string, id: string) {
  try {
    const channel = await context.api.channels.get(id);
    return 'guild_id' in channel && channel.guild_id === guildId ? channel : 'deleted';
  } catch (error) {
    const code = discordErrorCode(error);
    if (code === RESTJSONErrorCodes.UnknownChannel) return 'deleted';
    if (code === RESTJSONErrorCodes.MissingAccess) return 'hidden';
    context.log.warn({ reason: errorText(error) }, 'a channel of the settings is not known');
    return undefined;
  }
}
