import { Counter, Histogram } from './telemetry.ts';

/**
 * Interactions by command and outcome. `command` is a defined name (of a button: `poll.vote`) or `unknown`, never what a member typed.
 * outcome: answered, refused (permission, cooldown, wrong option, unknown), failed (a defect or a server of ours), cancelled (budget), lost (no answer reached Discord).
 */
export const interactionsTotal = new Counter({
  name: 'shoal_interactions_total',
  help: 'Interactions handled, by command and outcome',
  labelNames: ['command', 'outcome'],
});

/** Buckets surround the SLO (0.8 s) and Discord's limit (3 s). */
const buckets = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 0.8, 1, 1.5, 2, 2.5, 3];

/** From Discord's snowflake to the accepted first answer. */
export const firstAnswerSeconds = new Histogram({
  name: 'shoal_interaction_first_answer_seconds',
  help: 'Seconds from the interaction being created by Discord to its first answer',
  buckets,
});

/** From the dispatch being read here: what of the above is ours, without the way from Discord and the wait for a successor. */
export const ownAnswerSeconds = new Histogram({
  name: 'shoal_interaction_own_answer_seconds',
  help: 'Seconds from the interaction arriving at the shard process to its first answer',
  buckets: [0.005, ...buckets],
});

/** reason: expired (Discord takes no first answer any more), duplicate (taken before), not_owner (another process serves the shard), malformed (its id is no snowflake). */
export const interactionsDroppedTotal = new Counter({
  name: 'shoal_interactions_dropped_total',
  help: 'Interactions that were received and not handled, by reason',
  labelNames: ['reason'],
});

/** While Redis fails they pass: a doubled answer is refused by Discord, a missing one is a failed interaction. */
export const interactionsUnclaimedTotal = new Counter({
  name: 'shoal_interactions_unclaimed_total',
  help: 'Interactions that were handled without being told apart from duplicates, because Redis failed',
});

/** What is offered while a member types; outcome: answered, failed, or late (nothing within the time in which Discord takes it). */
export const autocompletesTotal = new Counter({
  name: 'shoal_autocompletes_total',
  help: 'Autocomplete interactions, by command and outcome',
  labelNames: ['command', 'outcome'],
});
