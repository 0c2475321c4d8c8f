import { DbError, type Db, type Sql } from '../db/db.ts';
import { errorText } from '../lib/error-text.ts';
import type { FactKind, LoggedFact } from './fact.ts';

/** Longer reasons are no help. */
const reasonMax = 500;

/** Few enough for one IPC answer. */
const replayedAtOnce = 20;

/** Where a replay goes on: after this fact. */
export interface DeadFactId {
  readonly kind: string;
  readonly key: string;
}

export interface Replay {
  readonly written: number;
  /** Refused again, or of a kind that this release does not know; they stay. */
  readonly refused: number;
  /** Undefined once all were tried. */
  readonly next?: DeadFactId;
}

interface DeadFact extends DeadFactId {
  readonly body: unknown;
}

/**
 * Whether PostgreSQL refused the values themselves (classes 22, data exception, and 23, integrity constraint; P0, raised by a
 * trigger), or a kind's own code stumbled over them. Everything else (a server away, no privilege, a missing table, read-only,
 * disk full; PostgreSQL 18, Appendix A) would befall any other fact too: it is waited out.
 */
export function isFactsFault(error: unknown): boolean {
  if (!(error instanceof DbError)) return true;
  return error.sqlState !== undefined && /^(22|23|P0)/.test(error.sqlState);
}

/** Puts a refused fact aside, with the reason. Rejects with a `DbError`. */
export async function bury(db: Db, kind: string, fact: LoggedFact, reason: unknown): Promise<void> {
  const { key, atMs, body } = fact;
  await db.query(
    'queue.bury',
    (sql) => sql`
      insert into dead_facts (kind, key, body, accepted_at, reason)
      values (${kind}, ${key}, ${JSON.stringify(body)}::text::json, ${new Date(atMs)}, ${shortened(reason)})
      on conflict do nothing`,
  );
}

export async function countDeadFacts(db: Db): Promise<number> {
  const [row] = await db.query(
    'queue.dead',
    (sql) => sql<{ n: number }[]>`select count(*)::int as n from dead_facts`,
  );
  return row?.n ?? 0;
}

/** Tries the next dead facts after `after` again, each in a transaction with its removal. Rejects with a `DbError`. */
export async function replayDeadFacts(
  db: Db,
  kinds: readonly FactKind<unknown>[],
  after: DeadFactId,
): Promise<Replay> {
  const dead = await db.query(
    'queue.dead',
    (sql) => sql<DeadFact[]>`
      select kind, key, body from dead_facts where (kind, key) > (${after.kind}, ${after.key})
      order by kind, key limit ${replayedAtOnce}`,
  );
  let written = 0;
  for (const fact of dead) if (await replay(db, kinds, fact)) written++;
  const last = dead.length < replayedAtOnce ? undefined : dead.at(-1);
  const counts = { written, refused: dead.length - written };
  return last === undefined ? counts : { ...counts, next: { kind: last.kind, key: last.key } };
}

async function replay(db: Db, kinds: readonly FactKind<unknown>[], dead: DeadFact): Promise<boolean> {
  const kind = kinds.find(({ name }) => name === dead.kind);
  if (kind === undefined) return false;
  try {
    await db.transaction('queue.replay', async (sql) => {
      await kind.write(sql, [dead]);
      await sql`delete from dead_facts where ${isThe(sql, dead)}`;
    });
    return true;
  } catch (error) {
    if (!isFactsFault(error)) throw error;
    await db.query(
      'queue.refused',
      (sql) =>
        sql`update dead_facts set reason = ${shortened(error)}, refused_at = now() where ${isThe(sql, dead)}`,
    );
    return false;
  }
}

function isThe(sql: Sql, { kind, key }: DeadFactId) {
  return sql`kind = ${kind} and key = ${key}`;
}

function shortened(reason: unknown): string {
  return errorText(reason).slice(0, reasonMax);
}
