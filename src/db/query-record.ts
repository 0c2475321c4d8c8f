import { countCall } from '../telemetry/data-answers.ts';
import { dbQuerySeconds } from '../telemetry/database.ts';
import type { Logger } from '../telemetry/log.ts';
import { DbError, type DbErrorCode } from './errors.ts';

/** A primary-key read takes 0.1 ms; so long means a missing index, a lock, or a pool that is too small. */
const slowMs = 250;

/** While a server crawls every query is slow: one line a query in this time says so, with the number that it stands for. */
const quietMs = 10_000;

/** No server did the work; whatever else a server says is an answer. */
const unanswered: readonly Outcome[] = ['timeout', 'unavailable', 'overloaded'];

type Outcome = DbErrorCode | 'ok' | 'aborted';

/** Counts every query by its name, and says which are slow; the SQL and its values are never looked at. */
export class QueryRecord {
  readonly #pool: 'primary' | 'replica';
  readonly #log: Logger;
  readonly #unsaid = new Map<string, { since: number; slow: number }>();

  constructor(pool: 'primary' | 'replica', log: Logger) {
    this.#pool = pool;
    this.#log = log;
  }

  /** `waitedMs`: the part of `ms` before it had a connection. `thrown`: what it failed with. */
  ended(query: string, took: { readonly ms: number; readonly waitedMs: number }, thrown?: unknown): void {
    const outcome = outcomeOf(thrown);
    dbQuerySeconds.observe({ query, outcome }, took.ms / 1_000);
    // What the replica does not answer the primary does.
    if (this.#pool === 'primary') countCall({ answered: !unanswered.includes(outcome) });
    if (took.ms < slowMs) return;
    this.#slow(query, { ms: Math.round(took.ms), waitedMs: Math.round(took.waitedMs), outcome });
  }

  #slow(query: string, facts: Readonly<Record<string, unknown>>): void {
    const now = performance.now();
    const said = this.#unsaid.get(query);
    if (said !== undefined && now - said.since < quietMs) {
      said.slow += 1;
      return;
    }
    this.#unsaid.set(query, { since: now, slow: 0 });
    this.#log.warn({ query, ...facts, alsoSlow: said?.slow ?? 0 }, 'slow query');
  }
}

function outcomeOf(thrown: unknown): Outcome {
  if (thrown === undefined) return 'ok';
  return thrown instanceof DbError ? thrown.code : 'aborted';
}
