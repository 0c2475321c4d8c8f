import type { Db } from '../db/db.ts';
import { errorText } from '../lib/error-text.ts';
import type { Logger } from '../telemetry/log.ts';
import { queueBatchSize, queueDeadLettersTotal, queueWrittenTotal } from '../telemetry/write-queue.ts';
import { bury, isFactsFault } from './dead-facts.ts';
import type { FactKind, LoggedFact } from './fact.ts';

export interface Destination {
  readonly kind: FactKind<unknown>;
  readonly db: Db;
  readonly log: Logger;
}

/** Nobody waits for it; long enough for a checkpoint's stall, short enough to notice a frozen server. */
const deadlineMs = 3_000;

/**
 * Writes a batch. One with a refused fact is halved until that fact stands alone; it is put aside, the others are written. Resolves with
 * how many were put aside. Rejects when none could be written now: all of them may be tried again, their keys tell.
 */
export async function deliver(facts: readonly LoggedFact[], to: Destination): Promise<number> {
  const { kind, db } = to;
  try {
    const fresh = await db.query(`queue.${kind.name}`, (sql) => kind.write(sql, facts), { deadlineMs });
    queueBatchSize.observe({ kind: kind.name }, facts.length);
    queueWrittenTotal.inc({ kind: kind.name, result: 'new' }, fresh);
    queueWrittenTotal.inc({ kind: kind.name, result: 'known' }, facts.length - fresh);
    return 0;
  } catch (error) {
    if (!isFactsFault(error)) throw error;
    const [first, ...others] = facts;
    if (first !== undefined && others.length === 0) return putAside(first, error, to);
    const middle = Math.ceil(facts.length / 2);
    return (await deliver(facts.slice(0, middle), to)) + (await deliver(facts.slice(middle), to));
  }
}

async function putAside(fact: LoggedFact, reason: unknown, { kind, db, log }: Destination): Promise<1> {
  await bury(db, kind.name, fact, reason);
  queueDeadLettersTotal.inc({ kind: kind.name });
  log.warn(
    { key: fact.key, reason: errorText(reason) },
    'a fact was refused and put aside in dead_facts; npm run admin -- queue replay tries it again',
  );
  return 1;
}
