import { recordIn } from './record.ts';
import { Session, type SessionIdentity, type SessionSocket } from './session.ts';

/** Sessions of one shard under one shard count that were connected at the same time. */
export type DoubleOwner = {
  readonly shardId: number;
  readonly shardCount: number;
  /** The newcomer is the last. */
  readonly sessionIds: readonly string[];
};

/** The sessions that live: those with a socket, and those whose socket dropped less than the session lifetime ago. */
export class Sessions {
  /** Discord serves both; whether that was meant is for a test to say. */
  readonly doubleOwners: DoubleOwner[] = [];
  readonly #lifetimeMs: number;
  readonly #byId = new Map<string, Session>();
  /** By shard count, then by shard id: bots of different shard counts may run side by side (gateway.mdx:636). */
  readonly #byShard = new Map<number, Map<number, Set<Session>>>();
  readonly #expiries = new Map<Session, NodeJS.Timeout>();

  constructor(lifetimeMs: number) {
    this.#lifetimeMs = lifetimeMs;
  }

  begin(identity: SessionIdentity, socket: SessionSocket): Session {
    const session = new Session(identity, socket);
    this.#byId.set(session.id, session);
    this.#shardSet(identity).add(session);
    this.#recordDoubleOwner(session);
    return session;
  }

  get(id: string): Session | undefined {
    return this.#byId.get(id);
  }

  all(): Iterable<Session> {
    return this.#byId.values();
  }

  /** Every session that a guild's events go to, by `(guild_id >> 22) % num_shards`. */
  ofGuild(createdMs: number): Session[] {
    return [...this.#byShard].flatMap(([shardCount, shards]) => [
      ...(shards.get(createdMs % shardCount) ?? []),
    ]);
  }

  /** Every session of this shard id, under whatever shard count. */
  ofShard(shardId: number): Session[] {
    return [...this.#byShard.values()].flatMap((shards) => [...(shards.get(shardId) ?? [])]);
  }

  resume(session: Session, socket: SessionSocket, sequence: number): void {
    clearTimeout(this.#expiries.get(session));
    this.#expiries.delete(session);
    if (!session.connected) this.#recordDoubleOwner(session);
    session.resume(socket, sequence);
  }

  /** The session's socket is gone. */
  detach(session: Session, socket: SessionSocket, resumable: boolean): void {
    if (!session.detach(socket) || !this.#byId.has(session.id)) return;
    if (!resumable) return this.end(session);
    const expiry = setTimeout(() => this.end(session), this.#lifetimeMs);
    expiry.unref();
    this.#expiries.set(session, expiry);
  }

  end(session: Session): void {
    clearTimeout(this.#expiries.get(session));
    this.#expiries.delete(session);
    this.#byId.delete(session.id);
    this.#shardSet(session).delete(session);
  }

  /** Ends those of these shards, by default all. */
  stop(shardIds?: readonly number[]): void {
    for (const session of this.#byId.values()) {
      if (shardIds?.includes(session.shardId) ?? true) this.end(session);
    }
  }

  #recordDoubleOwner(newcomer: Session): void {
    const others = [...this.#shardSet(newcomer)].filter((each) => each !== newcomer && each.connected);
    if (others.length === 0) return;
    const { shardId, shardCount } = newcomer;
    recordIn(this.doubleOwners, {
      shardId,
      shardCount,
      sessionIds: [...others, newcomer].map(({ id }) => id),
    });
  }

  #shardSet({ shardId, shardCount }: SessionIdentity): Set<Session> {
    const shards = this.#byShard.get(shardCount) ?? new Map<number, Set<Session>>();
    this.#byShard.set(shardCount, shards);
    const sessions = shards.get(shardId) ?? new Set();
    shards.set(shardId, sessions);
    return sessions;
  }
}
