/** First wait before a crashed shard is started again: an ordinary crash should cost little. */
export const RESPAWN_FIRST_MS = 1_000;

/** Longest wait. With its jitter (5 to 10 min) a shard in a crash loop costs at most 288 identifies of the 1,000 a day (topics/gateway, "Session Start Limit"). */
export const RESPAWN_MAX_MS = 600_000;

/** A process that served this long was well: its next crash counts as the first. Crashing just after it costs 48 identifies a day. */
export const RESPAWN_RESET_MS = 1_800_000;
