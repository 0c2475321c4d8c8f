import type { Connection, Sql } from './connection.ts';
import type { Db, ReadOptions, TransactionOptions, WriteOptions } from './db.ts';
import type { Pool } from './pool.ts';
import type { Replica } from './replica.ts';
import { retryConflicts } from './retry.ts';
import { inTransaction } from './transaction.ts';

/** postgres.js has no time limit of its own. Below the breaker's (2 s), so that the caller hears the cause. */
const defaultDeadlineMs = 1_500;

/** The primary's pool, and the replica beside it where there is one. */
export class Database implements Db {
  readonly #primary: Pool;
  readonly #replica: Replica | undefined;

  constructor(primary: Pool, replica: Replica | undefined) {
    this.#primary = primary;
    this.#replica = replica;
  }

  query<T>(name: string, run: (sql: Sql) => PromiseLike<T>, options: WriteOptions = {}): Promise<T> {
    const { deadlineMs = defaultDeadlineMs, wrote } = options;
    return this.#noting(
      wrote,
      this.#primary.run(name, async ({ sql }) => run(sql), deadlineMs),
    );
  }

  read<T>(name: string, run: (sql: Sql) => PromiseLike<T>, options: ReadOptions = {}): Promise<T> {
    const { deadlineMs = defaultDeadlineMs, sees } = options;
    const work = async ({ sql }: Connection): Promise<T> => run(sql);
    return this.#replica?.read({ name, work, deadlineMs, sees }) ?? this.#primary.run(name, work, deadlineMs);
  }

  transaction<T>(name: string, run: (sql: Sql) => Promise<T>, options: TransactionOptions = {}): Promise<T> {
    const { deadlineMs = defaultDeadlineMs, isolation, wrote } = options;
    const done = retryConflicts(name, deadlineMs, (leftMs) =>
      this.#primary.run(name, (connection) => inTransaction(name, connection, run, isolation), leftMs),
    );
    return this.#noting(wrote, done);
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

  async close(): Promise<void> {
    await Promise.all([this.#primary.close(), this.#replica?.close()]);
  }

  /** Also when it failed: it may have been done. */
  async #noting<T>(key: string | undefined, work: Promise<T>): Promise<T> {
    try {
      return await work;
    } finally {
      if (key !== undefined) this.#replica?.wrote(key);
    }
  }
}
