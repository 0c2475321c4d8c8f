import { PermissionFlagsBits, type APIRole } from 'discord-api-types/v10';
import { Hono, type Context } from 'hono';
import { z } from 'zod';
import { discordErrors } from '../forms/discord-error.ts';
import { readForm } from '../forms/form.ts';
import { bitSet, snowflake } from '../forms/values.ts';
import type { WorldGuild } from '../world/guild.ts';
import type { RoleFields } from '../world/roles.ts';
import { isBelow, standsAbove } from '../world/permissions.ts';
import { checkInGuild, checkRoleBelow } from './allowed.ts';
import { readBody } from './body.ts';
import { deedOf } from './deed.ts';
import type { GuildParts } from './guild-parts.ts';
import { optionalBody } from './optional-body.ts';
import { guildOf } from './place.ts';

const { ManageRoles } = PermissionFlagsBits;

const colour = z.int().min(0).max(0xff_ff_ff);
/** resources/guild.mdx, Create Guild Role */
const roleForm = z.object({
  name: z.string().min(1).max(100).nullish(),
  permissions: bitSet.nullish(),
  color: colour.nullish(),
  colors: z
    .object({
      primary_color: colour,
      secondary_color: colour.nullish(),
      tertiary_color: colour.nullish(),
    })
    .nullish(),
  hoist: z.boolean().nullish(),
  mentionable: z.boolean().nullish(),
  icon: z.string().nullish(),
  unicode_emoji: z.string().max(100).nullish(),
});
const positionsForm = z.array(z.object({ id: snowflake.nullish(), position: z.int().nullish() }));

/** Routes below `/guilds/:guild/roles`: the bot changes roles below its own, and grants only what it has itself. */
export function roles({ world, account, changes }: GuildParts): Hono {
  const routes = new Hono();
  const botId = account.botUser.id;
  const managed = (c: Context): WorldGuild => {
    const guild = guildOf(c, world);
    checkInGuild(guild, ManageRoles);
    return guild;
  };
  const managedRole = (c: Context): { readonly guild: WorldGuild; readonly role: APIRole } => {
    const guild = managed(c);
    const role = roleOf(guild, c.req.param('role'));
    // @everyone stands at 0, below all others.
    checkRoleBelow(guild, role);
    return { guild, role };
  };

  routes.get('/', (c) => c.json(guildOf(c, world).roles));
  routes.get('/:role', (c) => c.json(roleOf(guildOf(c, world), c.req.param('role'))));
  routes.post('/', async (c) => {
    const guild = managed(c);
    const fields = fieldsOf(readForm(roleForm, await optionalBody(c)));
    checkGranted(guild, fields);
    return c.json(changes.roles.create(guild.id, fields, deedOf(c, botId)));
  });
  routes.patch('/', async (c) => {
    const guild = managed(c);
    const moves = readForm(positionsForm, await readBody(c));
    const deed = deedOf(c, botId);
    checkMoves(guild, moves);
    for (const { id, position } of moves)
      if (id && position) changes.roles.update(guild.id, id, { position }, deed);
    return c.json(guild.roles);
  });
  routes.patch('/:role', async (c) => {
    const { guild, role } = managedRole(c);
    const fields = fieldsOf(readForm(roleForm, await readBody(c)));
    checkGranted(guild, fields, role);
    return c.json(changes.roles.update(guild.id, role.id, fields, deedOf(c, botId)));
  });
  routes.delete('/:role', (c) => {
    const { guild, role } = managedRole(c);
    // The roles of bots go with their bots, and @everyone stays.
    if (role.managed || role.id === guild.id) throw discordErrors.invalidRole();
    changes.roles.delete(guild.id, role.id, deedOf(c, botId));
    return c.body(null, 204);
  });
  return routes;
}

function roleOf(guild: WorldGuild, id: string | undefined): APIRole {
  const role = guild.role(id ?? '');
  if (!role) throw discordErrors.unknownRole();
  return role;
}

/**
 * Clients send the positions of all roles where one moves, as numbers without gaps: what must stay is the order of those
 * that are not below the bot's highest. Throws Discord's 50013.
 */
function checkMoves(guild: WorldGuild, moves: z.output<typeof positionsForm>): void {
  const positions = new Map(moves.map(({ id, position }) => [roleOf(guild, id ?? '').id, position]));
  const moved = guild.roles.map(({ id, position }) => ({ id, position: positions.get(id) ?? position }));
  const above = idsInOrder(guild.roles.filter((role) => !isBelow(guild, guild.bot, role)));
  const aboveThen = idsInOrder(moved).slice(0, above.length);
  if (above.some((id, index) => id !== aboveThen[index])) throw discordErrors.missingPermissions();
}

/** The highest role first. */
function idsInOrder(roles: readonly Pick<APIRole, 'id' | 'position'>[]): string[] {
  return roles.toSorted((one, other) => (standsAbove(one, other) ? -1 : 1)).map(({ id }) => id);
}

/** Permissions that the role has already may stay. */
function checkGranted(guild: WorldGuild, { permissions }: RoleFields, role?: APIRole): void {
  checkInGuild(guild, BigInt(permissions ?? 0) & ~BigInt(role?.permissions ?? 0));
}

/** No guild here has the boosts that icons and gradients take. */
function fieldsOf({ colors, icon, unicode_emoji, ...form }: z.output<typeof roleForm>): RoleFields {
  if (icon || unicode_emoji || colors?.secondary_color || colors?.tertiary_color)
    throw discordErrors.needsBoosts();
  const { name, permissions, color, hoist, mentionable } = form;
  const colour = colors?.primary_color ?? color ?? undefined;
  return {
    ...(name && { name }),
    ...(permissions && { permissions }),
    ...(colour !== undefined && { color: colour }),
    ...(typeof hoist === 'boolean' && { hoist }),
    ...(typeof mentionable === 'boolean' && { mentionable }),
  };
}
