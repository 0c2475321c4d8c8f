/**
 * Discord's clocks, in milliseconds. A test may shorten one; whoever runs the sandbox gets Discord's own.
 * The page of the documentation stands beside each.
 */
export const discordTiming = {
  /** A HELLO glued to the upgrade response is lost by at least one client library. */
  helloDelayMs: 30,
  /** As captured from production. */
  heartbeatIntervalMs: 41_250,
  /** events/gateway.mdx:240 says "a few minutes". */
  sessionLifetimeMs: 180_000,
  /** topics/gateway.mdx:507: 120 payloads per connection in this window. */
  sendWindowMs: 60_000,
  /** change-log.mdx:1464: one request for all members of a guild in this window. */
  wholeGuildWindowMs: 30_000,
  /** events/gateway.mdx:183: `max_concurrency` identifies in this window. */
  identifyWindowMs: 5_000,
  /** events/gateway.mdx:188: the day over which identifies are counted. */
  identifyDayMs: 86_400_000,
  /** interactions/receiving-and-responding.mdx:351: the window of the first answer. */
  firstAnswerMs: 3_000,
  /** interactions/receiving-and-responding.mdx:432: how long an interaction's token is valid. */
  interactionLifetimeMs: 900_000,
  /** RFC 6749, 4.1.2: at most ten minutes; Discord does not document its own. */
  authorizationCodeMs: 600_000,
  /** topics/oauth2.mdx, Access Token Response: `expires_in` of a week. */
  accessTokenMs: 604_800_000,
} as const;

export type Timing = { readonly [clock in keyof typeof discordTiming]: number };
