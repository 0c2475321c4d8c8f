import { connectDb, DbError, type Db, type DbErrorCode } from '../../src/db/db.ts';
import { silentLog } from '../helpers/silent-log.ts';

/** 8 shards, jobs and dashboard, each with PG_POOL_MAX connections to PgBouncer. */
const processes = 10;
const poolMax = 5;
/** Callers that ask again as soon as they have their answer: more than twice the connections. */
const callersEach = 12;
/** After a failure, as a member who tries again. */
const pauseMs = 20;

export interface LoadReport {
  readonly answered: number;
  /** How many failed with which code, `other` for what is no `DbError`. */
  readonly failed: Readonly<Partial<Record<DbErrorCode | 'other', number>>>;
  readonly slowestMs: number;
  /** Of every write that was acknowledged. */
  readonly written: ReadonlySet<number>;
}

/** Reads, writes and transactions of so many processes, all in this one, until it is stopped. */
export class DatabaseLoad {
  readonly #pools: readonly Db[];
  readonly #written = new Set<number>();
  readonly #failed: Partial<Record<DbErrorCode | 'other', number>> = {};
  readonly #callers: Promise<void>[];
  #next = 1;
  #answered = 0;
  #slowestMs = 0;
  #firstAnswer: PromiseWithResolvers<number> | undefined;
  #stopping = false;

  private constructor(pools: readonly Db[]) {
    this.#pools = pools;
    this.#callers = pools.flatMap((db) => Array.from({ length: callersEach }, () => this.#call(db)));
  }

  static async start(url: string): Promise<DatabaseLoad> {
    const opened = Array.from({ length: processes }, () => connectDb({ url, poolMax, log: silentLog }));
    return new DatabaseLoad(await Promise.all(opened));
  }

  get answered(): number {
    return this.#answered;
  }

  /** When the next call succeeds, in ms of `performance.now()`. */
  nextAnswer(): Promise<number> {
    this.#firstAnswer ??= Promise.withResolvers<number>();
    return this.#firstAnswer.promise;
  }

  async stop(): Promise<LoadReport> {
    this.#stopping = true;
    await Promise.all(this.#callers);
    await Promise.all(this.#pools.map((db) => db.close()));
    return {
      answered: this.#answered,
      failed: this.#failed,
      slowestMs: this.#slowestMs,
      written: this.#written,
    };
  }

  async #call(db: Db): Promise<void> {
    while (!this.#stopping) {
      const start = performance.now();
      try {
        await this.#once(db);
        this.#answered += 1;
        this.#firstAnswer?.resolve(performance.now());
        this.#firstAnswer = undefined;
      } catch (error) {
        const code = error instanceof DbError ? error.code : 'other';
        this.#failed[code] = (this.#failed[code] ?? 0) + 1;
        await new Promise((resolve) => setTimeout(resolve, pauseMs));
      }
      this.#slowestMs = Math.max(this.#slowestMs, performance.now() - start);
    }
  }

  async #once(db: Db): Promise<void> {
    const id = this.#next++;
    if (id % 4 !== 0) {
      await db.query('load.read', (sql) => sql`select id from facts where id = ${id - 10}`);
      return;
    }
    await db.transaction('load.write', async (sql) => {
      await sql`insert into facts values (${id})`;
      await sql`update counters set n = n + 1 where id = ${id % 64}`;
    });
    this.#written.add(id);
  }
}
