import type { Redis } from './redis.ts';
import { keys } from './keys.ts';
import { defineScript } from './script.ts';

/** So many uses at once, and then one for each equal part of the time; `subject` says whose, and is bounded in length. */
export interface Quota {
  readonly subject: string;
  readonly times: number;
  readonly withinMs: number;
}

/**
 * The generic cell rate algorithm (ITU-T I.371, annex A, "virtual scheduling"): a key holds when the quota will be whole again, which
 * each use puts off by one part. A use that would put it off beyond `withinMs` has to wait. All quotas admit it, or none of them counts it.
 */
const takeOne = defineScript(`
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local wait, whole = 0, {}
for i, key in ipairs(KEYS) do
  local within, part = tonumber(ARGV[2 * i - 1]), tonumber(ARGV[2 * i])
  whole[i] = math.max(now, tonumber(redis.call('GET', key) or '0')) + part
  wait = math.max(wait, whole[i] - now - within)
end
if wait > 0 then return wait end
for i, key in ipairs(KEYS) do
  redis.call('SET', key, string.format('%.0f', whole[i]), 'PX', string.format('%.0f', whole[i] - now))
end
return 0
`);

/** What members have used up, over all processes and hosts of one bot, by Redis's clock. */
export class SharedLimits {
  readonly #redis: Redis;
  readonly #tokenHash: string;

  constructor(redis: Redis, tokenHash: string) {
    this.#redis = redis;
    this.#tokenHash = tokenHash;
  }

  /** 0 when it is admitted, and counted; else the ms to wait. `of`: what is used, the same for all of its quotas. Rejects while Redis fails. */
  async take(of: string, quotas: readonly Quota[]): Promise<number> {
    const names = quotas.map((quota) => keys.limit(this.#tokenHash, of, quotaText(quota)));
    const args = quotas.flatMap(({ times, withinMs }) => [withinMs, spacingMs({ times, withinMs })]);
    return Number(await takeOne(this.#redis, names, args));
  }
}

/** What one use costs of the time; rounded down, so that all of them fit into it at once. */
export function spacingMs({ times, withinMs }: Pick<Quota, 'times' | 'withinMs'>): number {
  return Math.floor(withinMs / times);
}

/** With its size: what was counted under another size says nothing about this one. */
export function quotaText({ subject, times, withinMs }: Quota): string {
  return `${subject}:${times}/${withinMs}`;
}
