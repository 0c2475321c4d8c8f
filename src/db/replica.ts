import { LookAgain } from '../lib/look-again.ts';
import type { Logger } from '../telemetry/log.ts';
import { dbReadsTotal, dbReplicaLagSeconds } from '../telemetry/replica.ts';
import type { Connection } from './connection.ts';
import { DbError } from './errors.ts';
import { Freshness } from './freshness.ts';
import type { Pool } from './pool.ts';
import { RecentWrites } from './recent-writes.ts';

/** Streaming replication is behind by milliseconds; by more than this something is wrong, and members would see it. */
export const replicaLagMaxMs = 5_000;

/** What is known of the replica is looked at again after this long: by the next read, and where it was not fresh also without one. */
const lookEveryMs = 1_000;

/** A look is two round trips. */
const lookMs = 500;

interface Read<T> {
  readonly name: string;
  readonly work: (connection: Connection) => Promise<T>;
  readonly deadlineMs: number;
  /** The reader wants its own write under this key to be seen. */
  readonly sees: string | undefined;
}

/** Sends reads that tolerate lag to the replica while it is fresh enough, else to the primary. */
export class Replica {
  readonly #primary: Pool;
  readonly #replica: Pool;
  readonly #log: Logger;
  readonly #freshness = new Freshness(2 * (replicaLagMaxMs / lookEveryMs));
  readonly #writes = new RecentWrites();
  #lookedAtMs = Number.NEGATIVE_INFINITY;
  /** The replica is known to have had all from before this moment; of one that never was, the first look. */
  #hadAtMs: number | undefined;
  #said = false;
  #closed = false;
  readonly #again = new LookAgain(lookEveryMs, () => void this.#look(lookMs));

  constructor(primary: Pool, replica: Pool, log: Logger) {
    this.#primary = primary;
    this.#replica = replica;
    this.#log = log;
  }

  wrote(key: string): void {
    this.#writes.wrote(key, performance.now());
  }

  /** Rejects as `Pool.run`; half of the deadline is left for the primary. */
  async read<T>({ name, work, deadlineMs, sees }: Read<T>): Promise<T> {
    const start = performance.now();
    const half = Math.floor(deadlineMs / 2);
    if (start - this.#lookedAtMs >= lookEveryMs) await this.#look(Math.min(lookMs, half));
    const source = this.#source(sees);
    if (source === 'replica') {
      try {
        const result = await this.#replica.run(name, work, half);
        dbReadsTotal.inc({ source });
        return result;
      } catch (error) {
        if (!isOfTheReplica(error)) throw error;
        this.#freshness.lost();
        this.#again.seen(false);
      }
    }
    dbReadsTotal.inc({ source: source === 'replica' ? 'failed' : source });
    return this.#primary.run(name, work, Math.ceil(deadlineMs - (performance.now() - start)));
  }

  close(): Promise<void> {
    this.#closed = true;
    this.#again.stop();
    return this.#replica.close();
  }

  #source(sees: string | undefined): 'replica' | 'lagging' | 'wrote' {
    const { freshAtMs } = this.#freshness;
    if (performance.now() - freshAtMs > replicaLagMaxMs) return 'lagging';
    return sees !== undefined && this.#writes.seenFrom(sees) > freshAtMs ? 'wrote' : 'replica';
  }

  /** One reader a second waits for this, the others go by what is known; without the primary's word that grows old. */
  async #look(deadlineMs: number): Promise<void> {
    this.#lookedAtMs = performance.now();
    await this.#compare(this.#lookedAtMs, deadlineMs);
    if (!this.#closed) this.#again.seen(performance.now() - this.#freshness.freshAtMs <= replicaLagMaxMs);
  }

  async #compare(atMs: number, deadlineMs: number): Promise<void> {
    const written = await this.#primary
      .run('replica.written', writtenPosition, deadlineMs)
      .catch(() => undefined);
    if (written === undefined) return;
    this.#freshness.written(written, atMs);
    try {
      const replayed = await this.#replica.run('replica.replayed', replayedPosition, deadlineMs);
      if (replayed === undefined) this.#notAReplica();
      else this.#freshness.replayed(replayed);
    } catch {
      // The pool says once that its server is away.
      this.#freshness.lost();
    }
    this.#writes.settled(this.#freshness.freshAtMs);
    // One that does not answer is behind as well: its lag grows, or nobody would hear of it.
    this.#hadAtMs = Math.max(this.#hadAtMs ?? atMs, this.#freshness.freshAtMs);
    dbReplicaLagSeconds.set({ pool: 'replica' }, (atMs - this.#hadAtMs) / 1_000);
  }

  /** Promoted, or never one: what it holds may be anything. */
  #notAReplica(): void {
    this.#freshness.lost();
    if (this.#said) return;
    this.#said = true;
    this.#log.warn(
      'READ_REPLICA_POSTGRES_URL is no replica (not in recovery): it is not read; correct the address',
    );
  }
}

/** What is durable, as a commit is before its client hears of it (synchronous_commit), in bytes since the beginning. */
async function writtenPosition({ sql }: Connection): Promise<number | undefined> {
  const [row] = await sql<{ bytes: string }[]>`
    select pg_wal_lsn_diff(pg_current_wal_flush_lsn(), '0/0') as bytes`;
  return row && Number(row.bytes);
}

/** Undefined where nothing is replayed, because the server is a primary. */
async function replayedPosition({ sql }: Connection): Promise<number | undefined> {
  const [row] = await sql<{ bytes: string | null }[]>`
    select case when pg_is_in_recovery() then pg_wal_lsn_diff(pg_last_wal_replay_lsn(), '0/0') end as bytes`;
  return typeof row?.bytes === 'string' ? Number(row.bytes) : undefined;
}

/** Not answered, or undone by a conflict with what is being replayed (40001); anything else the primary would say too. */
function isOfTheReplica(error: unknown): boolean {
  return (
    error instanceof DbError && ['unavailable', 'timeout', 'overloaded', 'conflict'].includes(error.code)
  );
}
