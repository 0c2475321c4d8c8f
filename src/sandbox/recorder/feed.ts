import type { FeedEvent } from '../control/feed.ts';
import { Ring } from './ring.ts';

type WithoutStamp<Event> = Event extends FeedEvent ? Omit<Event, 'id' | 'at'> : never;
/** An event of the feed before it has its number and its time. */
export type NewEvent = WithoutStamp<FeedEvent>;

type Reader = (event: FeedEvent) => void;

/** Everything that is told to those who watch, in one order. */
export class Feed {
  readonly #now: () => number;
  readonly #events: Ring<FeedEvent>;
  readonly #readers = new Set<Reader>();

  constructor(kept: number, now: () => number) {
    this.#events = new Ring(kept);
    this.#now = now;
  }

  push(event: NewEvent): void {
    const stamped = { id: this.#events.last + 1, at: Math.round(this.#now()), ...event };
    this.#events.push(stamped);
    for (const read of this.#readers) read(stamped);
  }

  /** Hands over what is kept after the event numbered `after`, then everything that comes, until the returned function is called. */
  follow(read: Reader, after: number = this.#events.last): () => void {
    // A number from before a restart is ahead of ours: such a reader has seen nothing of this run.
    for (const event of this.#events.since(after > this.#events.last ? 0 : after)) read(event);
    this.#readers.add(read);
    return () => void this.#readers.delete(read);
  }
}
