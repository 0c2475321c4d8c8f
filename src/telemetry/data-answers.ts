import { Counter } from './telemetry.ts';

// Without labels, so that both are 0 from the start of a process: each of 40 queries with each of three outcomes in each of 20 processes
// would be a series that appears with its first failure, which rate() does not see.

const calls = new Counter({
  name: 'shoal_db_calls_total',
  help: 'Calls to the database',
});

const unanswered = new Counter({
  name: 'shoal_db_calls_unanswered_total',
  help: 'Calls to the database that no server answered: out of time, no server, or refused because too many waited',
});

/** What the SLO is about; by query and outcome see `dbQuerySeconds`. */
export function countCall({ answered }: { readonly answered: boolean }): void {
  calls.inc();
  if (!answered) unanswered.inc();
}
