import type { Redis } from './redis.ts';
import { errorText } from '../lib/error-text.ts';
import { LookAgain } from '../lib/look-again.ts';
import type { Logger } from '../telemetry/log.ts';
import { restInvalidTotal, restInvalidWindow } from '../telemetry/rest.ts';
import { keys } from './keys.ts';
import { defineScript } from './script.ts';

/** An address that sends so many in ten minutes is banned (topics/rate-limits, "Invalid Request Limit"). */
const invalidRequestsAllowed = 10_000;

/** From here on only what must be sent is: a fifth is left to it, and to whatever else calls Discord from this address. */
const nearShare = 0.8;

/** A process that calls Discord learns this often what the others have counted. */
const askMs = 1_000;

/** One that calls nobody learns this often, as long as there are any, that they have become fewer. */
const quietAskMs = 5_000;

/** Counts by the minute, so that the window moves: the sum of the last ten and of the present one. */
const countInvalid = defineScript(`
local minute = math.floor(redis.call('TIME')[1] / 60)
if tonumber(ARGV[1]) > 0 then
  redis.call('HINCRBY', KEYS[1], minute, ARGV[1])
  redis.call('EXPIRE', KEYS[1], 660)
end
local sum = 0
local counts = redis.call('HGETALL', KEYS[1])
for i = 1, #counts, 2 do
  if tonumber(counts[i]) < minute - 10 then
    redis.call('HDEL', KEYS[1], counts[i])
  else
    sum = sum + counts[i + 1]
  end
end
return sum
`);

/**
 * Invalid requests of all processes that share this Redis, whatever their host and token: Discord counts by address, hosts may share
 * one (NAT), and a process cannot see its own. Of two hosts with an address each the sum is stricter than it has to be.
 *
 * While Redis fails a process goes by the sum it knew last and what it counts itself; it tells Redis when that is back.
 */
export class InvalidRequests {
  readonly #redis: Redis;
  readonly #log: Logger;
  readonly #near: number;
  /** As Redis said last, and when that was asked for. */
  #known = 0;
  #askedAt = -Infinity;
  #untold = 0;
  #asking = false;
  #wasNear = false;
  readonly #again = new LookAgain(quietAskMs, () => void this.#tell());

  constructor(options: { readonly redis: Redis; readonly log: Logger; readonly allowed?: number }) {
    this.#redis = options.redis;
    this.#log = options.log;
    this.#near = (options.allowed ?? invalidRequestsAllowed) * nearShare;
  }

  /** Whether the ban is near. Answers by what is known, and asks beside. */
  get near(): boolean {
    if (performance.now() - this.#askedAt > askMs) void this.#tell();
    return this.#known + this.#untold >= this.#near;
  }

  /** `status` is one that Discord counts: 401, 403, or 429 but of scope shared. */
  count(status: number): void {
    restInvalidTotal.inc({ status });
    this.#untold += 1;
    void this.#tell();
  }

  async #tell(): Promise<void> {
    if (this.#asking) return;
    this.#asking = true;
    this.#askedAt = performance.now();
    const told = this.#untold;
    try {
      this.#known = Number(await countInvalid(this.#redis, [keys.restInvalid], [told]));
      this.#untold -= told;
    } catch (error) {
      this.#log.debug({ reason: errorText(error) }, 'invalid requests are not shared: redis fails');
    }
    this.#asking = false;
    this.#report();
  }

  /** Once when the ban comes near, and once when it is far again. */
  #report(): void {
    const count = this.#known + this.#untold;
    restInvalidWindow.set(count);
    this.#again.seen(count === 0);
    if (count >= this.#near === this.#wasNear) return;
    this.#wasNear = !this.#wasNear;
    if (this.#wasNear)
      this.#log.error({ count }, "near Discord's ban of this address: only interactions are answered");
    else this.#log.info({ count }, "Discord's ban of this address is not near any more");
  }
}
