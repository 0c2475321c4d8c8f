import { errorText } from '../lib/error-text.ts';
import { exitCodes } from '../lib/exit-codes.ts';
import { Failure } from '../lib/failure.ts';
import { serverAddress } from '../lib/server-address.ts';
import type { Logger } from '../telemetry/log.ts';
import type { Sql } from './connection.ts';
import { DbError, type DbErrorCode } from './errors.ts';
import { Pool } from './pool.ts';
import { takesPrepared } from './prepared.ts';
import { retryConflicts } from './retry.ts';

export { DbError, type DbErrorCode, type Sql };

export interface QueryOptions {
  /** From the call to the answer, the wait for a connection included; default 1,500 ms. */
  readonly deadlineMs?: number;
}

export interface TransactionOptions extends QueryOptions {
  /** Default: the server's own, read committed. The stronger ones end in conflicts, which are retried. */
  readonly isolation?: 'repeatable read' | 'serializable';
}

/** Every method rejects with a `DbError`, and an error thrown by `run` itself passes unchanged. */
export interface Db {
  /** `name` stands for the query in errors, logs and metrics: `settings.get`. */
  query<T>(name: string, run: (sql: Sql) => PromiseLike<T>, options?: QueryOptions): Promise<T>;
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

/** postgres.js has no time limit of its own. Below the breaker's (2 s), so that the caller hears the cause. */
const defaultDeadlineMs = 1_500;

/**
 * Opens a pool of at most `poolMax` connections through PgBouncer in transaction mode: no session state survives a query,
 * so no `SET`, `LISTEN` or session lock. Throws a `Failure` (exit 69) when no query is answered within `firstAnswerMs` (5 s).
 */
export async function connectDb(options: {
  readonly url: string;
  readonly poolMax: number;
  readonly log: Logger;
  readonly firstAnswerMs?: number;
}): Promise<Db> {
  const { url, poolMax, log, firstAnswerMs = 5_000 } = options;
  try {
    const prepare = await takesPrepared(url, firstAnswerMs);
    return new Database(new Pool({ pool: 'primary', url, size: poolMax, prepare, log }));
  } catch (error) {
    const text = `POSTGRES_URL: no query is answered at ${serverAddress(url, 5432)}: ${errorText(error)}`;
    throw new Failure(
      `${text}; start PgBouncer and PostgreSQL or correct the address, user or password`,
      exitCodes.unavailable,
    );
  }
}

class Database implements Db {
  readonly #primary: Pool;

  constructor(primary: Pool) {
    this.#primary = primary;
  }

  query<T>(name: string, run: (sql: Sql) => PromiseLike<T>, options: QueryOptions = {}): Promise<T> {
    const { deadlineMs = defaultDeadlineMs } = options;
    return this.#primary.run(name, async ({ sql }) => run(sql), deadlineMs);
  }

  transaction<T>(name: string, run: (sql: Sql) => Promise<T>, options: TransactionOptions = {}): Promise<T> {
    const { deadlineMs = defaultDeadlineMs, isolation } = options;
    const begin = isolation === undefined ? '' : `isolation level ${isolation}`;
    return retryConflicts(name, deadlineMs, (leftMs) =>
      this.#primary.run(
        name,
        // The wrapper keeps postgres.js from awaiting the elements of a result that is itself an array.
        async ({ sql }) => (await sql.begin(begin, async (tx) => ({ value: await run(tx) }))).value,
        leftMs,
      ),
    );
  }

  async ping(deadlineMs: number): Promise<number | undefined> {
    const start = performance.now();
    try {
      await this.query('ping', (sql) => sql`select 1`, { deadlineMs });
      return performance.now() - start;
    } catch {
      return undefined;
    }
  }

  close(): Promise<void> {
    return this.#primary.close();
  }
}
