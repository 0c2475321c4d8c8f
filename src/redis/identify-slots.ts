import { createHash } from 'node:crypto';
import type { Redis } from './redis.ts';
import { errorText } from '../lib/error-text.ts';
import type { Logger } from '../telemetry/log.ts';
import { keys } from './keys.ts';
import { defineScript } from './script.ts';

export interface IdentifySlots {
  /** Milliseconds to wait before the IDENTIFY of `bucket` (`shard_id % max_concurrency`). Never rejects. */
  reserve(bucket: number): Promise<number>;
}

/**
 * Discord takes one IDENTIFY per bucket in 5 s, counted when it arrives. Two processes' paths differ: timers run late,
 * TLS and TCP retransmit. 500 ms more keep an early second one from meeting a late first one.
 */
const identifyWindowMs = 5_500;

/** The next free window of a bucket, by Redis's clock so that the clocks of the hosts do not matter. */
const reserveWindow = defineScript(`
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local start = math.max(now, tonumber(redis.call('GET', KEYS[1]) or '0'))
local next = start + tonumber(ARGV[1])
redis.call('SET', KEYS[1], string.format('%.0f', next), 'PX', string.format('%.0f', next - now + 1000))
return start - now
`);

/** What stands for a bot token in keys: the token itself is never stored. */
export function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

/**
 * Identify windows shared by all processes and hosts of one bot, through the state Redis.
 *
 * While Redis fails, this process keeps to one IDENTIFY per window over all buckets together, counted from its last one.
 * It then knows nothing of other processes: N of them can send N identifies in one window, of which Discord refuses
 * (op 9) those beyond the bucket's one; each refused one is tried again and costs one of the day's identifies.
 */
export function createIdentifySlots(options: {
  readonly redis: Redis;
  readonly tokenHash: string;
  readonly log: Logger;
  readonly windowMs?: number;
}): IdentifySlots {
  const { redis, tokenHash, log, windowMs = identifyWindowMs } = options;
  let localFree = 0;

  return {
    async reserve(bucket) {
      let wait: number;
      try {
        wait = Number(await reserveWindow(redis, [keys.identifySlot(tokenHash, bucket)], [windowMs]));
      } catch (error) {
        log.warn(
          { bucket, reason: errorText(error) },
          'identify slot not shared: redis failed, local limit used',
        );
        wait = Math.max(0, localFree - performance.now());
      }
      localFree = Math.max(localFree, performance.now() + wait + windowMs);
      return wait;
    },
  };
}
