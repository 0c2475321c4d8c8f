import { randomUUID } from 'node:crypto';
import type { Breaker } from '../breaker/breaker.ts';
import { keys } from '../redis/keys.ts';
import { scanKeys } from '../redis/nodes.ts';
import type { Redis } from '../redis/redis.ts';
import { defineScript } from '../redis/script.ts';

/**
 * Longer than any load (a query's deadline is 1.5 s), so that a slow loader is not doubled;
 * short enough that a key whose loader died is cold for no longer.
 */
const leaseMs = 3_000;

const storeUnlessOlder = `
local current = redis.call('GET', KEYS[1])
local newest = current and tonumber(string.match(current, '^%d+:(%d+):'))
if newest and newest > tonumber(ARGV[1]) then return 0 end
redis.call('SET', KEYS[1], ARGV[2], 'EX', ARGV[3])
`;

/** KEYS entry, lease; ARGV version, entry, ttl, channel, message. Voids the lease: a load that began before this write may not fill. */
const publishEntry = defineScript(`
redis.call('DEL', KEYS[2])
${storeUnlessOlder}
redis.call('PUBLISH', ARGV[4], ARGV[5])
return 1`);

/** KEYS entry, lease; ARGV version, entry, ttl, token. */
const fillEntry = defineScript(`
if redis.call('GET', KEYS[2]) ~= ARGV[4] then return 0 end
redis.call('DEL', KEYS[2])
${storeUnlessOlder}
return 1`);

/** KEYS lease; ARGV token. */
const dropLease = defineScript(`
if redis.call('GET', KEYS[1]) == ARGV[1] then redis.call('DEL', KEYS[1]) end
return 1`);

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
  readonly #ttlSec: number;

  constructor(options: {
    readonly redis: Redis;
    readonly breaker: Breaker;
    readonly namespace: string;
    readonly ttlSec: number;
  }) {
    this.#redis = options.redis;
    this.#breaker = options.breaker;
    this.#namespace = options.namespace;
    this.#ttlSec = options.ttlSec;
  }

  read(key: string): Promise<string | null> {
    return this.#breaker.run(() => this.#redis.get(keys.cacheEntry(this.#namespace, key)));
  }

  /** The token of a lease on `key`, or undefined while another loader has it. */
  async lease(key: string): Promise<string | undefined> {
    const token = randomUUID();
    const name = keys.cacheLease(this.#namespace, key);
    const taken = await this.#breaker.run(() => this.#redis.set(name, token, 'PX', leaseMs, 'NX'));
    return taken === null ? undefined : token;
  }

  async fill(key: string, token: string, version: number, entry: string): Promise<void> {
    await fillEntry(this.#redis, this.#keys(key), [version, entry, this.#ttlSec, token]);
  }

  async release(key: string, token: string): Promise<void> {
    await dropLease(this.#redis, [keys.cacheLease(this.#namespace, key)], [token]);
  }

  /** Stores a committed entry and tells every process, in one step. False when a newer one is there already. */
  async publish(key: string, version: number, entry: string, message: string): Promise<boolean> {
    const args = [version, entry, this.#ttlSec, keys.cacheBus, message];
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

  #keys(key: string): readonly string[] {
    return [keys.cacheEntry(this.#namespace, key), keys.cacheLease(this.#namespace, key)];
  }
}
