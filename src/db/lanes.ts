import { within } from '../lib/within.ts';
import { dbConnections, dbWaiting } from '../telemetry/database.ts';
import { Connection } from './connection.ts';
import { DbError } from './errors.ts';

interface Waiter {
  readonly query: string;
  readonly grant: (connection: Connection) => void;
  readonly refuse: (error: Error) => void;
  readonly timer: NodeJS.Timeout;
}

/** At 1 ms a query, five connections answer about this many within half the default deadline; more would wait in vain. */
const waitersPerConnection = 200;

export interface LanesOptions {
  /** The label of its metrics. */
  readonly pool: 'primary' | 'replica';
  readonly url: string;
  readonly size: number;
  /** See `Connection`. */
  readonly prepare?: boolean;
}

/**
 * The pool: each connection serves one caller at a time, so that a query that is given up costs its own connection and
 * no innocent one. At most `size` connections, and a bounded queue for their turn, first come first served.
 */
export class Lanes {
  readonly #options: LanesOptions;
  readonly #size: number;
  readonly #waitersMax: number;
  readonly #all = new Set<Connection>();
  readonly #idle: Connection[] = [];
  readonly #waiters = new Set<Waiter>();
  readonly #drained = Promise.withResolvers<void>();
  #closed = false;

  constructor(options: LanesOptions) {
    this.#options = options;
    this.#size = options.size;
    this.#waitersMax = options.size * waitersPerConnection;
    this.#show();
  }

  /** A connection for the sole use of the caller, who gives it back by `release` or `discard`. */
  acquire(query: string, waitMs: number): Promise<Connection> {
    if (this.#closed) return Promise.reject(new DbError('unavailable', query, 'the pool is closed'));
    // Last in, first out: a quiet process stays on few warm connections.
    const connection = this.#idlest() ?? this.#add();
    if (connection) {
      this.#show();
      return Promise.resolve(connection);
    }
    if (this.#waiters.size >= this.#waitersMax) {
      const reason = `${this.#size} connections are busy and ${this.#waitersMax} callers wait already`;
      return Promise.reject(new DbError('overloaded', query, reason));
    }
    return new Promise((grant, refuse) => {
      const timer = setTimeout(() => {
        this.#waiters.delete(waiter);
        this.#show();
        refuse(
          new DbError('timeout', query, `none of ${this.#size} connections came free within ${waitMs} ms`),
        );
      }, waitMs);
      const waiter: Waiter = { query, grant, refuse, timer };
      this.#waiters.add(waiter);
      this.#show();
    });
  }

  release(connection: Connection): void {
    if (connection.lost) this.#replace([connection]);
    else this.#free(connection);
  }

  #free(connection: Connection): void {
    const [next] = this.#waiters;
    if (next === undefined) {
      this.#idle.push(connection);
      this.#show();
      this.#checkDrained();
      return;
    }
    this.#waiters.delete(next);
    this.#show();
    clearTimeout(next.timer);
    next.grant(connection);
  }

  /**
   * Cuts a connection that did not answer, and the idle ones with it: after a partition or a freeze they are as dead,
   * and each would cost one more caller a whole deadline to find out.
   */
  discard(connection: Connection): void {
    const silent = [connection, ...this.#idle.splice(0)];
    for (const each of silent) each.destroy();
    this.#replace(silent);
  }

  /** Refuses new work and those who wait; gives what is under way `graceMs`. */
  async close(graceMs: number): Promise<void> {
    this.#closed = true;
    for (const { query, refuse, timer } of this.#waiters) {
      clearTimeout(timer);
      refuse(new DbError('unavailable', query, 'the pool is closed'));
    }
    this.#waiters.clear();
    this.#checkDrained();
    await within(this.#drained.promise, graceMs, () => new Error('still busy')).catch(() => undefined);
    await Promise.all([...this.#all].map((connection) => connection.end()));
  }

  #checkDrained(): void {
    if (this.#closed && this.#idle.length === this.#all.size) this.#drained.resolve();
  }

  /** Of the idle ones some may have been lost since. */
  #idlest(): Connection | undefined {
    for (;;) {
      const connection = this.#idle.pop();
      if (connection?.lost !== true) return connection;
      this.#all.delete(connection);
    }
  }

  /** One for whoever waits first; the others are opened when they are needed. */
  #replace(gone: readonly Connection[]): void {
    for (const connection of gone) this.#all.delete(connection);
    const fresh = this.#closed ? undefined : this.#add();
    if (fresh) this.#free(fresh);
    else this.#show();
    this.#checkDrained();
  }

  #add(): Connection | undefined {
    if (this.#all.size >= this.#size) return undefined;
    const { url, prepare = false } = this.#options;
    const connection = new Connection(url, { prepare });
    this.#all.add(connection);
    return connection;
  }

  #show(): void {
    const { pool } = this.#options;
    const idle = this.#idle.length;
    dbConnections.set({ pool, state: 'busy' }, this.#all.size - idle);
    dbConnections.set({ pool, state: 'idle' }, idle);
    dbWaiting.set({ pool }, this.#waiters.size);
  }
}
