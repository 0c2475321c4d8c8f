import { Counter, Gauge, Histogram } from './telemetry.ts';

/** Of calls that count towards Discord's 50 a second. Up to 1 s is a full second being waited out, more a queue. */
export const restWaitSeconds = new Histogram({
  name: 'shoal_rest_wait_seconds',
  help: 'Seconds that a call to Discord waited for the global limit',
  buckets: [0.001, 0.005, 0.025, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
});

/**
 * Each request on the wire, a repeated one too, from its being sent to the head of the answer. route: a `RouteClass`. status: 2xx, 3xx, 4xx
 * and 5xx, but 400, 401, 403, 404 and 429 by themselves; none where no answer came. Up to the deadline of 15 s.
 */
export const restRequestSeconds = new Histogram({
  name: 'shoal_rest_request_seconds',
  help: 'Seconds that requests to Discord took, by class of route and status',
  labelNames: ['route', 'status'],
  buckets: [0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 15],
});

/** scope, as Discord says: user (the bot on this route), global, shared (others have used it up too); none (not of its API: Cloudflare). */
export const restRateLimitedTotal = new Counter({
  name: 'shoal_rest_rate_limited_total',
  help: 'Answers 429 of Discord, by class of route and scope',
  labelNames: ['route', 'scope'],
});

/** source: shared (leased through Redis and used), lapsed (leased and not used in time), local (this process's own share, Redis failing). */
export const restTokensTotal = new Counter({
  name: 'shoal_rest_tokens_total',
  help: 'Permissions to call Discord, by where they came from',
  labelNames: ['source'],
});

/** 0 while Redis fails and the process keeps to its own share of the limit. */
export const restLimitShared = new Gauge({
  name: 'shoal_rest_limit_shared',
  help: '1 while the global limit is shared with the other processes',
});

/** status: 401, 403, 429 (not of scope shared): what Discord counts towards the ban of the address. */
export const restInvalidTotal = new Counter({
  name: 'shoal_rest_invalid_requests_total',
  help: 'Calls to Discord that count towards the ban of this address, by status',
  labelNames: ['status'],
});
// rate() does not see the event with which a series appears.
for (const status of [401, 403, 429]) restInvalidTotal.inc({ status }, 0);

/** Of all processes together where Redis answers. Discord bans the address at 10,000. */
export const restInvalidWindow = new Gauge({
  name: 'shoal_rest_invalid_requests_window',
  help: 'Invalid requests of the last ten minutes, of all processes',
});

export const restHeldBackTotal = new Counter({
  name: 'shoal_rest_held_back_total',
  help: 'Calls that were not sent because the ban of this address is near',
});
