import { setTimeout as delay } from 'node:timers/promises';
import type { IIdentifyThrottler } from '@discordjs/ws';

/**
 * Lets a shard IDENTIFY when its bucket (`shard_id % max_concurrency`) has a free window over all processes and hosts.
 * Rejects on abort only: the library answers any other rejection with an IDENTIFY that nobody throttled.
 */
export function identifyThrottler(
  maxConcurrency: () => number,
  reserve: (bucket: number) => Promise<number>,
): IIdentifyThrottler {
  return {
    async waitForIdentify(shardId, signal) {
      await delay(await reserve(shardId % maxConcurrency()), undefined, { signal });
    },
  };
}
