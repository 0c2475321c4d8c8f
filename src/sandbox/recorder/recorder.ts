import type { FaultEvent, RestEvent } from '../control/feed.ts';
import type { Session } from '../gateway/session.ts';
import { dispatchEvent, type Dispatched } from './dispatch-event.ts';
import { Feed } from './feed.ts';
import { InteractionRecords } from './interaction-records.ts';
import { Ring } from './ring.ts';
import { Spans } from './spans.ts';

export type RestFact = Omit<RestEvent, 'id' | 'at' | 'kind'> & { readonly at: number };

export type SessionFact = {
  readonly at: number;
  readonly what: 'connect' | 'identify' | 'resume' | 'close' | 'invalid' | 'refused' | 'reconnect';
  readonly shardId: number | null;
  readonly shardCount: number | null;
  readonly sessionId: string | null;
  readonly code?: number;
  readonly by?: 'client' | 'gateway';
};

/** Whom a fact of a connection is about; a connection without a session is about nobody. */
export type About = Pick<Session, 'shardId' | 'shardCount'> & { readonly id?: string };

/** Minutes under load, hours otherwise, some tens of megabytes in all. */
const keptByDefault = 50_000;

/** For a page that lost its connection: some seconds of the busiest traffic, minutes of an ordinary day. */
const keptForFeed = 10_000;

/**
 * What every party sent and saw, for whoever watches and for the questions of a test. Nothing is copied or serialised
 * here: thousands of events pass each second. Times are milliseconds since 1970, of a clock that only goes forward.
 */
export class Recorder {
  readonly feed: Feed;
  readonly interactions: InteractionRecords;
  readonly spans: Spans;
  readonly rest: Ring<RestFact>;
  readonly sessions: Ring<SessionFact>;
  readonly now: () => number;
  /** Questions that name no time are about what came after this. */
  markedAt: number;

  /** `kept`: how many entries of each kind. */
  constructor(kept = keptByDefault, now: () => number = () => performance.timeOrigin + performance.now()) {
    this.now = now;
    this.spans = new Spans(kept);
    this.rest = new Ring(kept);
    this.sessions = new Ring(kept);
    this.markedAt = now();
    this.feed = new Feed(Math.min(kept, keptForFeed), now);
    this.interactions = new InteractionRecords(kept, now, this.feed);
  }

  /** To be called once the event has its sequence in each of its sessions. */
  dispatched(dispatched: Dispatched): void {
    this.feed.push(dispatchEvent(dispatched));
    if (dispatched.event === 'INTERACTION_CREATE') this.interactions.sent(dispatched);
  }

  /** The session has a socket from now on: a new one, or that of a RESUME with `resumedAfter` as its sequence. */
  connected(session: Session, resumedAfter?: number): void {
    this.spans.connected(session, this.now(), resumedAfter);
    this.session(resumedAfter === undefined ? 'identify' : 'resume', session);
  }

  /** Acts when the first session from now on has its socket. */
  onceConnected(act: () => unknown): void {
    const unfollow = this.feed.follow((event) => {
      if (event.kind !== 'session' || event.what !== 'identify') return;
      unfollow();
      act();
    });
  }

  disconnected(session: Session): void {
    this.spans.disconnected(session, this.now());
  }

  session(
    what: SessionFact['what'],
    about?: About,
    end: { readonly code?: number; readonly by?: 'client' | 'gateway' } = {},
  ): void {
    const { shardId = null, shardCount = null, id: sessionId = null } = about ?? {};
    const fact = { what, shardId, shardCount, sessionId, ...end };
    this.sessions.push({ at: this.now(), ...fact });
    this.feed.push({ kind: 'session', ...fact });
  }

  request(fact: Omit<RestFact, 'at'>): void {
    this.rest.push({ at: this.now(), ...fact });
    this.feed.push({ kind: 'rest', ...fact });
  }

  fault(event: Omit<FaultEvent, 'id' | 'at' | 'kind'>): void {
    this.feed.push({ kind: 'fault', ...event });
  }

  mark(): number {
    this.markedAt = this.now();
    return this.markedAt;
  }
}
