import { snowflakeTimeMs } from '../lib/snowflake.ts';

/** A stall may make all interactions of a minute late, and hardly those of five; minutes without any do not count. */
const minutesKept = 5;
const minuteMs = 60_000;

interface Minute {
  readonly number: number;
  youngestMs: number;
}

/**
 * How old an interaction is by Discord's clock. The host's clock may be wrong by more than the 3 s that an interaction lives, which
 * would make each of them too old: what a live connection brings is new, so the youngest of the last minutes shows the difference.
 * It is measured from the clock that nobody sets, so that a correction of the host's clock changes nothing.
 */
export class DiscordClock {
  readonly #minutes: Minute[] = [];

  /** In whole milliseconds. `replayed`: sent again after a RESUME, and of any age. Throws a `SyntaxError` for an id that is no number. */
  ageMs(id: string, replayed: boolean, nowMs: number = performance.timeOrigin + performance.now()): number {
    const apparentMs = Math.round(nowMs) - snowflakeTimeMs(id);
    if (!replayed) this.#remember(apparentMs, Math.floor(nowMs / minuteMs));
    const skewMs =
      this.#minutes.length === 0 ? 0 : Math.min(...this.#minutes.map(({ youngestMs }) => youngestMs));
    return apparentMs - skewMs;
  }

  #remember(apparentMs: number, number: number): void {
    const last = this.#minutes.at(-1);
    if (last?.number === number) last.youngestMs = Math.min(last.youngestMs, apparentMs);
    else this.#minutes.push({ number, youngestMs: apparentMs });
    if (this.#minutes.length > minutesKept) this.#minutes.shift();
  }
}
