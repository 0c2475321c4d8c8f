import { Counter } from './telemetry.ts';

// Without labels, so that both are 0 from the start of a process: a labelled series appears with its first event, which rate() does not
// see, and of 20 shards with 30 commands each that would be hundreds of failures.

const due = new Counter({
  name: 'shoal_interactions_due_total',
  help: 'Interactions to which members were owed an answer',
});

const missed = new Counter({
  name: 'shoal_interactions_missed_total',
  help: 'Interactions that were not answered in time: failed, out of budget, not accepted by Discord, or received too late',
});

/** What the SLO is about; by command and outcome see `interactionsTotal`. */
export function countAnswer({ inTime }: { readonly inTime: boolean }): void {
  due.inc();
  if (!inTime) missed.inc();
}
