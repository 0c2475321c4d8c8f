import { errorText } from '../lib/error-text.ts';
import { exitCodes } from '../lib/exit-codes.ts';
import { Failure } from '../lib/failure.ts';
import { serverAddress } from '../lib/server-address.ts';
import type { Logger } from '../telemetry/log.ts';
import type { Sql } from './connection.ts';
import { Database } from './database.ts';
import { DbError, type DbErrorCode } from './errors.ts';
import { Pool } from './pool.ts';
import { takesPrepared } from './prepared.ts';
import { Replica } from './replica.ts';
import type { Isolation } from './transaction.ts';

export { DbError, type DbErrorCode, type Sql };

export interface QueryOptions {
  /** From the call to the answer, the wait for a connection included; default 1,500 ms. */
  readonly deadlineMs?: number;
}

export interface WriteOptions extends QueryOptions {
  /** What is written, like `guild:5`, for `read` with `sees` of the same key. */
  readonly wrote?: string;
}

export interface ReadOptions extends QueryOptions {
  /** Whose last write by this process must be seen. */
  readonly sees?: string;
}

export interface TransactionOptions extends WriteOptions {
  /** Default: the server's own, read committed. The stronger ones end in conflicts, which are retried. */
  readonly isolation?: Isolation;
}

/** Every method rejects with a `DbError`, and an error thrown by `run` itself passes unchanged. */
export interface Db {
  /** `name` stands for the query in errors, logs and metrics: `settings.get`. */
  query<T>(name: string, run: (sql: Sql) => PromiseLike<T>, options?: WriteOptions): Promise<T>;
  /**
   * A read that may be up to 5 s behind what others wrote: from the read replica where there is one and it keeps up, else
   * from the primary. `run` may be called for both. Not for what is written back, nor for what a cache keeps as the newest.
   */
  read<T>(name: string, run: (sql: Sql) => PromiseLike<T>, options?: ReadOptions): Promise<T>;
  /**
   * Commits what `run` did, or rolls it back when it rejects. Past the deadline it may have been either. `run` is called
   * again, from the beginning, when PostgreSQL undid it for a conflict with another transaction: it must act on `sql` alone.
   */
  transaction<T>(name: string, run: (sql: Sql) => Promise<T>, options?: TransactionOptions): Promise<T>;
  /** Round trip of a query in milliseconds, or undefined without an answer: the only proof that PostgreSQL answers behind PgBouncer. */
  ping(deadlineMs: number): Promise<number | undefined>;
  /** Refuses new queries, waits for those under way up to 2 s, ends the connections. */
  close(): Promise<void>;
}

const replicaAnswerMs = 1_000;

/**
 * Opens a pool of at most `poolMax` connections through PgBouncer in transaction mode: no session state survives a query,
 * so no `SET`, `LISTEN` or session lock. Throws a `Failure` (exit 69) when no query is answered within `firstAnswerMs` (5 s).
 */
export async function connectDb(options: {
  readonly url: string;
  /** A read replica; it may be away, now or later. */
  readonly replicaUrl?: string | undefined;
  readonly poolMax: number;
  readonly log: Logger;
  readonly firstAnswerMs?: number;
}): Promise<Db> {
  const { url, replicaUrl, poolMax, log, firstAnswerMs = 5_000 } = options;
  const prepare = await firstAnswer(url, firstAnswerMs);
  const primary = new Pool({ pool: 'primary', url, size: poolMax, prepare, log });
  const replica =
    replicaUrl === undefined ? undefined : await openReplica(replicaUrl, primary, { size: poolMax, log });
  return new Database(primary, replica);
}

/** Whether the server takes prepared statements; throws the `Failure` where it does not answer. */
async function firstAnswer(url: string, deadlineMs: number): Promise<boolean> {
  try {
    return await takesPrepared(url, deadlineMs);
  } catch (error) {
    const text = `POSTGRES_URL: no query is answered at ${serverAddress(url, 5432)}: ${errorText(error)}`;
    throw new Failure(
      `${text}; start PgBouncer and PostgreSQL or correct the address, user or password`,
      exitCodes.unavailable,
    );
  }
}

/** One that is away is used as soon as it comes, without prepared statements. */
async function openReplica(
  url: string,
  primary: Pool,
  { size, log }: { readonly size: number; readonly log: Logger },
): Promise<Replica> {
  const prepare = await takesPrepared(url, replicaAnswerMs).catch((error: unknown) => {
    const text = `READ_REPLICA_POSTGRES_URL: no query is answered at ${serverAddress(url, 5432)}`;
    log.warn({ reason: errorText(error) }, `${text}; the primary is read until it is there`);
    return false;
  });
  return new Replica(primary, new Pool({ pool: 'replica', url, size, prepare, log }), log);
}
