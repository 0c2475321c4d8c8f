import { setTimeout as delay } from 'node:timers/promises';
import type { IIdentifyThrottler } from '@discordjs/ws';

export interface ThrottlerOptions {
  readonly maxConcurrency: () => number;
  /** Milliseconds to wait for the next free window of a bucket. Never rejects. */
  readonly reserve: (bucket: number) => Promise<number>;
  /** Resolves when the day has an identify left beyond its reserve. Rejects on abort only. */
  readonly identifyLeft: (signal: AbortSignal) => Promise<void>;
  /** Whoever waits longer asks again: meanwhile others spend theirs. */
  readonly askAgainMs: number;
}

/** A slot may be used so late and still keep clear of the next one, see `redis/identify-slots.ts`. */
const slackMs = 250;

/**
 * Lets a shard IDENTIFY when its bucket (`shard_id % max_concurrency`) has a free window over all processes and hosts, and the day an
 * identify left. Rejects on abort only: the library answers any other rejection with an IDENTIFY that nobody throttled.
 */
export function identifyThrottler(options: ThrottlerOptions): IIdentifyThrottler {
  const { maxConcurrency, reserve, identifyLeft, askAgainMs } = options;
  return {
    async waitForIdentify(shardId, signal) {
      // Discord's answer takes some of the wait; where it took more than that, the slot is gone and the next try asks earlier.
      for (let aheadMs = askAgainMs / 2; ; aheadMs *= 2) {
        const waitMs = await reserve(shardId % maxConcurrency());
        const dueMs = performance.now() + waitMs;
        if (waitMs > askAgainMs) {
          await delay(Math.max(0, waitMs - aheadMs), undefined, { signal });
          await identifyLeft(signal);
        }
        const leftMs = dueMs - performance.now();
        if (leftMs < -slackMs) continue;
        await delay(Math.max(0, leftMs), undefined, { signal });
        return;
      }
    },
  };
}
