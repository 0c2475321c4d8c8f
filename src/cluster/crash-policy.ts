import {
  CRASH_LOOP_MAX,
  CRASH_LOOP_MIN,
  CRASH_LOOP_SHARE,
  RESPAWN_FIRST_MS,
  RESPAWN_MAX_MS,
  RESPAWN_RESET_MS,
} from '../../config/supervision.ts';
import { backoffMs } from '../lib/backoff.ts';
import { exitCodes } from '../lib/exit-codes.ts';
import type { ProcessExit } from '../ipc/supervision.ts';

/** Exits that starting again cannot cure. */
const finalCodes: readonly number[] = [exitCodes.usage, exitCodes.config];

/** What to do after an exit: try again in so many ms, or leave it to an operator. */
export type Verdict = { readonly waitMs: number } | 'crash loop' | 'unfit';

/**
 * How often one shard may crash in a row so that, with all shards in a crash loop at once, the day's identifies last:
 * `dailyIdentifies` is the `total` of Discord's `session_start_limit`.
 */
export function crashLimit(dailyIdentifies: number, shardCount: number): number {
  const share = Math.floor((dailyIdentifies * CRASH_LOOP_SHARE) / shardCount);
  return Math.min(Math.max(share, CRASH_LOOP_MIN), CRASH_LOOP_MAX);
}

export function isFinal(exit: ProcessExit): boolean {
  return finalCodes.includes(exit.code ?? -1);
}

/** The failures of one shard in a row. */
export class CrashPolicy {
  readonly #limit: number;
  #failures = 0;
  #crashes = 0;

  /** `limit`: crashes in a row after which it stays down. */
  constructor(limit: number) {
    this.#limit = limit;
  }

  /**
   * `wasWarm`: its stores were open, so it may have sent an IDENTIFY. One that found no database, or whose Redis or Discord was away,
   * has not, and is tried again for ever.
   */
  after(exit: ProcessExit, wasWarm: boolean): Verdict {
    if (exit.servedMs >= RESPAWN_RESET_MS) this.forget();
    if (isFinal(exit)) return 'unfit';
    if (wasWarm && exit.code !== exitCodes.unavailable) this.#crashes += 1;
    if (this.#crashes >= this.#limit) return 'crash loop';
    const { waitMs } = this.notStarted();
    // Members wait: of the 3 s in which an interaction can be answered none is spent here.
    return { waitMs: this.#failures === 1 && exit.servedMs > 0 ? 0 : waitMs };
  }

  /** The operating system did not start a process. */
  notStarted(): { readonly waitMs: number } {
    this.#failures += 1;
    return { waitMs: Math.round(backoffMs(this.#failures, RESPAWN_FIRST_MS, RESPAWN_MAX_MS)) };
  }

  /** An operator starts it again, or it served long enough. */
  forget(): void {
    this.#failures = 0;
    this.#crashes = 0;
  }
}
