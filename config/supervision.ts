/** First wait before a shard is started again; none after the first crash of one that served. */
export const RESPAWN_FIRST_MS = 1_000;

/** Longest wait: a shard that lacks a server or its database tries this often, at most, and costs no identify by it. */
export const RESPAWN_MAX_MS = 300_000;

/** A process that served this long was well: its next crash counts as the first. Crashing just after it costs 48 identifies a day. */
export const RESPAWN_RESET_MS = 1_800_000;

/** Crashes in a row after which a shard stays down: 7 waits of 1, 2, 4 … 64 s, so about a minute and a half of trying. */
export const CRASH_LOOP_MAX = 8;

/** Two crashes prove no loop; below this nobody would be helped. */
export const CRASH_LOOP_MIN = 3;

/**
 * The part of the day's identifies (1,000 at least; topics/gateway, "Session Start Limit") that crash loops may use up if every
 * shard is in one: the rest is for cold starts, and for the sessions that Discord ends. Beyond the limit the token is reset.
 */
export const CRASH_LOOP_SHARE = 0.4;
