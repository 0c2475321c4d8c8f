import { setTimeout as delay } from 'node:timers/promises';
import { connectDb, type Db } from '../../src/db/db.ts';
import { silentLog } from '../helpers/silent-log.ts';

const everyMs = 200;

/** The app role's connections in pg_stat_activity, looked at every 200 ms until it is stopped; not while PostgreSQL does not answer. */
export class ConnectionSamples {
  readonly #sampling: Promise<void>;
  readonly #stop = new AbortController();
  #count = 0;
  #peak = 0;

  private constructor(db: Db) {
    this.#sampling = this.#sample(db);
  }

  static async start(directUrl: string): Promise<ConnectionSamples> {
    return new ConnectionSamples(await connectDb({ url: directUrl, poolMax: 1, log: silentLog }));
  }

  async stop(): Promise<{ readonly samples: number; readonly peak: number }> {
    this.#stop.abort();
    await this.#sampling;
    return { samples: this.#count, peak: this.#peak };
  }

  async #sample(db: Db): Promise<void> {
    while (!this.#stop.signal.aborted) {
      const rows = await connections(db).catch(() => []);
      this.#count += rows.length;
      this.#peak = Math.max(this.#peak, ...rows.map(({ n }) => n));
      await delay(everyMs, undefined, { signal: this.#stop.signal }).catch(() => undefined);
    }
    await db.close();
  }
}

function connections(db: Db): Promise<readonly { readonly n: number }[]> {
  return db.query(
    'connections',
    (sql) => sql<{ n: number }[]>`
      select count(*)::int as n from pg_stat_activity where usename = 'shoal_app'`,
  );
}
