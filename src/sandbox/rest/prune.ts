import { PermissionFlagsBits } from 'discord-api-types/v10';
import { Hono, type Context } from 'hono';
import { z } from 'zod';
import { readForm } from '../forms/form.ts';
import { snowflake } from '../forms/values.ts';
import type { WorldGuild } from '../world/guild.ts';
import { checkInGuild } from './allowed.ts';
import { deedOf } from './deed.ts';
import type { GuildParts } from './guild-parts.ts';
import { optionalBody } from './optional-body.ts';
import { guildOf } from './place.ts';

const { KickMembers, ManageGuild } = PermissionFlagsBits;

const roleIds = z
  .union([
    z
      .string()
      .regex(/^[\d,]*$/)
      .transform((text) => text.split(',').filter((id) => id !== '')),
    z.array(snowflake).max(100),
  ])
  .nullish();
const days = (number: z.ZodNumber | z.ZodCoercedNumber) => number.int().min(1).max(30);
const countQuery = z.object({ days: days(z.coerce.number()).default(7), include_roles: roleIds });
const beginForm = z.object({
  days: days(z.number()).nullish(),
  compute_prune_count: z.boolean().nullish(),
  include_roles: roleIds,
});

/** Routes of `/guilds/:guild/prune` (resources/guild.mdx, Get Guild Prune Count). Nobody is online, so joining counts as seen. */
export function prune({ world, account, changes }: GuildParts): Hono {
  const routes = new Hono();
  const allowedGuild = (c: Context): WorldGuild => {
    const guild = guildOf(c, world);
    checkInGuild(guild, KickMembers | ManageGuild);
    return guild;
  };
  routes.get('/', (c) => {
    const guild = allowedGuild(c);
    const query = readForm(countQuery, c.req.query());
    return c.json({ pruned: inactive(guild, query.days, query.include_roles ?? []).length });
  });
  routes.post('/', async (c) => {
    const guild = allowedGuild(c);
    const form = readForm(beginForm, await optionalBody(c));
    const since = form.days ?? 7;
    const userIds = inactive(guild, since, form.include_roles ?? []);
    changes.members.prune(guild.id, userIds, since, deedOf(c, account.botUser.id));
    return c.json({ pruned: form.compute_prune_count === false ? null : userIds.length });
  });
  return routes;
}

/** Those without a role other than these, who were not seen for so many days. */
function inactive(guild: WorldGuild, sinceDays: number, includeRoles: readonly string[]): string[] {
  const seenMs = Date.now() - sinceDays * 86_400_000;
  return guild.members
    .after('0')
    .filter(
      ({ roles, joinedAt }) =>
        Date.parse(joinedAt) < seenMs && roles.every((id) => includeRoles.includes(id)),
    )
    .filter(({ user }) => user.id !== guild.ownerId && !user.bot)
    .map(({ user }) => user.id)
    .toArray();
}
