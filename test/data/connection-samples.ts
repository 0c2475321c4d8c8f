import { setTimeout as delay } from 'node:timers/promises';
import { connectDb } from '../../src/db/db.ts';
import { silentLog } from '../helpers/silent-log.ts';

const everyMs = 200;

/** The app role's connections in pg_stat_activity, looked at every 200 ms until it is stopped; not while PostgreSQL does not answer. */
export class ConnectionSamples {
  readonly #sampling: Promise<void>;
  readonly #stop = new AbortController();
  #count = 0;
  #peak = 0;

  constructor(directUrl: string) {
    this.#sampling = this.#sample(directUrl);
  }

  async stop(): Promise<{ readonly samples: number; readonly peak: number }> {
    this.#stop.abort();
    await this.#sampling;
    return { samples: this.#count, peak: this.#peak };
  }

  async #sample(url: string): Promise<void> {
    const db = await connectDb({ url, poolMax: 1, log: silentLog });
    while (!this.#stop.signal.aborted) {
      const rows = await db
        .query(
          'connections',
          (sql) => sql<{ n: number }[]>`
            select count(*)::int as n from pg_stat_activity where usename = 'shoal_app'`,
        )
        .catch(() => undefined);
      if (rows !== undefined) this.#count += 1;
      this.#peak = Math.max(this.#peak, rows?.[0]?.n ?? 0);
      await delay(everyMs, undefined, { signal: this.#stop.signal }).catch(() => undefined);
    }
    await db.close();
  }
}
