import { errorText } from '../lib/error-text.ts';
import type { Logger } from '../telemetry/log.ts';
import { keys } from './keys.ts';
import type { Redis } from './redis.ts';

/** What processes tell each other of external services: which is to be left alone, and for how long. Only hints: nothing depends on them. */
export class UpstreamHints {
  readonly #redis: Redis;
  readonly #log: Logger;

  constructor(redis: Redis, log: Logger) {
    this.#redis = redis;
    this.#log = log;
  }

  /** Never rejects. */
  async tell(upstream: string, forMs: number): Promise<void> {
    try {
      await this.#redis.set(keys.upstreamAway(upstream), '1', 'PX', Math.ceil(forMs));
    } catch (error) {
      this.#log.debug({ upstream, reason: errorText(error) }, 'the others do not hear of it');
    }
  }

  /** What is left of it in ms; 0 where nobody said anything, or Redis does not answer. */
  async heldMs(upstream: string): Promise<number> {
    try {
      return Math.max(await this.#redis.pttl(keys.upstreamAway(upstream)), 0);
    } catch {
      return 0;
    }
  }
}
