/** How often a jobs process asks for due jobs: a timer is late by this at most, and an idle process costs four index look-ups a second. */
export const JOB_POLL_MS = 500;

/**
 * A job whose process has died with its host or its container is started again after this, others at the next poll; a process that
 * is stopped for longer finds that it has lost its jobs.
 */
export const JOB_LEASE_MS = 8_000;

/** A lease outlives two renewals that fail at the deadline of a query (1.5 s each). */
export const JOB_RENEW_MS = 2_000;

/** What jobs under way get when their process stops; a longer one is given back and repeated by another process. */
export const JOBS_DRAIN_MS = 5_000;

/** After the drain, for what is cancelled to end; then what is left is given back. Together below PM2's kill_timeout. */
export const JOBS_LAST_WORD_MS = 1_500;

/** While the state Redis is away a jobs process calls Discord as one of so many: twice a second. */
export const JOBS_REST_DIVISOR = 25;

/** How often the queue is counted for the metrics, and recurring jobs are seen to. */
export const JOBS_LOOK_MS = 5_000;

/** A key is remembered this long after its job is done: whoever repeats a request does so within days. */
export const JOB_KEY_KEPT_DAYS = 7;

/** Who looks at dead jobs has come back from holidays by then. */
export const JOB_DEAD_KEPT_DAYS = 30;
