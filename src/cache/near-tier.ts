import { LRUCache } from 'lru-cache';
import type { Kept } from './kept.ts';

/** A read under way. `superseded` once a write or a gap came between: what it brings may be outdated and is not kept. */
export interface Flight<T> {
  readonly value: Promise<Kept<T>>;
  /** Of a refresh: what is served while it is under way. */
  readonly meanwhile: Kept<T> | undefined;
  superseded: boolean;
}

/** Bytes are those of the entries as they are encoded. */
export interface NearSize {
  readonly entries: number;
  readonly maxEntries: number;
  readonly bytes: number;
  readonly maxBytes: number;
}

/** So many times the entries are remembered by their version alone: 100 bytes each. */
const versionsPerEntry = 4;

/** L1 of one namespace, and the reads under way that may fill it. */
export class NearTier<T> {
  readonly #entries: LRUCache<string, Kept<T>>;
  readonly #versions: LRUCache<string, number>;
  readonly #flights = new Map<string, Flight<T>>();
  readonly #staleMs: number;

  constructor(options: { readonly maxEntries: number; readonly maxBytes: number; readonly staleMs: number }) {
    const { maxEntries, maxBytes, staleMs } = options;
    this.#entries = new LRUCache({
      max: maxEntries,
      maxSize: maxBytes,
      sizeCalculation: ({ bytes }) => bytes,
    });
    this.#versions = new LRUCache({ max: maxEntries * versionsPerEntry });
    this.#staleMs = staleMs;
  }

  get size(): NearSize {
    const { size, max, calculatedSize, maxSize } = this.#entries;
    return { entries: size, maxEntries: max, bytes: calculatedSize, maxBytes: maxSize };
  }

  read(key: string): Kept<T> | undefined {
    const kept = this.#entries.get(key);
    return kept !== undefined && performance.now() < kept.freshUntil ? kept : undefined;
  }

  /** What may still be served when nothing else is to be had. */
  readStale(key: string): Kept<T> | undefined {
    const kept = this.#entries.peek(key);
    return kept !== undefined && performance.now() < kept.freshUntil + this.#staleMs ? kept : undefined;
  }

  /** The newest version of `key` that this process has seen or heard of. */
  newestVersion(key: string): number {
    return this.#versions.get(key) ?? 0;
  }

  flight(key: string): Flight<T> | undefined {
    return this.#flights.get(key);
  }

  /** Registers a read that later callers of `key` join, and keeps what it brings unless it is superseded meanwhile. */
  start(key: string, fetch: () => Promise<Kept<T>>, meanwhile?: Kept<T>): Promise<Kept<T>> {
    const bring = async (): Promise<Kept<T>> => {
      try {
        const kept = await fetch();
        if (!flight.superseded) this.store(key, kept);
        // Its callers have seen that version: they must not be given an older one next.
        else if (kept.version > this.newestVersion(key)) this.outdate(key, kept.version);
        return kept;
      } finally {
        if (this.#flights.get(key) === flight) this.#flights.delete(key);
      }
    };
    // `bring` begins in a later microtask, when `flight` is there for it.
    const flight: Flight<T> = { value: Promise.resolve().then(bring), meanwhile, superseded: false };
    this.#flights.set(key, flight);
    return flight.value;
  }

  store(key: string, kept: Kept<T>): void {
    if (kept.version < this.newestVersion(key)) return;
    this.#versions.set(key, kept.version);
    this.#entries.set(key, kept);
  }

  /** `version` was committed somewhere: what is older goes, and reads under way may have begun before it. */
  outdate(key: string, version: number): void {
    this.#versions.set(key, Math.max(version, this.newestVersion(key)));
    const present = this.#entries.peek(key);
    if (present !== undefined && present.version < version) this.#entries.delete(key);
    this.#supersede(key);
  }

  drop(key: string): void {
    this.#entries.delete(key);
    this.#supersede(key);
  }

  /** Versions stay: what is read from now on must not be older either. */
  clear(): void {
    this.#entries.clear();
    for (const key of this.#flights.keys()) this.#supersede(key);
  }

  /** As if nothing had ever been seen: for a database whose versions went back. */
  forget(): void {
    this.clear();
    this.#versions.clear();
  }

  #supersede(key: string): void {
    const flight = this.#flights.get(key);
    if (flight === undefined) return;
    flight.superseded = true;
    this.#flights.delete(key);
  }
}
