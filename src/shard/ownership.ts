import { setTimeout as delay } from 'node:timers/promises';
import { SHARD_LEASE_MS, SHARD_LEASE_RENEW_MS, SHARD_LEASE_WAIT_MS } from '../../config/sessions.ts';
import { describeIdentity, isGone } from '../ipc/process-identity.ts';
import { errorText } from '../lib/error-text.ts';
import { exitCodes } from '../lib/exit-codes.ts';
import { Failure } from '../lib/failure.ts';
import type { Held, ShardLease } from '../redis/shard-lease.ts';
import type { Logger } from '../telemetry/log.ts';

/** How often a waiting successor asks; a hand-over costs its members at most this much. */
const retryMs = 100;

/**
 * This process's right to serve one shard. While Redis fails nobody can become the owner, and who is one stays it.
 * A process that was paused for as long as a lease lasts may have a successor by now, and has to ask before it does anything.
 */
export class Ownership {
  readonly #lease: ShardLease;
  readonly #log: Logger;
  readonly #onLost: (failure: Failure) => void;
  /** Of the last try to renew, whatever came of it. Monotonic, and goes on while the process is stopped. */
  #lookedAtMs = 0;
  #looking: Promise<boolean> | undefined;
  #renewals: NodeJS.Timeout | undefined;
  #lost = false;
  #left = false;
  #obstacle: string | undefined;

  constructor(options: {
    readonly lease: ShardLease;
    readonly log: Logger;
    /** Called once, when another process has become the owner: nothing may be done for this shard any more. */
    readonly onLost: (failure: Failure) => void;
  }) {
    this.#lease = options.lease;
    this.#log = options.log.child({ shard: options.lease.place.shardId });
    this.#onLost = options.onLost;
  }

  get shardId(): number {
    return this.#lease.place.shardId;
  }

  /** From `acquire` on, until another process takes it over. */
  get owned(): boolean {
    return this.#lookedAtMs > 0 && !this.#lost;
  }

  /** Whether another process has become the owner. */
  get lost(): boolean {
    return this.#lost;
  }

  /** What every write about this shard carries. */
  get epoch(): string {
    return this.#lease.epoch;
  }

  /** Why it is not the owner yet; `undefined` where nothing is in the way. */
  get obstacle(): string | undefined {
    return this.#obstacle;
  }

  /**
   * Waits until no other process serves the shard, then serves it until `release`. An owner that is known to be dead is not waited for.
   * Throws a `Failure` (exit 69) when another one still serves it, or Redis still fails, after 30 s.
   */
  async acquire(signal: AbortSignal): Promise<void> {
    const endMs = performance.now() + SHARD_LEASE_WAIT_MS;
    let gone = '';
    for (let told = false; ;) {
      const startedMs = performance.now();
      const outcome = await this.#lease.acquire(gone).catch(errorText);
      if (outcome === 'acquired') {
        if (!this.#left) return this.#acquired(startedMs);
        await this.release();
        throw new Failure('this process was told to end before it served', exitCodes.unavailable);
      }
      gone = typeof outcome !== 'string' && isGone(outcome.holder) ? outcome.holder : '';
      if (gone !== '') continue;
      const reason = this.#reason(outcome);
      this.#obstacle = reason;
      if (performance.now() > endMs) throw new Failure(reason, exitCodes.unavailable);
      if (!told) this.#log.warn({ reason }, 'waiting to serve this shard');
      told = true;
      await delay(retryMs, undefined, { signal });
    }
  }

  /** Whether this process may serve the shard now: a promise only after a pause, so that events keep their order otherwise. */
  check(): boolean | Promise<boolean> {
    if (this.#lost) return false;
    if (performance.now() - this.#lookedAtMs < SHARD_LEASE_MS) return true;
    this.#log.warn('this process was paused; asking whether it still serves this shard');
    return this.#look();
  }

  /** Another process wrote with a newer epoch. */
  lose(): void {
    if (this.#lost) return;
    this.#lost = true;
    clearInterval(this.#renewals);
    const { shardId, shardCount } = this.#lease.place;
    const reason = `another process has taken over shard ${shardId} of ${shardCount}; this one was paused or cut off from REDIS_STATE_URL`;
    this.#onLost(new Failure(reason, exitCodes.unavailable));
  }

  /** Lets a successor in. Without Redis it comes in when the lease runs out. */
  async release(): Promise<void> {
    this.abandon();
    await this.#lease.release().catch((error: unknown) => {
      this.#log.warn({ reason: errorText(error) }, 'the lease on this shard was not released; it runs out');
    });
  }

  /** The lease is not renewed any more: a successor comes in when this process has ended, or when the lease has run out. */
  abandon(): void {
    this.#left = true;
    clearInterval(this.#renewals);
  }

  #acquired(startedMs: number): void {
    clearInterval(this.#renewals);
    this.#obstacle = undefined;
    this.#lookedAtMs = startedMs;
    this.#renewals = setInterval(() => void this.#look(), SHARD_LEASE_RENEW_MS);
    this.#log.debug({ epoch: this.epoch }, 'this process serves the shard');
  }

  #look(): Promise<boolean> {
    this.#looking ??= this.#renew().finally(() => (this.#looking = undefined));
    return this.#looking;
  }

  async #renew(): Promise<boolean> {
    const startedMs = performance.now();
    try {
      if (!(await this.#lease.renew())) this.lose();
    } catch (error) {
      this.#log.debug({ reason: errorText(error) }, 'the lease on this shard was not renewed');
    }
    this.#lookedAtMs = startedMs;
    return !this.#lost;
  }

  #reason(outcome: Held | string): string {
    const { shardId, shardCount } = this.#lease.place;
    const which = `shard ${shardId} of ${shardCount}`;
    return typeof outcome === 'string'
      ? `${which} gets no owner while REDIS_STATE_URL fails: ${outcome}`
      : `${which} is served by ${describeIdentity(outcome.holder)}; stop that one, or give one of the two other SHARD_IDS`;
  }
}
