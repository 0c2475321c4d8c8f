import { errorText } from '../lib/error-text.ts';
import { exitCodes } from '../lib/exit-codes.ts';
import { Failure } from '../lib/failure.ts';
import { serverAddress } from '../lib/server-address.ts';
import { within } from '../lib/within.ts';
import type { Logger } from '../telemetry/log.ts';
import { Availability } from './availability.ts';
import type { Connection, Sql } from './connection.ts';
import { DbError, toDbError, type DbErrorCode } from './errors.ts';
import { Lanes } from './lanes.ts';

export { DbError, type DbErrorCode, type Sql };

export interface QueryOptions {
  /** From the call to the answer, the wait for a connection included; default 1,500 ms. */
  readonly deadlineMs?: number;
}

/** Every method rejects with a `DbError`, and an error thrown by `run` itself passes unchanged. */
export interface Db {
  /** `name` stands for the query in errors, logs and metrics: `settings.get`. */
  query<T>(name: string, run: (sql: Sql) => PromiseLike<T>, options?: QueryOptions): Promise<T>;
  /** Commits what `run` did, or rolls it back when it rejects. Past the deadline it may have been either. */
  transaction<T>(name: string, run: (sql: Sql) => Promise<T>, options?: QueryOptions): Promise<T>;
  /** Round trip of a query in milliseconds, or undefined without an answer: the only proof that PostgreSQL answers behind PgBouncer. */
  ping(deadlineMs: number): Promise<number | undefined>;
  /** Refuses new queries, waits for those under way up to 2 s, ends the connections. */
  close(): Promise<void>;
}

/** postgres.js has no time limit of its own. Below the breaker's (2 s), so that the caller hears the cause. */
const defaultDeadlineMs = 1_500;
const closeGraceMs = 2_000;

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
  const db = new Pool(new Lanes(url, poolMax), new Availability(log));
  try {
    await db.query('first answer', (sql) => sql`select 1`, { deadlineMs: firstAnswerMs });
    return db;
  } catch (error) {
    await db.close();
    const text = `POSTGRES_URL: no query is answered at ${serverAddress(url, 5432)}: ${errorText(error)}`;
    throw new Failure(
      `${text}; start PgBouncer and PostgreSQL or correct the address, user or password`,
      exitCodes.unavailable,
    );
  }
}

class Pool implements Db {
  readonly #lanes: Lanes;
  readonly #availability: Availability;

  constructor(lanes: Lanes, availability: Availability) {
    this.#lanes = lanes;
    this.#availability = availability;
  }

  query<T>(name: string, run: (sql: Sql) => PromiseLike<T>, options: QueryOptions = {}): Promise<T> {
    return this.#run(name, async ({ sql }) => run(sql), options);
  }

  transaction<T>(name: string, run: (sql: Sql) => Promise<T>, options: QueryOptions = {}): Promise<T> {
    // The array keeps postgres.js from awaiting the elements of a result that is itself an array.
    return this.#run(
      name,
      async ({ sql }) => (await sql.begin(async (tx) => ({ value: await run(tx) }))).value,
      options,
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
    return this.#lanes.close(closeGraceMs);
  }

  async #run<T>(
    name: string,
    work: (connection: Connection) => Promise<T>,
    options: QueryOptions,
  ): Promise<T> {
    const { deadlineMs = defaultDeadlineMs } = options;
    const start = performance.now();
    const connection = await this.#lanes.acquire(name, deadlineMs);
    const late = new DbError('timeout', name, `no answer within ${deadlineMs} ms`);
    const left = Math.max(1, deadlineMs - (performance.now() - start));
    try {
      const result = await within(work(connection), left, () => late);
      this.#lanes.release(connection);
      this.#availability.answered();
      return result;
    } catch (thrown) {
      if (thrown === late) this.#lanes.discard(connection);
      else this.#lanes.release(connection);
      const error = toDbError(name, thrown);
      this.#availability.failed(error);
      throw error;
    }
  }
}
