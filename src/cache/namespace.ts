import { cacheRequestsTotal, invalidationLagSeconds } from '../telemetry/cache.ts';
import { inSpan } from '../telemetry/tracing.ts';
import type { Codec, Entry, Found } from './entry.ts';
import { FarRead } from './far-read.ts';
import { keep, type Kept } from './kept.ts';
import type { Lifetimes } from './lifetimes.ts';
import { Loader, type LoadMany, type Outcome } from './loader.ts';
import type { NearSize, NearTier } from './near-tier.ts';
import { noteTier } from './note-tier.ts';
import type { SharedTier, SharedWrite } from './shared-tier.ts';
import { UnsentWrites } from './unsent-writes.ts';

type Load<T> = () => Promise<Entry<T>>;

export interface NamespaceParts<T> {
  readonly name: string;
  readonly near: NearTier<T>;
  readonly shared: SharedTier;
  readonly codec: Codec<T>;
  readonly lifetimes: Lifetimes;
  /** How long another process's load is waited for, if not as long as usual. */
  readonly leaseWaitMs?: number | undefined;
  /** Whether L1 may be trusted, see `Bus`. */
  readonly heard: () => boolean;
  /** The bus message of a write. */
  readonly message: (key: string, write: SharedWrite) => string;
}

/** One kind of cached value: L1, then L2, then the loader, with one load per cold key. */
export class Namespace<T> {
  readonly #parts: NamespaceParts<T>;
  readonly #loader: Loader<T>;
  readonly #far: FarRead<T>;
  readonly #unsent = new UnsentWrites();
  readonly #count: Readonly<Record<'hit' | 'stale' | 'miss', { inc(): void }>>;

  constructor(parts: NamespaceParts<T>) {
    this.#parts = parts;
    this.#loader = new Loader({ ...parts, lastResort: (key) => parts.near.readStale(key) });
    this.#far = new FarRead({ ...parts, loader: this.#loader });
    const counter = (result: string) =>
      cacheRequestsTotal.labels({ namespace: parts.name, tier: 'l1', result });
    this.#count = { hit: counter('hit'), stale: counter('stale'), miss: counter('miss') };
  }

  async get(key: string, load: Load<T>): Promise<T> {
    return (await this.getEntry(key, load)).value;
  }

  getEntry(key: string, load: Load<T>): Promise<Found<T>> {
    return this.#lookUp(() => this.#getEntry(key, load));
  }

  getMany(keys: readonly string[], load: LoadMany<T>): Promise<ReadonlyMap<string, Found<T>>> {
    return this.#lookUp(() => this.#getMany(keys, load));
  }

  #lookUp<Result>(look: () => Promise<Result>): Promise<Result> {
    const { name } = this.#parts;
    return inSpan(
      () => ({ name: `cache ${name}`, kind: 'internal', attributes: { 'shoal.cache.namespace': name } }),
      look,
    );
  }

  async #getEntry(key: string, load: Load<T>): Promise<Found<T>> {
    const near = this.#readNear(key);
    if (near !== undefined && !this.#far.refreshDue(near)) return near;
    const loadMany = async () => new Map([[key, await load()]]);
    const kept = near ?? (await (this.#flight(key) ?? this.#start(key, this.#far.read([key], loadMany))));
    this.#refreshDue([[key, kept]], loadMany);
    return kept;
  }

  async #getMany(keys: readonly string[], load: LoadMany<T>): Promise<ReadonlyMap<string, Found<T>>> {
    const reads = new Map<string, Kept<T> | Promise<Kept<T>>>();
    const cold: string[] = [];
    for (const key of new Set(keys)) {
      const known = this.#readNear(key) ?? this.#flight(key);
      if (known === undefined) cold.push(key);
      else reads.set(key, known);
    }
    const outcomes = this.#far.read(cold, load);
    for (const key of cold) reads.set(key, this.#start(key, outcomes));
    const found = await Promise.all([...reads].map(async ([key, read]) => [key, await read] as const));
    this.#refreshDue(found, load);
    return new Map(found);
  }

  /** After the commit of `version`: no process serves an older one from then on, save for the TTL while Redis is away. Never rejects. */
  async put(key: string, value: T, version: number): Promise<void> {
    const { near, lifetimes } = this.#parts;
    const entry = { value, version };
    const write = this.#loader.written(entry);
    near.outdate(key, version);
    near.store(key, keep(entry, Buffer.byteLength(write.text), lifetimes));
    await this.#publish(key, write);
  }

  /** Sends again what Redis did not take. */
  resend(): Promise<void> {
    return this.#unsent.resend((key, write) => this.#publish(key, write));
  }

  /** What another process has written, and when, in ms since 1970, where it says so. */
  outdate(key: string, version: number, atMs?: number): void {
    const { name, near } = this.#parts;
    near.outdate(key, version);
    if (atMs === undefined) return;
    invalidationLagSeconds.observe({ namespace: name }, Math.max(Date.now() - atMs, 0) / 1000);
  }

  clear(): void {
    this.#parts.near.clear();
  }

  get size(): NearSize {
    return this.#parts.near.size;
  }

  /** Redis first: what is read meanwhile could bring an entry of it back into memory. */
  async purge(): Promise<number> {
    const { near, shared } = this.#parts;
    const removed = await shared.purge();
    const { entries } = near.size;
    near.forget();
    return removed + entries;
  }

  #readNear(key: string): Kept<T> | undefined {
    const { near, heard } = this.#parts;
    const kept = heard() ? near.read(key) : undefined;
    const result = kept === undefined ? 'miss' : kept.stale ? 'stale' : 'hit';
    this.#count[result].inc();
    noteTier('l1', result);
    return kept;
  }

  /** What a read under way will bring, or what is served until a refresh has brought it. */
  #flight(key: string): Kept<T> | Promise<Kept<T>> | undefined {
    const flight = this.#parts.near.flight(key);
    return flight?.meanwhile ?? flight?.value;
  }

  #start(
    key: string,
    outcomes: Promise<ReadonlyMap<string, Outcome<T>>>,
    meanwhile?: Kept<T>,
  ): Promise<Kept<T>> {
    return this.#parts.near.start(key, async () => keptOf(await outcomes, key), meanwhile);
  }

  /** Behind the callers' backs: they have what they came for. */
  #refreshDue(found: readonly (readonly [string, Kept<T>])[], load: LoadMany<T>): void {
    const due = found.filter(([key, kept]) => this.#far.refreshDue(kept) && this.#flight(key) === undefined);
    if (due.length === 0) return;
    const outcomes = this.#far.refresh(new Map(due), load);
    for (const [key, kept] of due) void this.#start(key, outcomes, kept);
  }

  /** Whether Redis took it, or has a newer one. */
  async #publish(key: string, write: SharedWrite): Promise<boolean> {
    const { near, shared, message } = this.#parts;
    try {
      const newest = await shared.publish(key, write, message(key, write));
      if (!newest) near.drop(key);
      this.#unsent.sent(key, write.version);
      return true;
    } catch {
      this.#unsent.keep(key, write);
      return false;
    }
  }
}

function keptOf<T>(outcomes: ReadonlyMap<string, Outcome<T>>, key: string): Kept<T> {
  const outcome = outcomes.get(key);
  if (outcome === undefined) throw new Error(`nothing was read for ${key}`);
  if ('error' in outcome) throw outcome.error;
  return outcome;
}
