import type { APIRole, APIUser, RoleFlags } from 'discord-api-types/v10';
import { bornId, type Origin } from './born-ids.ts';
import {
  adminPermissions,
  botPermissions,
  everyonePermissions,
  moderatorPermissions,
} from './permission-sets.ts';
import { pick } from './random.ts';

/** The first roles of every guild, in the order of its list. */
export type FixedRoles = { readonly [name in 'everyone' | 'moderator' | 'admin' | 'bot']: APIRole };

const vanityNames = [
  'Regular',
  'Verified',
  'Helper',
  'Veteran',
  'Artist',
  'Builder',
  'Streamer',
  'Night Owl',
  'Early Bird',
  'Tournament',
  'Announcements',
  'Level 5',
  'Level 10',
  'Level 25',
  'Level 50',
] as const;

const colours = [
  0, 0, 0x1abc9c, 0x2ecc71, 0x3498db, 0x9b59b6, 0xe91e63, 0xf1c40f, 0xe67e22, 0xe74c3c,
] as const;

/** The bot stands above the roles that a guild hands out and below its staff. */
export function bornRoles(
  origin: Origin,
  guildId: string,
  botUser: APIUser,
  count: number,
  random: () => number,
): { readonly fixed: FixedRoles; readonly vanity: readonly APIRole[] } {
  const id = (nth: number) => bornId(origin, 'role', nth);
  const vanity = Array.from({ length: Math.max(0, count - 4) }, (_, nth) =>
    makeRole(id(nth + 3), {
      name: pick(random, vanityNames),
      position: nth + 1,
      color: pick(random, colours),
      hoist: random() < 0.2,
      mentionable: random() < 0.2,
    }),
  );
  const top = vanity.length;
  const bot = makeRole(id(2), {
    name: botUser.username,
    permissions: String(botPermissions),
    position: top + 1,
  });
  const fixed = {
    everyone: makeRole(guildId, { name: '@everyone', permissions: String(everyonePermissions) }),
    moderator: makeRole(id(0), {
      name: 'Moderator',
      permissions: String(moderatorPermissions),
      position: top + 2,
    }),
    admin: makeRole(id(1), { name: 'Admin', permissions: String(adminPermissions), position: top + 3 }),
    bot: { ...bot, managed: true, tags: { bot_id: botUser.id } },
  };
  return { fixed, vanity };
}

/** What a client may say of a role (resources/guild.mdx, Create Guild Role). */
export type RoleFields = Partial<
  Pick<
    APIRole,
    'name' | 'permissions' | 'position' | 'color' | 'hoist' | 'mentionable' | 'unicode_emoji' | 'icon'
  >
>;

export function makeRole(id: string, fields: RoleFields): APIRole {
  return {
    id,
    name: 'new role',
    permissions: '0',
    position: 0,
    color: 0,
    hoist: false,
    icon: null,
    unicode_emoji: null,
    managed: false,
    mentionable: false,
    flags: 0 as RoleFlags,
    ...fields,
    colors: coloursOf(fields.color ?? 0),
  };
}

/** The role after a change; `color` and `colors` are one thing under two names. */
export function changedRole(role: APIRole, fields: RoleFields): APIRole {
  return {
    ...role,
    ...fields,
    ...(fields.color !== undefined && { colors: coloursOf(fields.color) }),
  };
}

function coloursOf(color: number): APIRole['colors'] {
  return { primary_color: color, secondary_color: null, tertiary_color: null };
}
