import type { Redis } from './redis.ts';
import { keys } from './keys.ts';

/** What the bot was resharded to. */
export interface KeptShardCount {
  readonly shardCount: number;
  /** What DISCORD_SHARDS was then: as long as it still is, it is the older of the two. */
  readonly configured: 'auto' | number;
  /** In ms since 1970. */
  readonly atMs: number;
}

/** The shard count of a bot that was resharded, for managers that start later. Every method rejects while Redis fails. */
export class ShardCountStore {
  readonly #redis: Redis;
  readonly #key: string;

  constructor(redis: Redis, tokenHash: string) {
    this.#redis = redis;
    this.#key = keys.shardCount(tokenHash);
  }

  async load(): Promise<KeptShardCount | undefined> {
    const text = await this.#redis.get(this.#key);
    return text === null ? undefined : (JSON.parse(text) as KeptShardCount);
  }

  async save(kept: KeptShardCount): Promise<void> {
    await this.#redis.set(this.#key, JSON.stringify(kept));
  }

  async forget(): Promise<void> {
    await this.#redis.del(this.#key);
  }
}
