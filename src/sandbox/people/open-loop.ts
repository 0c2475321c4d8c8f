/** So many actions in a turn of the event loop, so that those who wait for an answer get one during a rush, too. */
const actionsPerTurn = 100;

export type OpenLoopOptions = {
  readonly perSecond: number;
  /** What happens at that rate; `dueMs` is when it should have, on the clock of `performance.now()`. */
  readonly act: (dueMs: number) => void;
  /** Ends by itself after so many; default: only when it is stopped. */
  readonly count?: number;
};

/**
 * Does something at a given rate, whatever becomes of it: after a stall it catches up, as people do not wait for each
 * other either. Whoever measures must count from `dueMs`: from the action itself, a stall would seem to have cost nothing.
 */
export class OpenLoop {
  readonly #options: OpenLoopOptions;
  readonly #ended = Promise.withResolvers<void>();
  #timer: NodeJS.Timeout | undefined;
  #startedMs = 0;
  #done = 0;

  constructor(options: OpenLoopOptions) {
    this.#options = options;
  }

  /** Resolves when `count` actions were begun, or at `stop`; rejects with what an action throws, and ends. */
  run(): Promise<void> {
    this.#startedMs = performance.now();
    this.#turn();
    return this.#ended.promise;
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#ended.resolve();
  }

  #turn(): void {
    const { act, count = Infinity } = this.#options;
    try {
      const nowMs = performance.now();
      for (let left = actionsPerTurn; left > 0 && this.#done < count && this.#dueMs <= nowMs; left -= 1) {
        const dueMs = this.#dueMs;
        this.#done += 1;
        act(dueMs);
      }
    } catch (error) {
      return this.#ended.reject(error);
    }
    if (this.#done >= count) return this.stop();
    this.#timer = setTimeout(() => this.#turn(), Math.max(0, this.#dueMs - performance.now()));
  }

  /** When the next action is due. */
  get #dueMs(): number {
    return this.#startedMs + (this.#done * 1_000) / this.#options.perSecond;
  }
}
