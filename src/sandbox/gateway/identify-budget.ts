import type { APIGatewaySessionStartLimit } from 'discord-api-types/v10';
import { recordIn } from './record.ts';

/** events/gateway.mdx:188: identifies of all shards in a day. */
const total = 1_000;

/**
 * A client counts its 5 s from its own send; what the network and a busy machine add to the first frame
 * and not to the second is no violation.
 */
const toleranceMs = 250;

export type IdentifyViolation = {
  readonly shardId: number;
  /** `shard_id % max_concurrency`: the bucket that was still closed. */
  readonly bucket: number;
  /** How long ago the bucket's previous identify was admitted. */
  readonly afterMs: number;
};

/** Discord's two limits on IDENTIFY: one per bucket in 5 s, and so many in a day. */
export class IdentifyBudget {
  readonly maxConcurrency: number;
  readonly violations: IdentifyViolation[] = [];
  readonly #windowMs: number;
  readonly #dayMs: number;
  readonly #admittedAt = new Map<number, number>();
  #used = 0;
  #dayEndsAt = 0;

  constructor(options: { maxConcurrency: number; windowMs: number; dayMs: number }) {
    this.maxConcurrency = options.maxConcurrency;
    this.#windowMs = options.windowMs;
    this.#dayMs = options.dayMs;
  }

  /** Whether the bucket of this shard is open now (events/gateway.mdx:509); records the violation if it is not. */
  admit(shardId: number, nowMs: number): boolean {
    const bucket = shardId % this.maxConcurrency;
    const afterMs = nowMs - (this.#admittedAt.get(bucket) ?? -Infinity);
    if (afterMs < this.#windowMs - toleranceMs) {
      recordIn(this.violations, { shardId, bucket, afterMs: Math.round(afterMs) });
      return false;
    }
    this.#admittedAt.set(bucket, nowMs);
    return true;
  }

  /** Takes one identify of the day; `false` when none is left. */
  take(nowMs: number): boolean {
    this.#turnDay(nowMs);
    if (this.#used >= total) return false;
    this.#used += 1;
    return true;
  }

  limit(nowMs: number): APIGatewaySessionStartLimit {
    this.#turnDay(nowMs);
    return {
      total,
      remaining: total - this.#used,
      reset_after: this.#used === 0 ? 0 : Math.ceil(this.#dayEndsAt - nowMs),
      max_concurrency: this.maxConcurrency,
    };
  }

  /** The day begins with its first identify. */
  #turnDay(nowMs: number): void {
    if (nowMs < this.#dayEndsAt) return;
    this.#used = 0;
    this.#dayEndsAt = nowMs + this.#dayMs;
  }
}
