import { randomUUID } from 'node:crypto';
import type { Breakers } from '../breaker/breaker.ts';
import type { Redis, RedisServer } from '../redis/redis.ts';
import type { Logger } from '../telemetry/log.ts';
import { Bus } from './bus.ts';
import type { Codec, Entry, Found } from './entry.ts';
import { jsonCodec } from './json-codec.ts';
import type { Lifetimes } from './lifetimes.ts';
import type { LoadMany } from './loader.ts';
import { invalidationText } from './messages.ts';
import { Namespace } from './namespace.ts';
import { NearTier, type NearSize } from './near-tier.ts';
import { SharedTier } from './shared-tier.ts';

export { jsonCodec, type Codec, type Entry, type Found, type LoadMany };

export interface NamespaceOptions<T> {
  /** In keys and metrics: one of a few fixed names. */
  readonly name: string;
  /** L1: both bounds hold; bytes as encoded. */
  readonly maxEntries: number;
  readonly maxBytes: number;
  /** L1: how long an entry is served without a look at L2. */
  readonly ttlMs: number;
  /** L2: how long an entry is fresh; L1 serves none for longer. With 10 s more, this bounds what an unheard write leaves to be seen. */
  readonly sharedTtlSec: number;
  /** Instead of `sharedTtlSec` for an entry that says "no row" (version 0). */
  readonly absentTtlSec: number;
  /** How long past its freshness an entry is kept, to be served, marked, while the loader is unavailable. */
  readonly staleSec: number;
  readonly codec: Codec<T>;
}

export interface CacheNamespace<T> {
  /**
   * The value of `key`, frozen: L1, L2, then `load`, which runs once for all callers (of the cluster, while Redis answers).
   * A value that is much asked for is loaded anew before its time is over, and one that is just over it is served meanwhile.
   * Rejects with the error of `load`, which is never cached; one whose `code` says that there was no answer (unavailable, timeout,
   * overloaded) only when nothing stale is left. A failing Redis costs at most about 200 ms.
   */
  get(key: string, load: () => Promise<Entry<T>>): Promise<T>;
  /** As `get`, with the version, and whether it is stale. */
  getEntry(key: string, load: () => Promise<Entry<T>>): Promise<Found<T>>;
  /**
   * As `getEntry` for many keys, in one round trip to Redis and one `load` of those that no tier has and no other process loads.
   * `load` brings an entry for each key it is given. Rejects when one of the keys does.
   */
  getMany(keys: readonly string[], load: LoadMany<T>): Promise<ReadonlyMap<string, Found<T>>>;
  /**
   * Tells all processes of a committed write: they drop what is older at once, and no entry goes back to an older version.
   * Never rejects; what Redis does not take is sent again when it is back, and the TTLs bound what others see until then.
   */
  put(key: string, value: T, version: number): Promise<void>;
}

export interface Cache {
  namespace<T>(options: NamespaceOptions<T>): CacheNamespace<T>;
  /** Of each namespace: its name, what of it is in this process's memory, and how much it may keep there. */
  stats(): readonly ({ readonly namespace: string } & NearSize)[];
  /**
   * Empties a namespace in this process's memory and in Redis; resolves with the entries removed. Rejects when there is no such
   * namespace, or Redis fails.
   */
  purge(namespace: string): Promise<number>;
  /** Whether writes of other processes are heard; while false, L1 is not used. */
  readonly heard: boolean;
  stop(): Promise<void>;
}

const heartbeatMs = 1_000;

/** How long a Redis that fails is left alone. */
const breakerResetMs = 1_000;

/** Two heartbeats and a half: one may come late or be lost with its sender. */
const silentHeartbeats = 2.5;

/**
 * The cache of one process. `redis` is the connection of the cache role; how that Redis is reached is for the subscriber.
 * L1 is used once the first heartbeat is heard, a moment after the start.
 */
export function createCache(
  options: RedisServer & {
    readonly redis: Redis;
    readonly breakers: Breakers;
    readonly log: Logger;
    readonly instanceId?: string;
    readonly heartbeatMs?: number;
    readonly leaseWaitMs?: number;
  },
): Cache {
  const {
    redis,
    breakers,
    instanceId = randomUUID(),
    heartbeatMs: beatMs = heartbeatMs,
    leaseWaitMs,
  } = options;
  const breaker = breakers.add({
    name: 'redis-cache',
    resetMs: breakerResetMs,
    probe: () => redis.ping(),
  });
  const namespaces = new Map<
    string,
    Pick<Namespace<unknown>, 'outdate' | 'clear' | 'resend' | 'size' | 'purge'>
  >();

  const bus = new Bus({
    ...options,
    instanceId,
    heartbeatMs: beatMs,
    silentMs: beatMs * silentHeartbeats,
    onInvalidation: ({ namespace, key, version, atMs }) =>
      namespaces.get(namespace)?.outdate(key, version, atMs),
    onGap: () => {
      for (const namespace of namespaces.values()) namespace.clear();
    },
    onTick: () => {
      for (const namespace of namespaces.values()) void namespace.resend();
    },
  });

  return {
    namespace<T>(wanted: NamespaceOptions<T>): CacheNamespace<T> {
      const { name, maxEntries, maxBytes, codec } = wanted;
      if (namespaces.has(name))
        throw new Error(`cache namespace ${name} exists already; give each kind of value its own`);
      const lifetimes = lifetimesOf(wanted);
      const namespace = new Namespace<T>({
        name,
        near: new NearTier({ maxEntries, maxBytes, staleMs: lifetimes.staleMs }),
        shared: new SharedTier({ redis, breaker, namespace: name }),
        codec,
        lifetimes,
        leaseWaitMs,
        heard: () => bus.heard,
        message: (key, { version, atMs }) =>
          invalidationText({ namespace: name, key, version, origin: instanceId, atMs }),
      });
      namespaces.set(name, namespace);
      return namespace;
    },
    stats: () => [...namespaces].map(([namespace, { size }]) => ({ namespace, ...size })),
    async purge(name) {
      const namespace = namespaces.get(name);
      if (namespace === undefined) throw new Error(`there is no cache namespace ${name}`);
      return namespace.purge();
    },
    get heard() {
      return bus.heard;
    },
    stop: () => bus.stop(),
  };
}

function lifetimesOf(options: Omit<NamespaceOptions<unknown>, 'codec'>): Lifetimes {
  const { ttlMs, sharedTtlSec, absentTtlSec, staleSec } = options;
  return {
    nearMs: ttlMs,
    sharedMs: sharedTtlSec * 1_000,
    absentMs: absentTtlSec * 1_000,
    staleMs: staleSec * 1_000,
  };
}
