import { randomUUID } from 'node:crypto';
import type { Breaker } from '../breaker/breaker.ts';
import { keys } from '../redis/keys.ts';
import { scanKeys } from '../redis/nodes.ts';
import type { Redis } from '../redis/redis.ts';
import { dropLeases, fillEntries, publishEntry, readEntries, takeLeases } from './shared-scripts.ts';

/**
 * Longer than any load (a query's deadline is 1.5 s), so that a slow loader is not doubled;
 * short enough that a key whose loader died is cold for no longer.
 */
const leaseMs = 3_000;

/** Keys in one script: about as long. In Redis Cluster the keys of one script must share a node, so there it is one. */
const scriptBatch = 250;

/** What PTTL says of a key that is not there. */
const nothingLeft = -2;

/** As it is to be stored. `ttlMs`: how long Redis keeps it; `atMs`: when it was made, by this host's clock. */
export interface SharedWrite {
  readonly version: number;
  readonly text: string;
  readonly ttlMs: number;
  readonly atMs: number;
}

/** `leftMs`: until Redis drops it. */
export interface SharedText {
  readonly text: string;
  readonly leftMs: number;
}

/** The keys whose lease was free, and the token that it takes to fill or release them. */
export interface Lease {
  readonly token: string;
  readonly taken: ReadonlySet<string>;
}

/**
 * L2 of one namespace: entries in Redis that never go back to an older version. A cold key is loaded under a lease,
 * by one process of the cluster, and only that one may fill it, and only while no write came between.
 * Every method rejects when Redis fails, within the client's command limit; reads also while the breaker is open. Writes are
 * tried in any case: what they do not bring is what others go on seeing.
 */
export class SharedTier {
  readonly #redis: Redis;
  readonly #breaker: Breaker;
  readonly #namespace: string;

  constructor(options: { readonly redis: Redis; readonly breaker: Breaker; readonly namespace: string }) {
    this.#redis = options.redis;
    this.#breaker = options.breaker;
    this.#namespace = options.namespace;
  }

  /** What is there of `wanted`, in one round trip. */
  async read(wanted: readonly string[]): Promise<ReadonlyMap<string, SharedText>> {
    const found = new Map<string, SharedText>();
    await this.#batched(wanted, async (batch) => {
      const names = batch.map((key) => keys.cacheEntry(this.#namespace, key));
      const answer = (await this.#breaker.run(() => readEntries(this.#redis, names, []))) as unknown[];
      for (const [index, key] of batch.entries()) {
        const [text, leftMs] = answer.slice(2 * index, 2 * index + 2);
        if (typeof text === 'string') found.set(key, { text, leftMs: Number(leftMs) });
      }
    });
    return found;
  }

  /** Takes the leases of those of `wanted` that no other loader has or has filled since `seen` was read. */
  async lease(wanted: readonly string[], seen: ReadonlyMap<string, SharedText>): Promise<Lease> {
    const token = randomUUID();
    const taken = new Set<string>();
    await this.#batched(wanted, async (batch) => {
      const names = batch.flatMap((key) => this.#keys(key));
      const args = [token, leaseMs, ...batch.map((key) => seen.get(key)?.leftMs ?? nothingLeft)];
      const answer = await this.#breaker.run(() => takeLeases(this.#redis, names, args));
      for (const position of answer as number[]) taken.add(batch[position - 1] ?? '');
    });
    return { token, taken };
  }

  async fill(token: string, writes: ReadonlyMap<string, SharedWrite>): Promise<void> {
    await this.#batched([...writes], async (batch) => {
      const names = batch.flatMap(([key]) => this.#keys(key));
      const args = batch.flatMap(([, { version, text, ttlMs }]) => [version, text, ttlMs]);
      await fillEntries(this.#redis, names, [token, ...args]);
    });
  }

  async release(token: string, wanted: readonly string[]): Promise<void> {
    await this.#batched(wanted, (batch) => {
      const leases = batch.map((key) => keys.cacheLease(this.#namespace, key));
      return dropLeases(this.#redis, leases, [token]);
    });
  }

  /** Stores a committed entry and tells every process, in one step. False when a newer one is there already. */
  async publish(key: string, { version, text, ttlMs }: SharedWrite, message: string): Promise<boolean> {
    const args = [version, text, ttlMs, keys.cacheBus, message];
    return (await publishEntry(this.#redis, this.#keys(key), args)) === 1;
  }

  /** Removes every entry of the namespace; leases stay, so that no load is doubled. Resolves with their number. */
  async purge(): Promise<number> {
    let removed = 0;
    for await (const found of scanKeys(this.#redis, keys.cacheEntry(this.#namespace, '*')))
      // One at a time: in Redis Cluster the keys of one command must share a node.
      for (const key of found) removed += await this.#redis.unlink(key);
    return removed;
  }

  async #batched<I>(items: readonly I[], run: (batch: readonly I[]) => Promise<unknown>): Promise<void> {
    const size = this.#redis.isCluster ? 1 : scriptBatch;
    const batches: Promise<unknown>[] = [];
    for (let start = 0; start < items.length; start += size)
      batches.push(run(items.slice(start, start + size)));
    await Promise.all(batches);
  }

  #keys(key: string): readonly string[] {
    return [keys.cacheEntry(this.#namespace, key), keys.cacheLease(this.#namespace, key)];
  }
}
