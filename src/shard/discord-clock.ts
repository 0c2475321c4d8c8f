import { snowflakeTimeMs } from '../lib/snowflake.ts';

/** Enough that a few late ones do not count, few enough that a corrected clock is noticed soon. */
const kept = 16;

/**
 * How old an interaction is by Discord's clock. The host's clock may be wrong by more than the 3 s that an interaction lives, which
 * would make each of them too old: what a live connection brings is new, so the youngest of the last ones shows the difference.
 */
export class DiscordClock {
  readonly #liveAgesMs: number[] = [];

  /** `replayed`: sent again after a RESUME, and of any age. Throws a `SyntaxError` for an id that is no number. */
  ageMs(id: string, replayed: boolean, nowMs: number = Date.now()): number {
    const apparentMs = nowMs - snowflakeTimeMs(id);
    if (!replayed) {
      this.#liveAgesMs.push(apparentMs);
      if (this.#liveAgesMs.length > kept) this.#liveAgesMs.shift();
    }
    const skewMs = this.#liveAgesMs.length === 0 ? 0 : Math.min(...this.#liveAgesMs);
    return apparentMs - skewMs;
  }
}
