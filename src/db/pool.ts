import { within } from '../lib/within.ts';
import type { Logger } from '../telemetry/log.ts';
import { inSpan, noteInSpan } from '../telemetry/tracing.ts';
import { Availability } from './availability.ts';
import type { Connection } from './connection.ts';
import { DbError, toDbError } from './errors.ts';
import { Lanes, type LanesOptions } from './lanes.ts';
import { QueryRecord } from './query-record.ts';

const closeGraceMs = 2_000;

/** Connections to one server, and every piece of work on them within its deadline, counted by its name. */
export class Pool {
  readonly #lanes: Lanes;
  readonly #availability: Availability;
  readonly #record: QueryRecord;
  readonly #name: LanesOptions['pool'];

  constructor({ log, ...options }: LanesOptions & { readonly log: Logger }) {
    this.#lanes = new Lanes(options);
    this.#availability = new Availability(options.pool, log);
    this.#record = new QueryRecord(options.pool, log);
    this.#name = options.pool;
  }

  /** Rejects with a `DbError`, or with what `work` itself threw. */
  run<T>(name: string, work: (connection: Connection) => Promise<T>, deadlineMs: number): Promise<T> {
    return inSpan(
      () => ({
        name,
        kind: 'client',
        attributes: {
          'db.system.name': 'postgresql',
          'db.query.summary': name,
          'shoal.db.pool': this.#name,
        },
      }),
      () => this.#run(name, work, deadlineMs),
    );
  }

  /** Refuses new work, waits for what is under way up to 2 s, ends the connections. */
  close(): Promise<void> {
    return this.#lanes.close(closeGraceMs);
  }

  async #run<T>(name: string, work: (connection: Connection) => Promise<T>, deadlineMs: number): Promise<T> {
    const start = performance.now();
    let connectedAt: number | undefined;
    const took = () => ({
      ms: performance.now() - start,
      waitedMs: (connectedAt ?? performance.now()) - start,
    });
    try {
      const connection = await this.#lanes.acquire(name, deadlineMs);
      connectedAt = performance.now();
      noteInSpan(() => ({ attributes: { 'shoal.db.waited_ms': took().waitedMs } }));
      const result = await this.#on(connection, name, work, { deadlineMs, waitedMs: connectedAt - start });
      this.#record.ended(name, took());
      return result;
    } catch (error) {
      this.#record.ended(name, took(), error);
      throw error;
    }
  }

  async #on<T>(
    connection: Connection,
    name: string,
    work: (connection: Connection) => Promise<T>,
    { deadlineMs, waitedMs }: { readonly deadlineMs: number; readonly waitedMs: number },
  ): Promise<T> {
    const late = new DbError('timeout', name, `no answer within ${deadlineMs} ms`);
    try {
      const result = await within(work(connection), Math.max(1, deadlineMs - waitedMs), () => late);
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
