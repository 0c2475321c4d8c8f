/** How long a lease on a shard lasts without renewal. A woken process must verify after this long, and a successor on another host waits so long. */
export const SHARD_LEASE_MS = 12_000;

/** A third of the lease less a second: two renewals may fail before it is in danger. */
export const SHARD_LEASE_RENEW_MS = 3_000;

/** How long a starting shard waits for another's lease: two leases, for one that is renewed once more while it waits, and some of Redis's restart. */
export const SHARD_LEASE_WAIT_MS = 30_000;

/** A session is written behind this often: after SIGKILL at most so many events are sent again, and none of them is handled twice. */
export const SESSION_SAVE_MS = 1_000;

/** Discord keeps a session "a few minutes" (events/gateway, "Disconnecting"); a RESUME that comes too late costs one round trip. */
export const SESSION_KEPT_MS = 300_000;

/** An interaction lives 3 s until its first answer; a minute of replay, stalls and clocks on top. */
export const CLAIM_KEPT_MS = 60_000;

/** How long a state Redis that fails is left alone; meanwhile interactions pass without a claim and do not wait for one. */
export const CLAIM_BREAKER_MS = 1_000;

/** Discord takes a first answer for 3 s (interactions/receiving-and-responding, "Responding"): an older interaction cannot be answered. */
export const INTERACTION_WINDOW_MS = 3_000;

/** RESUMED or an event must follow a RESUME within this time; Discord answers in well under a second. */
export const RESUME_ANSWER_MS = 10_000;

/** What the gateway gets to answer the handshake, and to say HELLO: both come within a second where anybody listens. */
export const GREETING_MS = 5_000;

/** So many connections in a row that a resume host does not greet, and the base gateway is asked to resume instead: after 3 s where it refuses, 17 s where it is silent. */
export const DEAD_RESUME_HOST_TRIES = 3;

/** So many RESUMEs in a row that end in a close, and the session is given up. */
export const FAILED_RESUME_TRIES = 3;

/** A connection that lasted this long was well: the next loss counts as the first. */
export const CONNECTION_STABLE_MS = 60_000;

/** One that was resumed and lasted this long did its work: Discord may ask for another one (op 7) as often as it likes, and members are not made to wait for it. */
export const CONNECTION_USEFUL_MS = 2_000;

/** Longest wait between two connections that spend no identify: far below the minutes that Discord keeps a session. */
export const RECONNECT_MAX_MS = 30_000;

/** Longest wait between two identifies of one shard that come to nothing. With its jitter (2.5 to 5 min) a shard spends at most 576 of the 1,000 a day. */
export const REIDENTIFY_MAX_MS = 300_000;

/**
 * Identifies of the day that are never spent: at zero Discord ends all sessions and resets the token (events/gateway, "Session Start
 * Limit"). What is left is asked again before an IDENTIFY that waited longer than `IDENTIFY_ASK_AGAIN_MS`; after the answer others may
 * send theirs, `max_concurrency` (16 below 150,000 guilds) in each of up to two windows: 32 of the 1,000.
 */
export const IDENTIFY_RESERVE = 50;

/** A little more than the 5.5 s from one identify of a bucket to the next. */
export const IDENTIFY_ASK_AGAIN_MS = 6_000;
