import type { Session } from '../gateway/session.ts';
import { Ring } from './ring.ts';

/** A time during which a session had a socket. */
export type Span = {
  readonly sessionId: string;
  readonly shardId: number;
  readonly shardCount: number;
  readonly from: number;
  /** `Infinity` while it lasts. */
  readonly to: number;
  /** The sequence that its RESUME named: what came after that was sent again. `undefined` for an IDENTIFY. */
  readonly resumedAfter: number | undefined;
};

/** When which session was connected; the latest that ended, and all that last. */
export class Spans {
  readonly #ended: Ring<Span>;
  readonly #open = new Map<string, Span>();

  constructor(size: number) {
    this.#ended = new Ring(size);
  }

  connected({ id: sessionId, shardId, shardCount }: Session, at: number, resumedAfter?: number): void {
    this.#end(sessionId, at);
    this.#open.set(sessionId, { sessionId, shardId, shardCount, from: at, to: Infinity, resumedAfter });
  }

  disconnected({ id }: Session, at: number): void {
    this.#end(id, at);
  }

  all(): Span[] {
    return [...this.#ended.since(), ...this.#open.values()].toSorted((one, other) => one.from - other.from);
  }

  #end(sessionId: string, at: number): void {
    const span = this.#open.get(sessionId);
    if (!span) return;
    this.#open.delete(sessionId);
    this.#ended.push({ ...span, to: at });
  }
}
