import { ChannelType, Locale, type RoleFlags, type APIRole, type APIUser } from 'discord-api-types/v10';
import { snowflakeAt } from '../snowflake.ts';
import { makeMembers, type WorldMember } from './member.ts';
import { guildName } from './names.ts';
import {
  adminPermissions,
  botPermissions,
  everyonePermissions,
  moderatorPermissions,
} from './permissions.ts';
import { seededRandom } from './random.ts';

export type WorldChannel = {
  readonly id: string;
  readonly name: string;
  readonly type: ChannelType.GuildText;
  readonly position: number;
  readonly topic: string | null;
};

/** A guild as its seed makes it. `createdMs` counts from Discord's epoch, as the guild's id does. */
export type WorldGuild = {
  readonly id: string;
  readonly createdMs: number;
  readonly name: string;
  readonly locale: Locale;
  readonly roles: readonly APIRole[];
  readonly channels: readonly WorldChannel[];
  readonly members: readonly WorldMember[];
  /** The bot as a member of this guild; not among `members`. */
  readonly bot: WorldMember;
};

const channelNames = ['general', 'bot-commands', 'mod-log', 'off-topic'] as const;

/** Ids of what belongs to a guild lie this far apart, in ms, within the guild's own hour. */
const childStepMs = 1_000;

export function makeGuild(seed: number, index: number, createdMs: number, botUser: APIUser): WorldGuild {
  const random = seededRandom(seed, index);
  const id = snowflakeAt(createdMs, 0);
  let children = 0;
  const childId = () => snowflakeAt(createdMs + ++children * childStepMs, Math.floor(random() * 2 ** 22));
  const name = guildName(random);
  const roles = {
    everyone: makeRole(id, '@everyone', everyonePermissions, 0),
    moderator: makeRole(childId(), 'Moderator', moderatorPermissions, 2),
    admin: makeRole(childId(), 'Admin', adminPermissions, 3),
    bot: {
      ...makeRole(childId(), botUser.username, botPermissions, 1),
      managed: true,
      tags: { bot_id: botUser.id },
    },
  };
  const channels = channelNames.map(
    (channelName, position) =>
      ({ id: childId(), name: channelName, type: ChannelType.GuildText, position, topic: null }) as const,
  );
  const { members, bot } = makeMembers({ createdMs, roles, botUser, childId, random });
  return {
    id,
    createdMs,
    name,
    locale: Locale.EnglishUS,
    roles: Object.values(roles),
    channels,
    members,
    bot,
  };
}

function makeRole(id: string, name: string, permissions: bigint, position: number): APIRole {
  return {
    id,
    name,
    permissions: String(permissions),
    position,
    color: 0,
    colors: { primary_color: 0, secondary_color: null, tertiary_color: null },
    hoist: false,
    icon: null,
    unicode_emoji: null,
    managed: false,
    mentionable: false,
    flags: 0 as RoleFlags,
  };
}
