/**
 * Every key and channel of Shoal in Redis. Role: `cache` may be evicted at any time, `state` may not.
 * What two commands of one script touch shares a hash tag (`{…}`), so that Redis Cluster keeps it on one node.
 */
export const keys = {
  /** cache · the L2 entry `codec:version:payload` · TTL the namespace's `sharedTtlSec` · owner `cache` */
  cacheEntry: (namespace: string, key: string) => `shoal:cache:{${namespace}:${key}}`,

  /** cache · who may load and fill a cold entry: a random token · TTL 3 s (`leaseMs`) · owner `cache` */
  cacheLease: (namespace: string, key: string) => `shoal:cache:{${namespace}:${key}}:lease`,

  /** cache, channel · invalidations and heartbeats of all L1 caches as JSON · owner `cache` */
  cacheBus: 'shoal:cache:bus',

  /** state · when the next IDENTIFY of a bucket may be sent, Unix ms by Redis's clock · TTL until then + 1 s · owner `redis/identify-slots` */
  identifySlot: (tokenHash: string, bucket: number) => `shoal:identify:${tokenHash}:${bucket}`,
} as const;
