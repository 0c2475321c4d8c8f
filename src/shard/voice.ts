import { REDIS_CHECK_MS } from '../../config/deadlines.ts';
import { checkRedis, type Redis } from '../redis/redis.ts';

/** Whether this process handles what the gateway brings, or leaves that to the set of shards that it is about to replace. */
export class Voice {
  readonly #state: Redis;
  #muted: boolean;

  constructor(state: Redis, muted: boolean) {
    this.#state = state;
    this.#muted = muted;
  }

  get muted(): boolean {
    return this.#muted;
  }

  /** For a while both sets answer. Only Redis tells them which interactions are taken: without it this one stays muted. */
  async unmute(): Promise<'unmuted' | 'redis fails'> {
    if (this.#muted && (await checkRedis(this.#state, REDIS_CHECK_MS)) === undefined) return 'redis fails';
    this.#muted = false;
    return 'unmuted';
  }
}
