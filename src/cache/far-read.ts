import { setTimeout as delay } from 'node:timers/promises';
import { cacheRequestsTotal } from '../telemetry/cache.ts';
import { readEntry, type Codec } from './entry.ts';
import { held, isServable, keep, type Kept } from './kept.ts';
import { refreshDue, type Lifetimes } from './lifetimes.ts';
import type { Loader, LoadMany, Outcome } from './loader.ts';
import type { NearTier } from './near-tier.ts';
import { noteTier } from './note-tier.ts';
import type { Lease, SharedText, SharedTier } from './shared-tier.ts';

/** How long a caller waits for another process's load before it loads itself, unkept in L2: a load takes a few ms, or many times that on a busy host. */
const usualLeaseWaitMs = 1_000;
const leasePollMs = 10;

export interface FarReadParts<T> {
  readonly name: string;
  readonly near: NearTier<T>;
  readonly shared: SharedTier;
  readonly loader: Loader<T>;
  readonly codec: Codec<T>;
  readonly lifetimes: Lifetimes;
  readonly leaseWaitMs?: number | undefined;
}

/** What Redis has of some keys: all of it, and what of that is of use. */
interface Seen<T> {
  readonly texts: ReadonlyMap<string, SharedText>;
  readonly kept: ReadonlyMap<string, Kept<T>>;
}

/** Reads what L1 does not have: from L2, or from the loader under a lease, so that the cluster loads each cold key once. */
export class FarRead<T> {
  readonly #parts: FarReadParts<T>;

  constructor(parts: FarReadParts<T>) {
    this.#parts = parts;
  }

  /** An outcome for each key. Never rejects; a failing Redis only costs time. */
  async read(keys: readonly string[], load: LoadMany<T>): Promise<ReadonlyMap<string, Outcome<T>>> {
    const outcomes = new Map<string, Outcome<T>>();
    const until = performance.now() + (this.#parts.leaseWaitMs ?? usualLeaseWaitMs);
    for (let missing = keys; ; await delay(leasePollMs)) {
      const found = await this.#readShared(missing);
      if (missing === keys) this.#count(keys, found);
      for (const [key, kept] of found?.kept ?? []) if (this.#servable(kept)) outcomes.set(key, kept);
      const cold = missing.filter((key) => !outcomes.has(key));
      if (cold.length === 0) return outcomes;
      const lease = found && (await this.#lease(cold, found));
      const alone = lease === undefined || performance.now() >= until;
      for (const [key, outcome] of await this.#load(cold, load, lease, alone)) outcomes.set(key, outcome);
      missing = cold.filter((key) => !outcomes.has(key));
      if (missing.length === 0) return outcomes;
    }
  }

  /** Whether `kept` should be loaded anew, though it can be served. */
  refreshDue({ freshUntil }: Kept<T>): boolean {
    return refreshDue(freshUntil - performance.now(), this.#parts.loader.loadMs);
  }

  /**
   * Loads those of `current` anew that no other process has loaded since or is at; `current` stands for the others,
   * and for those that fail. Never rejects.
   */
  async refresh(
    current: ReadonlyMap<string, Kept<T>>,
    load: LoadMany<T>,
  ): Promise<ReadonlyMap<string, Kept<T>>> {
    const results = new Map(current);
    const found = await this.#readShared([...current.keys()]);
    for (const [key, kept] of found?.kept ?? []) if (!this.refreshDue(kept)) results.set(key, kept);
    const due = [...current].filter(([key, kept]) => results.get(key) === kept);
    const keys = due.map(([key]) => key);
    const lease = found && (await this.#lease(keys, found));
    const loaded = new Map(await this.#load(keys, load, lease, false));
    for (const [key, kept] of due) results.set(key, refreshed(loaded.get(key), kept));
    return results;
  }

  /** The keys whose lease was had; `alone`, the others as well. */
  async #load(
    cold: readonly string[],
    load: LoadMany<T>,
    lease: Lease | undefined,
    alone: boolean,
  ): Promise<readonly (readonly [string, Outcome<T>])[]> {
    const { loader } = this.#parts;
    const leased = cold.filter((key) => lease?.taken.has(key));
    const others = alone ? cold.filter((key) => !lease?.taken.has(key)) : [];
    const loads = await Promise.all([loader.load(leased, load, lease), loader.load(others, load)]);
    return loads.flatMap((outcomes) => [...outcomes]);
  }

  /** Undefined when Redis does not answer. */
  async #readShared(keys: readonly string[]): Promise<Seen<T> | undefined> {
    try {
      const texts = await this.#parts.shared.read(keys);
      const kept = new Map<string, Kept<T>>();
      for (const [key, shared] of texts) {
        const usable = this.#usable(key, shared);
        if (usable !== undefined) kept.set(key, usable);
      }
      return { texts, kept };
    } catch {
      return undefined;
    }
  }

  #usable(key: string, { text, leftMs }: SharedText): Kept<T> | undefined {
    const { near, codec, lifetimes } = this.#parts;
    const entry = readEntry(codec, text);
    if (entry === undefined || entry.version < near.newestVersion(key)) return undefined;
    const kept = keep(entry, Buffer.byteLength(text), lifetimes, leftMs - lifetimes.staleMs);
    // Not to be served, unless the load that follows says that the server is away.
    if (!this.#servable(kept)) near.store(key, kept);
    return kept;
  }

  async #lease(keys: readonly string[], { texts }: Seen<T>): Promise<Lease | undefined> {
    try {
      return await this.#parts.shared.lease(keys, texts);
    } catch {
      return undefined;
    }
  }

  #servable(kept: Kept<T>): boolean {
    return isServable(kept) || this.#parts.loader.away;
  }

  #count(keys: readonly string[], found: Seen<T> | undefined): void {
    const namespace = this.#parts.name;
    for (const key of keys) {
      const result = found ? this.#result(found.kept.get(key)) : 'error';
      cacheRequestsTotal.inc({ namespace, tier: 'l2', result });
      noteTier('l2', result);
    }
  }

  #result(kept: Kept<T> | undefined): 'hit' | 'stale' | 'miss' {
    if (kept === undefined || !this.#servable(kept)) return 'miss';
    return kept.stale ? 'stale' : 'hit';
  }
}

/** Another process loads it, the load failed, or it brought this. */
function refreshed<T>(outcome: Outcome<T> | undefined, current: Kept<T>): Kept<T> {
  if (outcome === undefined) return current;
  return 'error' in outcome ? held(current) : outcome;
}
