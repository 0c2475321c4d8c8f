import { Breakers } from '../../src/breaker/breaker.ts';
import {
  createCache,
  type Cache,
  type CacheNamespace,
  type Codec,
  type NamespaceOptions,
} from '../../src/cache/cache.ts';
import { closeRedis, connectRedis, type Redis } from '../../src/redis/redis.ts';
import { eventually } from './eventually.ts';
import { patient } from './patient.ts';
import { silentLog } from './silent-log.ts';

export interface Item {
  readonly text: string;
  readonly list?: readonly string[];
}

export interface Member {
  readonly redis: Redis;
  readonly cache: Cache;
  readonly items: CacheNamespace<Item>;
  readonly leave: () => Promise<void>;
}

export const itemCodec: Codec<Item> = {
  version: 2,
  encode: (item) => JSON.stringify(item),
  decode: (text) => {
    const item = JSON.parse(text) as Item;
    if (typeof item.text !== 'string') throw new TypeError('not an item');
    return item;
  },
};

export const itemOptions: NamespaceOptions<Item> = {
  name: 'items',
  maxEntries: 100,
  maxBytes: 100_000,
  ttlMs: 60_000,
  sharedTtlSec: 60,
  absentTtlSec: 30,
  staleSec: 600,
  codec: itemCodec,
};

export interface JoinOptions extends Partial<NamespaceOptions<Item>> {
  /** Where Redis stays there and loads are counted: none is doubled because an answer or another's load is late. */
  readonly isPatient?: boolean;
  readonly heartbeatMs?: number;
}

/** What a process has of the cache, with connections of its own, once it hears the others. */
export async function joinCache(
  redisUrl: string,
  { isPatient = false, heartbeatMs = 100, ...options }: JoinOptions = {},
): Promise<Member> {
  const redis = await connectRedis({ url: redisUrl, role: 'cache', log: silentLog });
  const breakers = new Breakers(silentLog);
  const cache = createCache({
    redis: isPatient ? patient(redis) : redis,
    url: redisUrl,
    breakers,
    log: silentLog,
    heartbeatMs,
    ...(isPatient && { leaseWaitMs: 10_000 }),
  });
  const items = cache.namespace({ ...itemOptions, ...options });
  await eventually('the cache hears', () => cache.heard);
  return {
    redis,
    cache,
    items,
    leave: async () => {
      breakers.stop();
      await cache.stop();
      await closeRedis(redis);
    },
  };
}

/** A loader of one row that counts its calls and may be held back. */
export function row(text: string, version: number) {
  let calls = 0;
  let gate: Promise<void> = Promise.resolve();
  return {
    get calls() {
      return calls;
    },
    hold(): () => void {
      const { promise, resolve } = Promise.withResolvers<void>();
      gate = promise;
      return resolve;
    },
    load: async () => {
      calls += 1;
      const read = { value: { text, list: [text] }, version };
      await gate;
      return read;
    },
  };
}

export const never = (): Promise<never> => Promise.reject(new Error('must not load'));

/** As the database says it when its server does not answer. */
export const away = (): Promise<never> =>
  Promise.reject(Object.assign(new Error('database down'), { code: 'unavailable' }));
