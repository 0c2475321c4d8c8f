import { setTimeout as delay } from 'node:timers/promises';
import { INTERACTION_WINDOW_MS } from '../../config/sessions.ts';
import type { ReshardProgress } from '../ipc/supervision.ts';
import { aborted } from '../lib/aborted.ts';
import { errorText } from '../lib/error-text.ts';
import type { Logger } from '../telemetry/log.ts';
import { comesUp } from './coming-up.ts';
import type { Fleet } from './fleet.ts';
import type { Shards } from './shards.ts';

export interface ReshardingOptions {
  readonly fleet: Fleet;
  /** What speaks against a shard count; rejects when Discord cannot be asked. */
  readonly objection: (shardCount: number) => Promise<string | undefined>;
  /** A muted set of all shards under this count, not started yet. */
  readonly makeShards: (shardCount: number) => Shards;
  /** Keeps the count for managers that start later. */
  readonly keep: (shardCount: number) => Promise<void>;
  readonly log: Logger;
  /** The manager's end. */
  readonly stop: AbortSignal;
}

/**
 * Changes the shard count while the bot serves. A muted set under the new count comes up beside the one that serves. Then it is unmuted,
 * and for as long as an interaction lives both answer, each interaction once (`Intake`); then the old set ends. What the new set ignored
 * while it was muted is too old to be answered by then, and all that is younger it answers, whatever the old set had not yet read.
 */
export class Resharding {
  readonly #options: ReshardingOptions;
  #givenUp: AbortController | undefined;

  constructor(options: ReshardingOptions) {
    this.#options = options;
  }

  /** What speaks against it, in one line; `undefined` when nothing does. Rejects when Discord cannot be asked. */
  objection(shardCount: number): Promise<string | undefined> {
    return this.#options.objection(shardCount);
  }

  /** False when there is nothing to give up: none is under way, or the new count is in force already. */
  giveUp(): boolean {
    this.#givenUp?.abort();
    return this.#givenUp !== undefined;
  }

  /** Never rejects: what fails before the new count is in force leaves the old set serving, and `onProgress` hears why. */
  async run(shardCount: number, onProgress: (progress: ReshardProgress) => void): Promise<void> {
    const { fleet, log, stop } = this.#options;
    const serving = fleet.current.shardCount;
    try {
      await this.#prepare(shardCount, onProgress);
    } catch (error) {
      const reason = errorText(error);
      log.error({ shardCount, serving, reason }, 'the reshard stops here; the old shards serve on');
      await fleet.dismiss();
      return onProgress({ step: 'failed', shardCount, reason, serving });
    }
    fleet.switchOver();
    log.info({ shardCount, before: serving }, 'resharded; the old shards end');
    onProgress({ step: 'switched', shardCount });
    await Promise.race([delay(INTERACTION_WINDOW_MS), aborted(stop)]);
    await fleet.dismiss();
    onProgress({ step: 'done', shardCount });
  }

  async #prepare(shardCount: number, onProgress: (progress: ReshardProgress) => void): Promise<void> {
    const { fleet, makeShards, keep, log, stop } = this.#options;
    this.#givenUp = new AbortController();
    try {
      const next = makeShards(shardCount);
      fleet.prepare(next);
      const level = fleet.current.logLevel;
      if (level !== undefined) await next.changeLogLevel(level);
      log.info({ shardCount }, 'resharding: the new shards start beside the old');
      await next.start();
      await comesUp(next, AbortSignal.any([this.#givenUp.signal, stop]), (ready) =>
        onProgress({ step: 'starting', shardCount, ready }),
      );
      // From here on it takes a moment, and cannot be given up.
      this.#givenUp = undefined;
      await next.unmute();
      await keep(shardCount);
    } finally {
      this.#givenUp = undefined;
    }
  }
}
