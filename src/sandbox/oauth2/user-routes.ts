import { Hono, type Context, type MiddlewareHandler } from 'hono';
import { discordErrors } from '../forms/discord-error.ts';
import { readForm } from '../forms/form.ts';
import { publicApplication } from '../rest/get-me.ts';
import { ownGuildsQuery, type OwnGuildsQuery } from '../rest/users.ts';
import { ownGuildView } from '../world/guild-view.ts';
import { memberWithUser } from '../world/member.ts';
import type { Grant } from './grants.ts';
import type { OAuth2Parts } from './oauth2.ts';
import { personOf, placeIn, placesOf, type Place } from './people.ts';
import type { Scope } from './scopes.ts';

/**
 * What an application reads for a person with `Authorization: Bearer`. Every other request goes on to the routes behind
 * these. Without the scope it is 401: "endpoints that require authorization return 401 if the authorization isn't
 * acceptable, so this is intended" (discord-api-docs issue 3945).
 */
export function userRoutes(parts: OAuth2Parts, bucket: MiddlewareHandler): Hono {
  const { world } = parts;
  const routes = new Hono();
  const answering =
    (scope: Scope | undefined, answer: (c: Context, grant: Grant) => Response): MiddlewareHandler =>
    async (c, next) => {
      const token = bearerToken(c);
      if (token === undefined) return next();
      const grant = parts.grants.find(token);
      if (!grant || (scope && !grant.scopes.includes(scope))) throw discordErrors.unauthorized();
      return bucket(c, async () => void (c.res = answer(c, grant)));
    };

  routes.get(
    '/users/@me',
    answering('identify', (c, grant) => c.json(ownUser(parts, grant))),
  );
  routes.get(
    '/users/@me/guilds',
    answering('guilds', (c, { userId }) => {
      const query = readForm(ownGuildsQuery, c.req.query());
      const places = pageOf(placesOf(world, userId), query);
      return c.json(
        places.map(({ guild, member }) => ownGuildView(guild, member, query.with_counts === 'true')),
      );
    }),
  );
  routes.get(
    '/users/@me/guilds/:guild/member',
    answering('guilds.members.read', (c, { userId }) => {
      const place = placeIn(world, c.req.param('guild') ?? '', userId);
      if (!place) throw discordErrors.unknownGuild();
      return c.json(memberWithUser(place.member));
    }),
  );
  // A bot's own token is refused with 401 too (the same issue).
  routes.get(
    '/oauth2/@me',
    answering(undefined, (c, grant) => c.json(authorization(parts, grant))),
    () => {
      throw discordErrors.unauthorized();
    },
  );
  return routes;
}

function bearerToken(c: Context): string | undefined {
  return /^Bearer (.*)$/.exec(c.req.header('authorization') ?? '')?.[1];
}

function ownUser({ world, account }: OAuth2Parts, { userId, scopes }: Grant): object {
  const user = personOf(world, account, userId);
  if (!user) throw discordErrors.unauthorized();
  return {
    ...user,
    banner: null,
    accent_color: null,
    mfa_enabled: true,
    locale: 'en-US',
    premium_type: 0,
    ...(scopes.includes('email') && { email: `${user.username}@sandbox.invalid`, verified: true }),
  };
}

/** Get Current User Guilds: "ordered by ascending guild id", before `before` the last ones. */
function pageOf(places: readonly Place[], { limit, before, after = '0' }: OwnGuildsQuery): readonly Place[] {
  if (before === undefined) {
    return places.filter(({ guild }) => BigInt(guild.id) > BigInt(after)).slice(0, limit);
  }
  return places.filter(({ guild }) => BigInt(guild.id) < BigInt(before)).slice(-limit);
}

/** Get Current Authorization Information */
function authorization({ world, account }: OAuth2Parts, { userId, scopes, expiresAtMs }: Grant): object {
  const user = scopes.includes('identify') ? personOf(world, account, userId) : undefined;
  return {
    application: publicApplication(account),
    scopes,
    expires: new Date(expiresAtMs).toISOString().replace('Z', '000+00:00'),
    ...(user && { user }),
  };
}
