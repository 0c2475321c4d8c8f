import { errorText } from '../lib/error-text.ts';
import { keys } from '../redis/keys.ts';
import { publish } from '../redis/nodes.ts';
import type { Redis, RedisServer } from '../redis/redis.ts';
import { subscribe, type Subscription } from '../redis/subscriber.ts';
import type { Logger } from '../telemetry/log.ts';
import { heartbeatText, parseMessage, type Invalidation } from './messages.ts';

export interface BusOptions extends RedisServer {
  readonly redis: Redis;
  readonly log: Logger;
  readonly instanceId: string;
  readonly heartbeatMs: number;
  readonly silentMs: number;
  readonly onInvalidation: (invalidation: Invalidation) => void;
  /** Something may have been missed: all of L1 must go. */
  readonly onGap: () => void;
  /** Called at each heartbeat's interval. */
  readonly onTick: () => void;
}

/**
 * Hears what other processes have written. A subscriber that breaks does so silently, so somebody says something
 * at least once per `heartbeatMs`; a process that hears nothing for `silentMs` knows that it may have missed a write.
 */
export class Bus {
  readonly #options: BusOptions;
  readonly #subscription: Subscription;
  readonly #timer: NodeJS.Timeout;
  #lastHeard = -Infinity;

  constructor(options: BusOptions) {
    this.#options = options;
    const { heartbeatMs } = options;
    this.#subscription = subscribe({
      ...options,
      role: 'cache',
      channel: keys.cacheBus,
      onMessage: (text) => this.#hear(text),
      onSubscribed: () => this.#restart(),
    });
    this.#timer = setInterval(() => this.#tick(), heartbeatMs);
  }

  /** Whether a write of another process would have been heard: only then may L1 be trusted. */
  get heard(): boolean {
    return performance.now() - this.#lastHeard < this.#options.silentMs;
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.#subscription.stop();
  }

  #restart(): void {
    // Unheard until its own heartbeat comes back; that first message then counts as one after a gap.
    this.#lastHeard = -Infinity;
    this.#beat();
  }

  #tick(): void {
    // Whoever is first speaks for all: with N processes there is one heartbeat per interval, not N.
    if (performance.now() - this.#lastHeard > this.#options.heartbeatMs * 0.9) this.#beat();
    this.#options.onTick();
  }

  #beat(): void {
    const { redis, instanceId, log } = this.#options;
    publish(redis, keys.cacheBus, heartbeatText(instanceId)).catch((error: unknown) => {
      log.debug({ reason: errorText(error) }, 'cache heartbeat not sent');
    });
  }

  #hear(text: string): void {
    const { instanceId, onGap, onInvalidation } = this.#options;
    if (!this.heard) onGap();
    this.#lastHeard = performance.now();
    const message = parseMessage(text);
    // What a newer release says may be a write that this one cannot read.
    if (message === undefined) onGap();
    else if (message !== 'heartbeat' && message.origin !== instanceId) onInvalidation(message);
  }
}
