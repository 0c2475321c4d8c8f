import { randomBytes } from 'node:crypto';
import { GatewayDispatchEvents } from 'discord-api-types/v10';
import { dispatchFrame } from './frames.ts';
import { ReplayBuffer, type SentEvent } from './replay-buffer.ts';

const resumed: string = GatewayDispatchEvents.Resumed;

/** Where a session's frames go; what it holds besides is the connection's business. */
export type SessionSocket = {
  send(frame: string, flushed?: () => void): void;
  /** Another connection resumed this session. */
  superseded(): void;
  /** Drops the connection without a word. */
  drop(): void;
};

export type SessionIdentity = {
  readonly shardId: number;
  readonly shardCount: number;
  readonly intents: number;
  /** Guilds with more members than this come without them. */
  readonly largeThreshold: number;
};

/** What IDENTIFY began: a numbered stream of events that outlives its socket. */
export class Session {
  readonly id = randomBytes(16).toString('hex');
  readonly shardId: number;
  readonly shardCount: number;
  readonly intents: number;
  readonly largeThreshold: number;
  resumes = 0;
  #socket: SessionSocket | undefined;
  /** The socket is still being sent what it missed. */
  #behind = false;
  /** Those who wait for a frame to be on its way. */
  readonly #waiting = new Set<() => void>();
  #sequence = 0;
  readonly #sent = new ReplayBuffer();

  constructor(identity: SessionIdentity, socket: SessionSocket) {
    this.shardId = identity.shardId;
    this.shardCount = identity.shardCount;
    this.intents = identity.intents;
    this.largeThreshold = identity.largeThreshold;
    this.#socket = socket;
  }

  get connected(): boolean {
    return this.#socket !== undefined;
  }

  get sequence(): number {
    return this.#sequence;
  }

  /**
   * Numbers the event, keeps it for a RESUME and sends it if a socket is there. `json` is its data, or what makes it.
   */
  dispatch(event: string, json: SentEvent['json'], flushed?: () => void): void {
    const sent = { sequence: ++this.#sequence, event, json };
    this.#sent.push(sent);
    if (this.#socket && !this.#behind) send(this.#socket, sent, flushed && this.#waitingFor(flushed));
    else flushed?.();
  }

  /** An event for this session alone. */
  send(event: string, data: object): void {
    this.dispatch(event, JSON.stringify(data));
  }

  /** Whether every event after `sequence` can still be sent again. */
  canReplay(sequence: number): boolean {
    return this.#sent.after(sequence) !== undefined;
  }

  /** Moves to a new socket and sends what it missed after `sequence`, in order, before anything new. */
  resume(socket: SessionSocket, sequence: number): void {
    const older = this.#socket;
    this.#socket = socket;
    this.#releaseWaiting();
    older?.superseded();
    this.resumes += 1;
    void this.#catchUp(socket, sequence);
  }

  async #catchUp(socket: SessionSocket, after: number): Promise<void> {
    const missedUpTo = this.#sequence;
    this.#behind = true;
    for (let sequence = after; ;) {
      const turn = this.#sent.turnAfter(sequence);
      // The client reads more slowly than new events come: it finds out at its next RESUME.
      if (!turn) return socket.drop();
      const last = turn.at(-1);
      if (!last) break;
      // The RESUMED of an earlier resume would tell the client that it has everything, in the middle of it.
      await sendAll(
        socket,
        turn.filter((missed) => missed.event !== resumed || missed.sequence > missedUpTo),
      );
      if (this.#socket !== socket) return;
      sequence = last.sequence;
    }
    this.#behind = false;
  }

  /** The socket went away; one that was superseded before has nothing to say. */
  detach(socket: SessionSocket): boolean {
    if (this.#socket !== socket) return false;
    this.#socket = undefined;
    this.#releaseWaiting();
    return true;
  }

  #waitingFor(flushed: () => void): () => void {
    const wake = () => {
      if (this.#waiting.delete(wake)) flushed();
    };
    this.#waiting.add(wake);
    return wake;
  }

  /** A socket that is stuck may never say that a frame is on its way: the next one is sent it again. */
  #releaseWaiting(): void {
    for (const wake of this.#waiting) wake();
  }
}

function send(socket: SessionSocket, { event, sequence, json }: SentEvent, flushed?: () => void): void {
  socket.send(dispatchFrame(event, sequence, typeof json === 'string' ? json : json()), flushed);
}

/** Resolves once the last of them is on its way. */
async function sendAll(socket: SessionSocket, events: readonly SentEvent[]): Promise<void> {
  const last = events.at(-1);
  for (const each of events) if (each !== last) send(socket, each);
  if (last) await new Promise<void>((resolve) => send(socket, last, resolve));
}
