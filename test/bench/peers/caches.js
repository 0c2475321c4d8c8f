import { createKeyv } from '@keyv/redis';
import { BentoCache, bentostore } from 'bentocache';
import { memoryDriver } from 'bentocache/drivers/memory';
import { redisBusDriver, redisDriver } from 'bentocache/drivers/redis';
import { Cacheable, CacheableMemory, Keyv } from 'cacheable';
import { Redis } from 'ioredis';

/** Each as its documentation sets up two tiers, with the same times and sizes. */
export const peers = {
  bentocache({ url, ttlMs, maxEntries }) {
    const { hostname: host, port, username, password } = new URL(url);
    const connection = { host, port: Number(port), username, password };
    const client = new Redis(connection);
    const store = bentostore()
      .useL1Layer(memoryDriver({ maxItems: maxEntries }))
      .useL2Layer(redisDriver({ connection: client }))
      .useBus(redisBusDriver({ connection }));
    const cache = new BentoCache({ default: 'both', stores: { both: store }, ttl: ttlMs });
    return {
      read: (key, load) => cache.getOrSet({ key, factory: load }),
      write: (key, value) => cache.set({ key, value }),
    };
  },

  cacheable({ url, ttlMs, maxEntries }) {
    const primary = new Keyv({ store: new CacheableMemory({ lruSize: maxEntries, ttl: ttlMs }) });
    const cache = new Cacheable({ primary, secondary: createKeyv(url), ttl: ttlMs });
    return {
      read: (key, load) => cache.getOrSet(key, load, { ttl: ttlMs }),
      write: (key, value) => cache.set(key, value, ttlMs),
    };
  },
};

/** The binary form that is usually proposed instead of JSON. */
export { decode as unpack, encode as pack } from '@msgpack/msgpack';
