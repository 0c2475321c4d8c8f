/** First wait before a crashed shard is started again: an ordinary crash should cost little. */
export const RESPAWN_FIRST_MS = 1_000;

/** Longest wait: a crash loop then costs 60 identifies an hour of the 1,000 a day (topics/gateway, "Session Start Limit"). */
export const RESPAWN_MAX_MS = 60_000;

/** A process that served this long was well: its next crash counts as the first. */
export const RESPAWN_RESET_MS = 60_000;
