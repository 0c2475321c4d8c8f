import { REDIS_CHECK_MS, SHARD_LEFT_MS } from '../../config/deadlines.ts';
import { inTime } from '../lib/within.ts';
import { checkRedis, type Redis } from '../redis/redis.ts';
import type { Gateway } from './gateway.ts';

/** The end of this process's service, asked for by a signal or by the manager; it happens once. */
export class Leaving {
  readonly #gateway: Gateway;
  readonly #state: Redis;
  readonly #begun = new AbortController();
  #left: Promise<void> | undefined;

  constructor(gateway: Gateway, state: Redis) {
    this.#gateway = gateway;
    this.#state = state;
  }

  /** Aborted once the manager has asked to hand over. */
  get signal(): AbortSignal {
    return this.#begun.signal;
  }

  /** No more events; resolves when the sessions are saved, the leases released and the connections closed. */
  left(): Promise<void> {
    this.#left ??= this.#gateway.handOver();
    return this.#left;
  }

  /**
   * The manager's request. The connections' close frames are not waited for. While Redis fails this process goes on: there its
   * successor would find neither the lease nor the session.
   */
  async handOver(): Promise<'handed over' | 'redis fails'> {
    if ((await checkRedis(this.#state, REDIS_CHECK_MS)) === undefined) return 'redis fails';
    this.#begun.abort();
    await inTime(this.left(), SHARD_LEFT_MS);
    return 'handed over';
  }
}
