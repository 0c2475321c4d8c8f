import { connect, Socket } from 'node:net';
import postgres from 'postgres';

/** What a query is written with: the tagged template of postgres.js. */
export type Sql = postgres.ISql;

interface Target {
  readonly host: readonly string[];
  readonly port: readonly number[];
  readonly path: string | false;
}

const keepAliveMs = 10_000;

/**
 * One session with PostgreSQL or PgBouncer, opened by its first query. It may try several times to begin, but once lost it is
 * lost: the rest of a transaction would otherwise run, and commit, in another session.
 * Its socket is ours, because postgres.js only half-closes one: on a frozen server it would stay for ever,
 * and a reconnect that is due while the instance is ended would open a connection that nobody closes.
 */
export class Connection {
  readonly sql: postgres.Sql;
  #socket: Socket | undefined;
  #begun = false;
  #over = false;

  /** `prepare`: by named statements, which stay on the server; only where `takesPrepared` says so. */
  constructor(url: string, { prepare = false }: { readonly prepare?: boolean } = {}) {
    const options: postgres.Options<Record<string, never>> & { socket: (target: Target) => Socket } = {
      socket: (target) => this.#open(target),
      max: 1,
      prepare,
      // PostgreSQL's own types need no query to learn them.
      fetch_types: false,
      connect_timeout: 3,
      // Not postgres.js's 20 s: after a short outage the first success must not wait for a long back-off.
      backoff: (failures) => Math.min(0.05 * 2 ** failures, 0.5),
      connection: { application_name: 'shoal' },
      // The server tells its settings when it has let us in.
      onparameter: () => (this.#begun = true),
      // Notices ("table exists, skipping") would go to standard output, past the log and its scrubber.
      onnotice: () => undefined,
    };
    this.sql = postgres(url, options);
  }

  /** Its queries can only fail from now on. */
  get lost(): boolean {
    return this.#over || (this.#begun && this.#socket?.destroyed === true);
  }

  /** Takes leave of the server if it listens, then cuts; a query under way rejects. */
  async end(): Promise<void> {
    await this.sql.end({ timeout: 0.2 });
    this.#cut();
  }

  /** Cuts it as soon as postgres.js has let go of it, within milliseconds; a query under way rejects. */
  destroy(): void {
    this.#over = true;
    // Not before: postgres.js takes leave of an open TLS connection, and over a cut one that is an error which nobody can catch.
    void this.sql.end({ timeout: 0 }).finally(() => this.#cut());
  }

  #cut(): void {
    this.#over = true;
    this.#socket?.destroy();
  }

  #open({ host, port, path }: Target): Socket {
    this.#over ||= this.#begun;
    if (this.#over) return deadSocket();
    const keepAlive = { keepAlive: true, keepAliveInitialDelay: keepAliveMs, noDelay: true };
    this.#socket = path
      ? connect({ ...keepAlive, path })
      : connect({ ...keepAlive, host: host[0], port: port[0] ?? 5432 });
    return this.#socket;
  }
}

/** Fails as soon as postgres.js listens to it. An error thrown instead would leave its later queries waiting for ever. */
function deadSocket(): Socket {
  const socket = new Socket();
  const error = Object.assign(new Error('connection ended'), { code: 'CONNECTION_ENDED' });
  setImmediate(() => socket.destroy(error));
  return socket;
}
