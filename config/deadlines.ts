/** Discord drops an interaction that has no answer after 3 s (interactions/receiving-and-responding, "Responding"). 2.5 s leaves one slow round trip. */
export const FIRST_ANSWER_MS = 2_500;

/** One call to an external service, body included: two in a row still answer soon after the deferral, one before it. */
export const UPSTREAM_MS = 1_800;

/** What a deferred command may take: long enough for a slow upstream behind its breaker, short enough that a member still waits. */
export const COMMAND_BUDGET_MS = 10_000;

/** A shard's answer to the manager: it is one event-loop turn away, a longer silence means a hung process. */
export const IPC_ANSWER_MS = 1_500;

/** /gateway/bot at start: Discord answers in well under a second; the manager must not hang on a dead network. */
export const GATEWAY_INFO_MS = 10_000;

/** What a stopping shard gives its running commands: half of the 10 s in which a stop must be over. */
export const SHARD_DRAIN_MS = 5_000;

/** After the drain, for what it cancels: one call to Discord each. */
export const SHARD_LAST_WORD_MS = 1_500;

/** From SIGTERM to SIGKILL of a shard: the drain, the last word, and 1.5 s to close its stores; below PM2's kill_timeout. */
export const SHARD_STOP_MS = 8_000;

/** Of the time to close the stores: writing what waits takes milliseconds where PostgreSQL answers, and is left to a successor where it does not. */
export const QUEUE_DRAIN_MS = 800;

/** A successor's imports and its stores: a second, or many while a host is busy; the predecessor serves meanwhile. */
export const SHARD_WARM_MS = 45_000;

/** From the request to hand over to the sessions' arrival; nobody serves in that time, so a process that needs longer is not waited for. */
export const HAND_OVER_MS = 3_000;

/** A successor that RESUMEs serves in a fraction of a second; one that must IDENTIFY waits for its slot first. */
export const SHARD_SERVE_MS = 60_000;

/** Of HAND_OVER_MS: a PING of the state Redis, then saving the sessions and releasing the leases (each command is cut at 500 ms). */
export const REDIS_CHECK_MS = 500;
export const SHARD_LEFT_MS = 1_500;

/** How often a reshard looks how far its new shards are. */
export const RESHARD_LOOK_MS = 250;

/** So long without a further shard, and a reshard is over: a process's start and imports on a busy machine, and its identify after it. */
export const RESHARD_STALL_MS = 105_000;
