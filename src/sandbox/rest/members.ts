import { GatewayIntentBits, PermissionFlagsBits } from 'discord-api-types/v10';
import { Hono, type Context } from 'hono';
import { z } from 'zod';
import { discordErrors } from '../forms/discord-error.ts';
import { readForm } from '../forms/form.ts';
import { snowflake } from '../forms/values.ts';
import { isoOf } from '../snowflake.ts';
import type { WorldGuild } from '../world/guild.ts';
import type { MemberFields } from '../world/member-changes.ts';
import { memberWithUser, type WorldMember } from '../world/member.ts';
import { isAllowed } from '../world/permissions.ts';
import type { World } from '../world/world.ts';
import { checkAbove, checkInGuild, checkRoleBelow } from './allowed.ts';
import { readBody } from './body.ts';
import { deedOf } from './deed.ts';
import type { GuildParts } from './guild-parts.ts';
import { memberForm, ownMemberForm, type MemberForm } from './member-form.ts';
import { guildOf } from './place.ts';

const bits = PermissionFlagsBits;

/** resources/guild.mdx, List Guild Members and Search Guild Members */
const limit = z.coerce.number().int().min(1).max(1_000).default(1);
const listQuery = z.object({ limit, after: snowflake.default('0') });
const searchQuery = z.object({ limit, query: z.string().min(1).max(100) });

/** Routes below `/guilds/:guild/members`. */
export function members({ world, account, changes }: GuildParts): Hono {
  const routes = new Hono();
  const botId = account.botUser.id;

  routes.get('/', (c) => {
    // The whole list is for those alone whom Discord granted the intent of members.
    if ((account.deniedIntents & GatewayIntentBits.GuildMembers) !== 0) throw discordErrors.missingAccess();
    const page = readForm(listQuery, c.req.query());
    return c.json(guildOf(c, world).members.page(page.limit, page.after).map(memberWithUser));
  });
  routes.get('/search', (c) => {
    const { query, limit: most } = readForm(searchQuery, c.req.query());
    return c.json(guildOf(c, world).members.search(query, most).map(memberWithUser));
  });
  routes.patch('/@me', async (c) => {
    const guild = guildOf(c, world);
    const { nick } = readForm(ownMemberForm, await readBody(c));
    checkInGuild(guild, bits.ChangeNickname);
    const fields = nick === undefined ? {} : { nick: nick || null };
    return c.json(memberWithUser(changes.members.update(guild.id, botId, fields, deedOf(c, botId))));
  });
  routes.get('/:user', (c) => c.json(memberWithUser(memberOf(c, world, guildOf(c, world)))));
  routes.patch('/:user', async (c) => {
    const guild = guildOf(c, world);
    const member = memberOf(c, world, guild);
    const form = readForm(memberForm, await readBody(c));
    checkChange(guild, member, form);
    const fields = fieldsOf(form);
    return c.json(memberWithUser(changes.members.update(guild.id, member.user.id, fields, deedOf(c, botId))));
  });
  routes.delete('/:user', (c) => {
    const guild = guildOf(c, world);
    const member = memberOf(c, world, guild);
    checkInGuild(guild, bits.KickMembers);
    checkAbove(guild, member);
    changes.members.kick(guild.id, member.user.id, deedOf(c, botId));
    return c.body(null, 204);
  });
  for (const [method, withRole] of [
    ['PUT', (roles: readonly string[], role: string) => [...new Set([...roles, role])]],
    ['DELETE', (roles: readonly string[], role: string) => roles.filter((each) => each !== role)],
  ] as const) {
    routes.on(method, '/:user/roles/:role', (c) => {
      const guild = guildOf(c, world);
      const member = memberOf(c, world, guild);
      const role = c.req.param('role') ?? '';
      checkInGuild(guild, bits.ManageRoles);
      checkHandedOut(guild, role);
      const roles = withRole(member.roles, role);
      changes.members.update(guild.id, member.user.id, { roles }, deedOf(c, botId));
      return c.body(null, 204);
    });
  }
  return routes;
}

/** The member of the path; throws Discord's error for a user who is none, and another one for who is not even a user. */
export function memberOf(c: Context, world: World, guild: WorldGuild): WorldMember {
  const id = c.req.param('user') ?? '';
  const member = guild.members.get(id);
  if (member) return member;
  throw world.user(id) ? discordErrors.unknownMember() : discordErrors.unknownUser();
}

/** resources/guild.mdx, Modify Guild Member: each field takes a permission, some of them a higher rank as well. */
function checkChange(guild: WorldGuild, member: WorldMember, form: MemberForm): void {
  if (form.nick !== undefined) {
    checkInGuild(guild, bits.ManageNicknames);
    checkAbove(guild, member);
  }
  if (form.communication_disabled_until !== undefined) checkTimeout(guild, member);
  if (form.roles !== undefined) checkRoles(guild, member, form.roles ?? []);
  checkVoice(guild, form);
}

/** "Administrators cannot be timed out" (topics/permissions.mdx, Permissions for Timed Out Members). */
function checkTimeout(guild: WorldGuild, member: WorldMember): void {
  checkInGuild(guild, bits.ModerateMembers);
  checkAbove(guild, member);
  if (isAllowed(bits.Administrator, guild, member)) throw discordErrors.missingPermissions();
}

function checkRoles(guild: WorldGuild, member: WorldMember, roles: readonly string[]): void {
  checkInGuild(guild, bits.ManageRoles);
  const added = roles.filter((id) => !member.roles.includes(id));
  const removed = member.roles.filter((id) => !roles.includes(id));
  for (const id of [...added, ...removed]) checkHandedOut(guild, id);
}

/** Roles of bots, and @everyone, are not handed out. */
function checkHandedOut(guild: WorldGuild, roleId: string): void {
  const role = guild.role(roleId);
  if (!role) throw discordErrors.unknownRole();
  if (role.managed || role.id === guild.id) throw discordErrors.invalidRole();
  checkRoleBelow(guild, role);
}

/** Nobody is in a voice channel here. */
function checkVoice(guild: WorldGuild, { mute, deaf, channel_id }: MemberForm): void {
  if (typeof mute === 'boolean') checkInGuild(guild, bits.MuteMembers);
  if (typeof deaf === 'boolean') checkInGuild(guild, bits.DeafenMembers);
  if (channel_id !== undefined) checkInGuild(guild, bits.MoveMembers);
  if ([mute, deaf, channel_id].some((field) => field !== undefined)) throw discordErrors.notInVoice();
}

function fieldsOf({ nick, roles, communication_disabled_until: untilMs }: MemberForm): MemberFields {
  return {
    ...(nick !== undefined && { nick: nick || null }),
    ...(roles !== undefined && { roles: roles ?? [] }),
    ...(untilMs !== undefined && { timedOutUntil: untilMs === null ? null : isoOf(untilMs) }),
  };
}
