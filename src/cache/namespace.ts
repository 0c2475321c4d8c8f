import { setTimeout as delay } from 'node:timers/promises';
import { cacheRequestsTotal } from '../telemetry/cache.ts';
import { deepFreeze } from './deep-freeze.ts';
import { readEntry, writeEntry, type Codec, type Entry } from './entry.ts';
import type { NearTier } from './near-tier.ts';
import type { SharedTier } from './shared-tier.ts';

type Load<T> = () => Promise<Entry<T>>;
type Tier = 'l1' | 'l2' | 'load';
type Result = 'hit' | 'miss' | 'error';

/** How long a caller waits for another process's load before it loads itself, unkept; a normal load takes a few ms. */
const leaseWaitMs = 300;
const leasePollMs = 10;

/** Writes that Redis did not take, kept to be sent again; beyond this only the TTL bounds what others still see. */
const unsentMax = 1_000;

export interface NamespaceParts<T> {
  readonly name: string;
  readonly near: NearTier<T>;
  readonly shared: SharedTier;
  readonly codec: Codec<T>;
  /** Whether L1 may be trusted, see `Bus`. */
  readonly heard: () => boolean;
  /** The bus message of a write. */
  readonly message: (key: string, version: number) => string;
}

/** One kind of cached value: L1, then L2, then the loader, with one load per cold key. */
export class Namespace<T> {
  readonly #parts: NamespaceParts<T>;
  readonly #unsent = new Map<string, Entry<T>>();

  constructor(parts: NamespaceParts<T>) {
    this.#parts = parts;
  }

  /** The value of `key`, frozen. Rejects with the loader's error, which is never cached; a failing Redis only costs time. */
  async get(key: string, load: Load<T>): Promise<T> {
    const { near, heard } = this.#parts;
    const entry = heard() ? near.read(key) : undefined;
    this.#count('l1', entry ? 'hit' : 'miss');
    if (entry) return entry.value;
    return near.flight(key)?.value ?? near.start(key, () => this.#fetch(key, load));
  }

  /** After the commit of `version`: no process serves an older one from then on, save for the TTL while Redis is away. Never rejects. */
  async put(key: string, value: T, version: number): Promise<void> {
    const entry = { value: deepFreeze(value), version };
    const { near } = this.#parts;
    near.outdate(key, version);
    near.store(key, entry);
    await this.#publish(key, entry);
  }

  /** Sends again what Redis did not take. */
  async resend(): Promise<void> {
    for (const [key, entry] of this.#unsent) {
      await this.#publish(key, entry);
      if (this.#unsent.get(key) === entry) return;
    }
  }

  outdate(key: string, version: number): void {
    this.#parts.near.outdate(key, version);
  }

  clear(): void {
    this.#parts.near.clear();
  }

  get size(): { readonly entries: number; readonly maxEntries: number } {
    return this.#parts.near.size;
  }

  /** Redis first: what is read meanwhile could bring an entry of it back into memory. */
  async purge(): Promise<number> {
    const { near, shared } = this.#parts;
    const removed = await shared.purge();
    const { entries } = near.size;
    near.clear();
    return removed + entries;
  }

  async #fetch(key: string, load: Load<T>): Promise<Entry<T>> {
    const until = performance.now() + leaseWaitMs;
    for (;;) {
      const found = await this.#readShared(key);
      if (found === 'down') return this.#load(load);
      if (found !== 'miss') return found;
      const lease = await this.#lease(key);
      if (lease === 'down') return this.#load(load);
      if (lease !== 'taken') return this.#loadLeased(key, lease.token, load);
      if (performance.now() >= until) return this.#load(load);
      await delay(leasePollMs);
    }
  }

  async #readShared(key: string): Promise<Entry<T> | 'miss' | 'down'> {
    const { shared, codec } = this.#parts;
    try {
      const text = await shared.read(key);
      const entry = text === null ? undefined : readEntry(codec, text);
      const known = this.#unsent.get(key)?.version ?? 0;
      const usable = entry !== undefined && entry.version >= known;
      this.#count('l2', usable ? 'hit' : 'miss');
      return usable ? { value: deepFreeze(entry.value), version: entry.version } : 'miss';
    } catch {
      this.#count('l2', 'error');
      return 'down';
    }
  }

  async #lease(key: string): Promise<{ readonly token: string } | 'taken' | 'down'> {
    try {
      const token = await this.#parts.shared.lease(key);
      return token === undefined ? 'taken' : { token };
    } catch {
      return 'down';
    }
  }

  async #loadLeased(key: string, token: string, load: Load<T>): Promise<Entry<T>> {
    const { shared, codec } = this.#parts;
    try {
      const entry = await this.#load(load);
      // Not awaited: the caller has its value, and a fill that Redis does not take only leaves the key cold.
      shared.fill(key, token, entry.version, writeEntry(codec, entry)).catch(() => undefined);
      return entry;
    } catch (error) {
      shared.release(key, token).catch(() => undefined);
      throw error;
    }
  }

  async #load(load: Load<T>): Promise<Entry<T>> {
    try {
      const { value, version } = await load();
      this.#count('load', 'hit');
      return { value: deepFreeze(value), version };
    } catch (error) {
      this.#count('load', 'error');
      throw error;
    }
  }

  async #publish(key: string, entry: Entry<T>): Promise<void> {
    const { near, shared, codec, message } = this.#parts;
    try {
      const text = message(key, entry.version);
      const newest = await shared.publish(key, entry.version, writeEntry(codec, entry), text);
      if (!newest) near.drop(key);
      if ((this.#unsent.get(key)?.version ?? 0) <= entry.version) this.#unsent.delete(key);
    } catch {
      this.#keepUnsent(key, entry);
    }
  }

  #keepUnsent(key: string, entry: Entry<T>): void {
    if ((this.#unsent.get(key)?.version ?? -1) > entry.version) return;
    if (this.#unsent.size < unsentMax || this.#unsent.has(key)) this.#unsent.set(key, entry);
  }

  #count(tier: Tier, result: Result): void {
    cacheRequestsTotal.inc({ namespace: this.#parts.name, tier, result });
  }
}
