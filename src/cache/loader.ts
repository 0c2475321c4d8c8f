import { cacheRequestsTotal } from '../telemetry/cache.ts';
import { writeEntry, type Codec, type Entry } from './entry.ts';
import { held, keep, type Kept } from './kept.ts';
import { freshMs, type Lifetimes } from './lifetimes.ts';
import { noteTier } from './note-tier.ts';
import type { Lease, SharedTier, SharedWrite } from './shared-tier.ts';
import { saysUnavailable } from './unavailable.ts';

/** Brings an entry for each key, version 0 for one that has no row. */
export type LoadMany<T> = (keys: readonly string[]) => Promise<ReadonlyMap<string, Entry<T>>>;

/** Of one key: what was found, or why nothing was. */
export type Outcome<T> = Kept<T> | { readonly error: unknown };

/** What a load is taken to last before the first one was seen. */
const firstLoadMs = 5;

export interface LoaderParts<T> {
  readonly name: string;
  readonly shared: SharedTier;
  readonly codec: Codec<T>;
  readonly lifetimes: Lifetimes;
  /** What is left of a key when nothing else is to be had. */
  readonly lastResort: (key: string) => Kept<T> | undefined;
}

/** Calls what is behind both tiers, and says how that went for each key. */
export class Loader<T> {
  readonly #parts: LoaderParts<T>;
  #loadMs = firstLoadMs;
  #away = false;

  constructor(parts: LoaderParts<T>) {
    this.#parts = parts;
  }

  /** How long loads of late took, smoothed: δ of XFetch. */
  get loadMs(): number {
    return this.#loadMs;
  }

  /** Whether the last load found its server away: then nobody should wait for the next one who can be given something stale. */
  get away(): boolean {
    return this.#away;
  }

  /** Fills L2 under `lease`; without one, what it brings is for this process alone. Never rejects. */
  async load(
    keys: readonly string[],
    load: LoadMany<T>,
    lease?: Lease,
  ): Promise<ReadonlyMap<string, Outcome<T>>> {
    if (keys.length === 0) return new Map();
    const { name, shared } = this.#parts;
    const start = performance.now();
    try {
      const loaded = await load(keys);
      this.#away = false;
      this.#loadMs += (performance.now() - start - this.#loadMs) / 8;
      cacheRequestsTotal.inc({ namespace: name, tier: 'load', result: 'hit' }, keys.length);
      noteTier('load', 'hit');
      return this.#kept(keys, loaded, lease);
    } catch (error) {
      cacheRequestsTotal.inc({ namespace: name, tier: 'load', result: 'error' }, keys.length);
      noteTier('load', 'error');
      this.#away = saysUnavailable(error);
      if (lease) shared.release(lease.token, keys).catch(() => undefined);
      return new Map(keys.map((key) => [key, this.#afterFailure(key, error)]));
    }
  }

  /** An entry as L2 stores it. */
  written(entry: Entry<T>): SharedWrite {
    const { codec, lifetimes } = this.#parts;
    const ttlMs = freshMs(lifetimes, entry.version) + lifetimes.staleMs;
    return { version: entry.version, text: writeEntry(codec, entry), ttlMs, atMs: Date.now() };
  }

  #kept(
    keys: readonly string[],
    loaded: ReadonlyMap<string, Entry<T>>,
    lease: Lease | undefined,
  ): Map<string, Outcome<T>> {
    const { name, shared, lifetimes } = this.#parts;
    const outcomes = new Map<string, Outcome<T>>();
    const writes = new Map<string, SharedWrite>();
    for (const key of keys) {
      const entry = loaded.get(key);
      if (entry === undefined) {
        const error = new Error(
          `the loader of ${name} brought nothing for ${key}; it must, version 0 if there is no row`,
        );
        outcomes.set(key, { error });
        continue;
      }
      const write = this.written(entry);
      writes.set(key, write);
      outcomes.set(key, keep(entry, Buffer.byteLength(write.text), lifetimes));
    }
    // Not awaited: the callers have their values, and a fill that Redis does not take only leaves the keys cold.
    if (lease) shared.fill(lease.token, writes).catch(() => undefined);
    return outcomes;
  }

  /** A failed load is never cached: what was there before is served on, if the server is away, and marked. */
  #afterFailure(key: string, error: unknown): Outcome<T> {
    const last = this.#away ? this.#parts.lastResort(key) : undefined;
    return last === undefined ? { error } : held(last);
  }
}
