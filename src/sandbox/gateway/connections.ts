import type { CloseCode } from './close-reasons.ts';
import type { Connection } from './connection.ts';

/** Those whose session is of one of these shards; without a list all, those without a session too. */
export type ShardIds = readonly number[] | undefined;

/** The open connections, and what may happen to many of them at once. Each method returns how many it concerned. */
export class Connections {
  readonly #open = new Set<Connection>();
  /** Half open: forgotten here, while their clients believe in them. */
  readonly #abandoned = new Set<Connection>();

  add(connection: Connection): void {
    this.#open.add(connection);
  }

  delete(connection: Connection): void {
    this.#open.delete(connection);
    this.#abandoned.delete(connection);
  }

  close(code: CloseCode): number {
    return forEach(this.#open, (connection) => connection.close(code));
  }

  drop(shardIds?: ShardIds): number {
    return forEach(this.#of(shardIds), (connection) => connection.drop());
  }

  abandon(shardIds: ShardIds): number {
    return forEach(this.#of(shardIds), (connection) => {
      this.#open.delete(connection);
      this.#abandoned.add(connection);
      connection.abandon();
    });
  }

  dropAbandoned(): number {
    return forEach(this.#abandoned, (connection) => connection.drop());
  }

  freeze(shardIds: ShardIds): { readonly affected: number; readonly thaw: () => void } {
    const frozen = this.#of(shardIds);
    const affected = forEach(frozen, (connection) => connection.freeze());
    return { affected, thaw: () => void forEach(frozen, (connection) => connection.thaw()) };
  }

  /** Op 7 to every client that has a session. */
  requestReconnect(shardIds: ShardIds): number {
    return forEach(this.#owners(shardIds), (connection) => connection.requestReconnect());
  }

  /** Op 9 to every client that has a session. */
  invalidateSessions(resumable: boolean, shardIds: ShardIds): number {
    return forEach(this.#owners(shardIds), (connection) => connection.invalidateSession(resumable));
  }

  #owners(shardIds: ShardIds): Connection[] {
    return this.#of(shardIds).filter((connection) => connection.session !== undefined);
  }

  #of(shardIds: ShardIds): Connection[] {
    const all = [...this.#open];
    return shardIds ? all.filter(({ session }) => session && shardIds.includes(session.shardId)) : all;
  }
}

function forEach(connections: Iterable<Connection>, act: (connection: Connection) => void): number {
  const all = [...connections];
  for (const connection of all) act(connection);
  return all.length;
}
