/** Counts what happens in windows of equal length, each of which opens with the first thing that happens after the last. */
export class Window {
  used = 0;
  #endsAtMs = -Infinity;
  readonly #lengthMs: number;

  constructor(lengthMs: number) {
    this.#lengthMs = lengthMs;
  }

  /** Takes one of `limit`; `false` when none is left. `nowMs` is of a clock that only goes forward. */
  take(limit: number, nowMs: number): boolean {
    if (this.isOver(nowMs)) {
      this.#endsAtMs = nowMs + this.#lengthMs;
      this.used = 0;
    }
    if (this.used >= limit) return false;
    this.used += 1;
    return true;
  }

  isOver(nowMs: number): boolean {
    return nowMs >= this.#endsAtMs;
  }

  leftMs(nowMs: number): number {
    return Math.max(0, this.#endsAtMs - nowMs);
  }
}
