import { setTimeout as delay } from 'node:timers/promises';
import { backoffMs } from '../lib/backoff.ts';
import { dbRetriesTotal } from '../telemetry/database.ts';
import { DbError } from './errors.ts';

/** Each round one of the transactions in conflict commits; more than this many at once is a design to change. */
const attempts = 6;
const firstWaitMs = 5;
const longestWaitMs = 80;

/**
 * Runs `attempt` again when PostgreSQL undid it (serialization failure 40001, deadlock 40P01): of no other failure it is
 * certain that nothing was done (PostgreSQL documentation, "Serialization Failure Handling"). All tries share `deadlineMs`.
 */
export async function retryConflicts<T>(
  query: string,
  deadlineMs: number,
  attempt: (leftMs: number) => Promise<T>,
): Promise<T> {
  const end = performance.now() + deadlineMs;
  for (let tries = 1; ; tries += 1) {
    try {
      return await attempt(Math.ceil(end - performance.now()));
    } catch (error) {
      const waitMs = backoffMs(tries, firstWaitMs, longestWaitMs);
      const undone = error instanceof DbError && error.code === 'conflict';
      if (!undone || tries === attempts || performance.now() + waitMs >= end) throw error;
      dbRetriesTotal.inc({ query });
      await delay(waitMs);
    }
  }
}
