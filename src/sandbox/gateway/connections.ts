import type { CloseCode } from './close-reasons.ts';
import type { Connection } from './connection.ts';

/** The open connections, and what may happen to all of them at once. Each method returns how many it concerned. */
export class Connections {
  readonly #open = new Set<Connection>();

  add(connection: Connection): void {
    this.#open.add(connection);
  }

  delete(connection: Connection): void {
    this.#open.delete(connection);
  }

  close(code: CloseCode): number {
    return forEach(this.#open, (connection) => connection.close(code));
  }

  drop(): number {
    return forEach(this.#open, (connection) => connection.drop());
  }

  /** Op 7 to every client that has a session. */
  requestReconnect(): number {
    return forEach(this.#owners(), (connection) => connection.requestReconnect());
  }

  /** Op 9 to every client that has a session. */
  invalidateSessions(resumable: boolean): number {
    return forEach(this.#owners(), (connection) => connection.invalidateSession(resumable));
  }

  #owners(): Connection[] {
    return [...this.#open].filter((connection) => connection.session !== undefined);
  }
}

function forEach(connections: Iterable<Connection>, act: (connection: Connection) => void): number {
  const all = [...connections];
  for (const connection of all) act(connection);
  return all.length;
}
