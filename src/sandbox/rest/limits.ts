/** So many requests in a window that opens with the first of them. */
export type RouteLimit = { readonly requests: number; readonly perMs: number };

export type Limits = {
  /** topics/rate-limits.mdx:122: requests of one bot per second, over all routes but the interactions'. */
  readonly globalPerSecond: number;
  /** topics/rate-limits.mdx:132: of 401, 403 and 429 in ten minutes; one more and the address is banned. */
  readonly invalidRequests: number;
  readonly invalidWindowMs: number;
  /** By method and route, `POST /channels/:channel/messages`; each channel, guild and webhook has a bucket of its own. */
  readonly routes: Readonly<Record<string, RouteLimit>>;
  /** Of every other route. */
  readonly anyRoute: RouteLimit;
};

const perChannel = { requests: 5, perMs: 5_000 };
const perWebhook = { requests: 5, perMs: 2_000 };

/**
 * Discord's limits. Those of routes are not documented ("should not be hard coded"): these are what bots commonly see
 * in the headers, and clients must read the headers here as there.
 */
export const discordLimits: Limits = {
  globalPerSecond: 50,
  invalidRequests: 10_000,
  invalidWindowMs: 600_000,
  routes: {
    'POST /channels/:channel/messages': perChannel,
    'PATCH /channels/:channel/messages/:message': perChannel,
    'DELETE /channels/:channel/messages/:message': perChannel,
    'POST /channels/:channel/messages/bulk-delete': { requests: 1, perMs: 1_000 },
    'PUT /channels/:channel/messages/:message/reactions/:emoji/@me': { requests: 1, perMs: 250 },
    'POST /webhooks/:application/:token': perWebhook,
    'GET /webhooks/:application/:token/messages/:message': perWebhook,
    'PATCH /webhooks/:application/:token/messages/:message': perWebhook,
    'DELETE /webhooks/:application/:token/messages/:message': perWebhook,
  },
  anyRoute: { requests: 50, perMs: 1_000 },
};
