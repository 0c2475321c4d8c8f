import { PermissionFlagsBits } from 'discord-api-types/v10';
import { Hono, type Context, type Handler } from 'hono';
import { z } from 'zod';
import { discordErrors } from '../forms/discord-error.ts';
import { readForm } from '../forms/form.ts';
import { isThread } from '../world/channel.ts';
import { guildSettings } from '../world/guild-create.ts';
import type { WorldGuild } from '../world/guild.ts';
import { inviteFields, isSpent, type WorldInvite } from '../world/invite.ts';
import { isAllowed } from '../world/permissions.ts';
import { checkAllowed } from './allowed.ts';
import { deedOf } from './deed.ts';
import type { GuildParts } from './guild-parts.ts';
import { optionalBody } from './optional-body.ts';
import { guildOf, placeOf } from './place.ts';

const bits = PermissionFlagsBits;

/** resources/channel.mdx, Create Channel Invite */
const inviteForm = z.object({
  max_age: z.int().min(0).max(5_184_000).nullish(),
  max_uses: z.int().min(0).max(100).nullish(),
  temporary: z.boolean().nullish(),
  unique: z.boolean().nullish(),
});
const dayInSeconds = 86_400;

/** Routes below `/channels/:channel/invites`. */
export function channelInvites({ world, account, changes }: GuildParts): Hono {
  const routes = new Hono();
  routes.get('/', (c) => {
    const place = placeOf(c, world);
    checkAllowed(place, bits.ManageChannels);
    const here = usable(place.guild).filter(({ channelId }) => channelId === place.channel.id);
    return c.json(here.map((invite) => shownInvite(place.guild, invite)));
  });
  routes.post('/', async (c) => {
    const place = placeOf(c, world);
    const { guild, channel } = place;
    const form = readForm(inviteForm, await optionalBody(c));
    checkAllowed(place, bits.CreateInstantInvite);
    if (isThread(channel)) throw discordErrors.wrongChannelType();
    const start = {
      channelId: channel.id,
      inviter: account.botUser,
      maxAge: form.max_age ?? dayInSeconds,
      maxUses: form.max_uses ?? 0,
      temporary: form.temporary ?? false,
    };
    const similar = form.unique ? undefined : usable(guild).find((invite) => isLike(invite, start));
    return c.json(
      shownInvite(guild, similar ?? changes.invites.create(guild.id, start, deedOf(c, account.botUser.id))),
    );
  });
  return routes;
}

/** `GET /guilds/:guild/invites`: with View Audit Log alone, without what Manage Guild tells of them. */
export function guildInvites({ world }: GuildParts): Handler {
  return (c) => {
    const guild = guildOf(c, world);
    const manages = isAllowed(bits.ManageGuild, guild, guild.bot);
    if (!manages && !isAllowed(bits.ViewAuditLog, guild, guild.bot)) throw discordErrors.missingPermissions();
    const shown = manages ? shownInvite : plainInvite;
    return c.json(usable(guild).map((invite) => shown(guild, invite)));
  };
}

/** Routes below `/invites`, which anybody may read who has the code. */
export function invites({ world, account, changes }: GuildParts): Hono {
  const routes = new Hono();
  const found = (c: Context) => {
    const known = changes.invites.find(c.req.param('code') ?? '');
    if (!known) throw discordErrors.unknownInvite();
    return known;
  };
  routes.get('/:code', (c) => {
    const { guild, invite } = found(c);
    const { count } = guild.members;
    const counts = { approximate_member_count: count, approximate_presence_count: 1 };
    return c.json({ ...plainInvite(guild, invite), ...(c.req.query('with_counts') === 'true' && counts) });
  });
  routes.delete('/:code', (c) => {
    const { guild, invite } = found(c);
    const place = world.place(invite.channelId);
    const manages = isAllowed(bits.ManageGuild, guild, guild.bot);
    if (!manages && place) checkAllowed(place, bits.ManageChannels);
    changes.invites.delete(invite.code, deedOf(c, account.botUser.id));
    return c.json(plainInvite(guild, invite));
  });
  return routes;
}

function usable({ invites: all }: WorldGuild): WorldInvite[] {
  return [...all.values()].filter((invite) => !isSpent(invite, Date.now()));
}

/** Without `unique` Discord gives out the same invite again. */
function isLike(invite: WorldInvite, start: Omit<WorldInvite, 'code' | 'uses' | 'createdAt'>): boolean {
  return (
    invite.channelId === start.channelId &&
    invite.inviter.id === start.inviter.id &&
    invite.maxAge === start.maxAge &&
    invite.maxUses === start.maxUses &&
    invite.temporary === start.temporary
  );
}

function shownInvite(guild: WorldGuild, invite: WorldInvite): object {
  return { ...inviteFields(invite), ...whereTo(guild, invite) };
}

/** Without its metadata (resources/invite.mdx, Invite Metadata Object). */
function plainInvite(guild: WorldGuild, invite: WorldInvite): object {
  const { type, code, inviter, expires_at } = inviteFields(invite);
  return { type, code, inviter, expires_at, ...whereTo(guild, invite) };
}

function whereTo(guild: WorldGuild, { channelId }: WorldInvite): object {
  const { id, name, splash, banner, description, icon, features, ...rest } = guildSettings(guild);
  const { verification_level, vanity_url_code, nsfw_level, premium_subscription_count } = rest;
  const channel = guild.channel(channelId);
  const levels = { verification_level, vanity_url_code, nsfw_level, nsfw: false, premium_subscription_count };
  return {
    guild_id: id,
    guild: { id, name, splash, banner, description, icon, features, ...levels },
    ...(channel && { channel: { id: channel.id, type: channel.type, name: channel.name } }),
  };
}
