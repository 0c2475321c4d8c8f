import type { Redis } from './redis.ts';
import { keys, placeText, type ShardPlace } from './keys.ts';
import { defineScript } from './script.ts';

/**
 * The first to come gets it. An owner that died before Discord had an answer leaves its claim to a later owner of the same shard;
 * epochs of other shards say nothing about this one.
 */
const claimInteraction = defineScript(`
local taken = redis.call('GET', KEYS[1])
if taken then
  local place, epoch = string.match(taken, '^(%S+) (%d+)$')
  if place ~= ARGV[1] or tonumber(epoch) >= tonumber(ARGV[2]) then return 0 end
end
redis.call('SET', KEYS[1], ARGV[1] .. ' ' .. ARGV[2], 'PX', ARGV[3])
return 1
`);

/** Interactions are handled once over all processes: replays after a RESUME and doubled dispatches are told apart by their id. */
export class InteractionClaims {
  readonly #redis: Redis;
  readonly #keptMs: number;

  constructor(redis: Redis, keptMs: number) {
    this.#redis = redis;
    this.#keptMs = keptMs;
  }

  /** False for one that was taken before. Rejects while Redis fails. */
  async claim(id: string, place: ShardPlace, epoch: string): Promise<boolean> {
    const args = [placeText(place), epoch, this.#keptMs];
    return (await claimInteraction(this.#redis, [keys.interaction(id)], args)) === 1;
  }

  /** Discord has its first answer: nobody takes it again. Rejects while Redis fails. */
  async done(id: string): Promise<void> {
    await this.#redis.set(keys.interaction(id), 'done', 'PX', this.#keptMs);
  }
}
