import { randomUUID } from 'node:crypto';
import type { Redis } from './redis.ts';
import { keys } from './keys.ts';
import { defineScript } from './script.ts';

/** The permission to send one request between two times of this process's `performance.now()`. */
export interface RestToken {
  /** What Redis knows it by. */
  readonly name: string;
  readonly startsAt: number;
  readonly endsAt: number;
}

/** A request that was sent, and when Discord had it at the latest. */
export interface SpentToken {
  readonly name: string;
  readonly arrivedBy: number;
}

/** 50 a second and bot (topics/rate-limits, "Global Rate Limit"). One is left to what has no state Redis: the manager, deploy-commands. */
const sharedPerSecond = 49;

/** A token counts for a second from when Discord has the request: whatever second Discord counts, no more fall into it. */
const countedMs = 1_000;

/** What a request may take to reach Discord; assumed until its answer tells better. */
export const flightMs = 150;

/** The most that one lease is good for. A process has one under way at a time, so nobody waits behind more than this of each other one. */
export const leaseSize = 4;

/**
 * While half of the second is free a lease is full, lasts for calls to come, and begins at once; else it is for calls that wait, late
 * by a timer at most, and one token begins after another: a burst would fall to whoever asks the fastest, and come again each second.
 */
const lastsMs = { idle: 1_000, busy: 40 };

/** Of `sharedPerSecond` even steps are 20 ms; shorter ones make up for what was late. */
const stepMs = 15;

/**
 * First what was spent: it counts from its arrival, also in a Redis that has lost it. Then, in the order of asking, the times from
 * which the granted tokens may be used: once so many count, the next may when the earliest of them stops to. Until it is heard of, a
 * token counts as if it were used at its last moment.
 */
const leaseTokens = defineScript(`
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local limit, wanted, full = tonumber(ARGV[2]), tonumber(ARGV[3]), tonumber(ARGV[4])
local lasts, step, counted, flight = tonumber(ARGV[6]), tonumber(ARGV[7]), tonumber(ARGV[8]), tonumber(ARGV[9])
for i = 10, #ARGV, 2 do
  redis.call('ZADD', KEYS[1], string.format('%.0f', now - ARGV[i + 1] + counted), ARGV[i])
end
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now)
local counting = redis.call('ZCARD', KEYS[1])
if counting + full <= limit / 2 then
  wanted, lasts, step = full, tonumber(ARGV[5]), 0
end
local pace = tonumber(redis.call('GET', KEYS[2]) or '0')
local answer = { lasts }
for i = 1, wanted do
  local start = now
  if counting >= limit then
    start = tonumber(redis.call('ZRANGE', KEYS[1], counting - limit, counting - limit, 'WITHSCORES')[2])
  end
  if step > 0 then
    start = math.max(start, pace + step)
    pace = start
  end
  redis.call('ZADD', KEYS[1], string.format('%.0f', start + lasts + flight + counted), ARGV[1] .. i)
  counting = counting + 1
  answer[i + 1] = start - now
end
local latest = tonumber(redis.call('ZRANGE', KEYS[1], -1, -1, 'WITHSCORES')[2])
redis.call('PEXPIRE', KEYS[1], string.format('%.0f', latest - now))
if step > 0 then
  redis.call('SET', KEYS[2], string.format('%.0f', pace), 'PX', string.format('%.0f', pace - now + 1000))
end
return answer
`);

/** Discord's global limit over all processes and hosts of one bot, in leases of a few requests. */
export class RestTokens {
  readonly #redis: Redis;
  readonly #keys: readonly [string, string];

  constructor(redis: Redis, tokenHash: string) {
    this.#redis = redis;
    this.#keys = [keys.restTokens(tokenHash), keys.restPace(tokenHash)];
  }

  /** Tokens for `wanted` calls, of at most `leaseSize`, and what was spent since the last lease. Rejects while Redis fails. */
  async lease(wanted: number, spent: readonly SpentToken[]): Promise<RestToken[]> {
    const name = `${randomUUID()}:`;
    const askedAt = performance.now();
    const reports = spent.flatMap((token) => [token.name, Math.floor(askedAt - token.arrivedBy)]);
    const size = [sharedPerSecond, Math.min(wanted, leaseSize), leaseSize];
    const times = [lastsMs.idle, lastsMs.busy, stepMs, countedMs, flightMs];
    const answer = await leaseTokens(this.#redis, this.#keys, [name, ...size, ...times, ...reports]);
    const answeredAt = performance.now();
    const [lasting = 0, ...starts] = answer as number[];
    // The script ran before the answer came: no token begins too early. It may end late by the way of the answer, which `flightMs` has room for.
    return starts.map((start, index) => ({
      name: `${name}${index + 1}`,
      startsAt: answeredAt + start,
      endsAt: answeredAt + start + lasting,
    }));
  }

  /** Takes nothing. Rejects while Redis fails. */
  async look(): Promise<void> {
    await this.#redis.zcard(this.#keys[0]);
  }
}

/** Whether Redis needs to hear of it: later it would not count any more. */
export function stillCounts({ arrivedBy }: SpentToken): boolean {
  return performance.now() - arrivedBy < countedMs;
}
