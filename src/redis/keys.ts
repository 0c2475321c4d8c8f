/**
 * Every key and channel of Shoal in Redis. Role: `cache` may be evicted at any time, `state` may not.
 * What two commands of one script touch shares a hash tag (`{…}`), so that Redis Cluster keeps it on one node.
 */
export const keys = {
  /** cache · the L2 entry `codec:version:payload` · TTL the namespace's `sharedTtlSec` + `staleSec` · owner `cache` */
  cacheEntry: (namespace: string, key: string) => `shoal:cache:{${namespace}:${key}}`,

  /** cache · who may load and fill a cold entry: a random token · TTL 3 s (`leaseMs`) · owner `cache` */
  cacheLease: (namespace: string, key: string) => `shoal:cache:{${namespace}:${key}}:lease`,

  /** cache, channel · invalidations and heartbeats of all L1 caches as JSON · owner `cache` */
  cacheBus: 'shoal:cache:bus',

  /** cache · an external service that is to be left alone · TTL until it may be called again · owner `redis/upstream-hints` */
  upstreamAway: (upstream: string) => `shoal:cache:upstream:${upstream}`,

  /** state · when the next IDENTIFY of a bucket may be sent, Unix ms by Redis's clock · TTL until then + 1 s · owner `redis/identify-slots` */
  identifySlot: (tokenHash: string, bucket: number) => `shoal:identify:${tokenHash}:${bucket}`,

  /** state · what counts towards the bot's REST requests of a second: a sorted set of tokens by when they stop to count, Unix ms by Redis's clock · TTL until the last of them · owner `redis/rest-tokens` */
  restTokens: (tokenHash: string) => `shoal:rest:{${tokenHash}}:tokens`,

  /** state · when the latest of those tokens that had to be waited for may be used, Unix ms by Redis's clock · TTL until 1 s later · owner `redis/rest-tokens` */
  restPace: (tokenHash: string) => `shoal:rest:{${tokenHash}}:pace`,

  /** state · invalid requests of all processes: a hash of counts by minute since 1970 · TTL 10 min after the last · owner `redis/invalid-requests` */
  restInvalid: 'shoal:rest:invalid',

  /** state · what the bot was resharded to, as JSON · no TTL · owner `redis/shard-count` */
  shardCount: (tokenHash: string) => `shoal:shard-count:${tokenHash}`,

  /** state · which process serves the shard: its identity · TTL `SHARD_LEASE_MS` · owner `redis/shard-lease` */
  shardLease: (shard: ShardPlace) => `shoal:shard:{${placeText(shard)}}:lease`,

  /** state · the newest fencing epoch of the shard, grows with every new owner · TTL 1 d · owner `redis/shard-lease` */
  shardEpoch: (shard: ShardPlace) => `shoal:shard:{${placeText(shard)}}:epoch`,

  /** state · the gateway session as JSON · TTL `SESSION_KEPT_MS` · owner `redis/session-store` */
  shardSession: (shard: ShardPlace) => `shoal:shard:{${placeText(shard)}}:session`,

  /** state · the guild ids of that session as a JSON array · TTL `SESSION_KEPT_MS` · owner `redis/session-store` */
  shardGuilds: (shard: ShardPlace) => `shoal:shard:{${placeText(shard)}}:guilds`,

  /** state · who took the interaction: `<place> <epoch>`, or `done` once Discord has its first answer · TTL `CLAIM_KEPT_MS` · owner `redis/interaction-claims` */
  interaction: (id: string) => `shoal:interaction:${id}`,

  /** state · when a quota of a command or component will be whole again, Unix ms by Redis's clock · TTL until then · owner `redis/limits` */
  limit: (tokenHash: string, of: string, quota: string) => `shoal:limit:{${tokenHash}:${of}}:${quota}`,
} as const;

/** A shard of one bot under one shard count: what has an owner and a session. */
export interface ShardPlace {
  readonly tokenHash: string;
  readonly shardCount: number;
  readonly shardId: number;
}

export function placeText({ tokenHash, shardCount, shardId }: ShardPlace): string {
  return `${tokenHash}:${shardCount}:${shardId}`;
}
