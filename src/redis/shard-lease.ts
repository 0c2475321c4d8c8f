import type { Redis } from './redis.ts';
import { keys, type ShardPlace } from './keys.ts';
import { defineScript } from './script.ts';

/** Somebody else's lease: who, and for how many ms it lasts without renewal. */
export interface Held {
  readonly holder: string;
  readonly forMs: number;
}

/** Epochs come from Redis's clock, so that one that was forgotten after a day is followed by a greater one all the same. */
const epochKeptMs = 86_400_000;

/**
 * A new owner is a new epoch, greater than every one before, also when Redis came back empty. The holder itself may ask again: of an
 * earlier call that Redis carried out late it has not heard.
 */
const acquireLease = defineScript(`
local holder = redis.call('GET', KEYS[1])
if holder and holder ~= ARGV[1] and holder ~= ARGV[3] then return { '', holder, redis.call('PTTL', KEYS[1]) } end
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local epoch = string.format('%.0f', math.max(now, tonumber(redis.call('GET', KEYS[2]) or '0') + 1))
redis.call('SET', KEYS[2], epoch, 'PX', ARGV[4])
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
return { epoch, '', 0 }
`);

/** Also after the lease ran out, or Redis forgot it: while no newer epoch exists there is no other owner. */
const renewLease = defineScript(`
if tonumber(redis.call('GET', KEYS[2]) or '0') > tonumber(ARGV[3]) then return 0 end
redis.call('SET', KEYS[2], ARGV[3], 'PX', ARGV[4])
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
return 1
`);

const releaseLease = defineScript(`
if redis.call('GET', KEYS[1]) == ARGV[1] then redis.call('DEL', KEYS[1]) end
`);

/** The right to serve one shard, over all processes and hosts: held by one process at a time, for `leaseMs` from each renewal. */
export class ShardLease {
  readonly place: ShardPlace;
  readonly #redis: Redis;
  readonly #owner: string;
  readonly #leaseMs: number;
  readonly #keys: readonly [string, string];
  #epoch: string | undefined;

  /** `owner` names this process, and no other one. */
  constructor(options: {
    readonly redis: Redis;
    readonly place: ShardPlace;
    readonly owner: string;
    readonly leaseMs: number;
  }) {
    this.place = options.place;
    this.#redis = options.redis;
    this.#owner = options.owner;
    this.#leaseMs = options.leaseMs;
    this.#keys = [keys.shardLease(options.place), keys.shardEpoch(options.place)];
  }

  /** What every write about this shard carries. Throws before `acquire` has succeeded. */
  get epoch(): string {
    if (this.#epoch === undefined) throw new Error(`shard ${this.place.shardId} is not owned yet`);
    return this.#epoch;
  }

  /**
   * Takes the lease, or tells who holds it. `gone`: a holder whose process is known to be dead, from whom it is taken at once.
   * Rejects while Redis fails.
   */
  async acquire(gone = ''): Promise<Held | 'acquired'> {
    const [epoch, holder, forMs] = (await acquireLease(this.#redis, this.#keys, [
      this.#owner,
      this.#leaseMs,
      gone,
      epochKeptMs,
    ])) as [string, string, number];
    if (epoch === '') return { holder, forMs };
    this.#epoch = epoch;
    return 'acquired';
  }

  /** False once another process has become the owner; this one never is again. Rejects while Redis fails. */
  async renew(): Promise<boolean> {
    const args = [this.#owner, this.#leaseMs, this.epoch, epochKeptMs];
    return (await renewLease(this.#redis, this.#keys, args)) === 1;
  }

  /** Lets a successor in at once. Rejects while Redis fails; then it comes in when the lease runs out. */
  async release(): Promise<void> {
    await releaseLease(this.#redis, this.#keys, [this.#owner]);
  }
}
