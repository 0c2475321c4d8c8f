import { LRUCache } from 'lru-cache';
import type { Entry } from './entry.ts';

/** A read under way. `superseded` once a write or a gap came between: what it brings may be outdated and is not kept. */
export interface Flight<T> {
  readonly value: Promise<T>;
  superseded: boolean;
}

/** L1 of one namespace, and the reads under way that may fill it. */
export class NearTier<T> {
  readonly #entries: LRUCache<string, Entry<T>>;
  readonly #flights = new Map<string, Flight<T>>();

  constructor(maxEntries: number, ttlMs: number) {
    this.#entries = new LRUCache({ max: maxEntries, ttl: ttlMs });
  }

  get size(): { readonly entries: number; readonly maxEntries: number } {
    return { entries: this.#entries.size, maxEntries: this.#entries.max };
  }

  read(key: string): Entry<T> | undefined {
    return this.#entries.get(key);
  }

  flight(key: string): Flight<T> | undefined {
    return this.#flights.get(key);
  }

  /** Registers a read that later callers of `key` join, and keeps what it brings unless it is superseded meanwhile. */
  start(key: string, fetch: () => Promise<Entry<T>>): Promise<T> {
    const bring = async (): Promise<T> => {
      try {
        const entry = await fetch();
        if (!flight.superseded) this.store(key, entry);
        return entry.value;
      } finally {
        if (this.#flights.get(key) === flight) this.#flights.delete(key);
      }
    };
    // `bring` begins in a later microtask, when `flight` is there for it.
    const flight: Flight<T> = { value: Promise.resolve().then(bring), superseded: false };
    this.#flights.set(key, flight);
    return flight.value;
  }

  store(key: string, entry: Entry<T>): void {
    const present = this.#entries.peek(key);
    if (present === undefined || present.version <= entry.version) this.#entries.set(key, entry);
  }

  /** `version` was committed somewhere: what is older goes, and reads under way may have begun before it. */
  outdate(key: string, version: number): void {
    const present = this.#entries.peek(key);
    if (present !== undefined && present.version < version) this.#entries.delete(key);
    this.#supersede(key);
  }

  drop(key: string): void {
    this.#entries.delete(key);
    this.#supersede(key);
  }

  clear(): void {
    this.#entries.clear();
    for (const key of this.#flights.keys()) this.#supersede(key);
  }

  #supersede(key: string): void {
    const flight = this.#flights.get(key);
    if (flight === undefined) return;
    flight.superseded = true;
    this.#flights.delete(key);
  }
}
