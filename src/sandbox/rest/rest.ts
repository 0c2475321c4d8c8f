import { Hono } from 'hono';
import { every } from 'hono/combine';
import type { CommandRegistry } from '../commands/command-registry.ts';
import { DiscordError, discordErrors } from '../forms/discord-error.ts';
import type { ActiveFaults } from '../faults/active-faults.ts';
import { apiFaults, networkFaults, skewedClock } from '../faults/rest-faults.ts';
import type { Gateway } from '../gateway/gateway.ts';
import type { Answers } from '../interactions/answers.ts';
import type { Interactions } from '../interactions/interactions.ts';
import type { Reactions } from '../messages/reactions.ts';
import type { OAuth2Parts } from '../oauth2/oauth2.ts';
import { tokenRoutes } from '../oauth2/token.ts';
import { userRoutes } from '../oauth2/user-routes.ts';
import { recordRequests } from '../recorder/record-requests.ts';
import type { Recorder } from '../recorder/recorder.ts';
import { applicationCommands } from './application-commands.ts';
import { authorized, ownApplication } from './auth.ts';
import { bucketLimit } from './bucket-limit.ts';
import { channelMessages } from './channel-messages.ts';
import { channels } from './channels.ts';
import { directMessages } from './direct-messages.ts';
import { emptyEntitlements } from './empty-lists.ts';
import { getGateway, getGatewayBot } from './get-gateway.ts';
import { getCurrentApplication, getCurrentUser } from './get-me.ts';
import { globalLimit } from './global-limit.ts';
import type { GuildParts } from './guild-parts.ts';
import { guilds } from './guilds.ts';
import { callbackRoute, interactionCallback } from './interaction-callback.ts';
import { invalidRequests, type InvalidRequests } from './invalid-requests.ts';
import type { Limits } from './limits.ts';
import { messageReactions } from './message-reactions.ts';
import { oldPinRoutes, pinRoutes } from './pins.ts';
import { invites } from './invites.ts';
import { leaveGuild } from './leave-guild.ts';
import { sizeLimit } from './size-limit.ts';
import { threads } from './threads.ts';
import { getCurrentUserGuilds, getUser } from './users.ts';
import { webhookMessages } from './webhook-messages.ts';

export type RestParts = GuildParts & {
  readonly gateway: Gateway;
  readonly registry: CommandRegistry;
  readonly interactions: Interactions;
  readonly answers: Answers;
  readonly reactions: Reactions;
  readonly oauth2: OAuth2Parts;
  /** The number of shards that Get Gateway Bot recommends. */
  readonly shards: number;
  readonly limits: Limits;
  readonly invalid: InvalidRequests;
  readonly recorder: Recorder;
  readonly faults: ActiveFaults;
};

/** Discord's REST API v10, as far as the sandbox has it; everything else is 404. */
export function restApi(parts: RestParts): Hono {
  const { account, world, gateway, registry, limits, faults, oauth2 } = parts;
  const auth = every(authorized(account), globalLimit(limits));
  const bucket = bucketLimit(limits);
  const api = new Hono();
  api.onError((error, c) => {
    if (error instanceof DiscordError) return c.json(error.body(), error.status);
    throw error;
  });
  api.use(recordRequests(parts.recorder));
  api.use(skewedClock(faults));
  api.use(networkFaults(faults));
  api.use(invalidRequests(parts.invalid, faults));
  api.use(apiFaults(faults));
  api.use(sizeLimit());

  // These two carry the interaction's token in the path, no Authorization, and stand outside the bot's global limit.
  api.post(callbackRoute, interactionCallback(parts));
  api.use('/webhooks/:application/:token/*', bucket);
  api.route('/webhooks/:application/:token', webhookMessages(parts));

  // OAuth2: the application proves itself by its secret, or acts for a person.
  api.get('/oauth2/authorize', (c) => c.redirect(`/oauth2/authorize${new URL(c.req.url).search}`));
  api.use('/oauth2/token/*', bucket);
  api.route('/oauth2/token', tokenRoutes(oauth2));
  api.route('/', userRoutes(oauth2, bucket));

  api.get('/gateway', getGateway(gateway));
  api.get('/gateway/bot', auth, bucket, getGatewayBot(gateway, parts.shards));
  api.get('/users/@me', auth, bucket, getCurrentUser(account));
  api.get('/users/@me/guilds', auth, bucket, getCurrentUserGuilds(world));
  api.delete('/users/@me/guilds/:guild', auth, bucket, leaveGuild(parts));
  api.use('/users/@me/channels', auth, bucket);
  api.route('/users/@me/channels', directMessages(parts));
  api.get('/users/:user', auth, bucket, getUser(world));
  const application = getCurrentApplication(account, world, oauth2.redirectUris);
  api.get('/applications/@me', auth, bucket, application);
  api.get('/oauth2/applications/@me', auth, bucket, application);
  api.get('/users/@me/guilds/:guild/member', auth, bucket, () => {
    throw discordErrors.notForBots();
  });
  api.use('/channels/:channel/*', auth, bucket);
  api.route('/channels/:channel', channels(parts));
  api.route('/channels/:channel', threads(parts));
  api.route('/channels/:channel/pins', oldPinRoutes(parts));
  api.route('/channels/:channel/messages/pins', pinRoutes(parts));
  api.route('/channels/:channel/messages', channelMessages(parts));
  api.route('/channels/:channel/messages/:message/reactions', messageReactions(parts.reactions, world));
  api.use('/guilds/:guild/*', auth, bucket);
  api.route('/guilds/:guild', guilds(parts));
  api.use('/invites/:code', auth, bucket);
  api.route('/invites', invites(parts));
  api.use('/applications/:application/*', auth, bucket, ownApplication(account));
  api.route('/applications/:application', applicationCommands(registry, world));
  api.get('/applications/:application/entitlements', emptyEntitlements());
  return api;
}
