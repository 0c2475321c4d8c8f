/** So many actions in a turn of the event loop, so that those who wait for an answer get one during a rush, too. */
const actionsPerTurn = 100;

export type OpenLoopOptions = {
  /** When to act, in milliseconds after the start, in order; it ends with the last. */
  readonly arrivals: Iterator<number>;
  /** What happens then; `dueMs` is when it should have, on the clock of `performance.now()`. */
  readonly act: (dueMs: number) => void;
};

/**
 * Does something at given times, whatever becomes of it: after a stall it catches up, as people do not wait for each
 * other either. Whoever measures must count from `dueMs`: from the action itself, a stall would seem to have cost nothing.
 */
export class OpenLoop {
  readonly #options: OpenLoopOptions;
  readonly #ended = Promise.withResolvers<void>();
  #timer: NodeJS.Timeout | undefined;
  #startedMs = 0;
  #next: IteratorResult<number> | undefined;

  constructor(options: OpenLoopOptions) {
    this.#options = options;
  }

  /** Resolves when the last action was begun, or at `stop`; rejects with what an action throws, and ends. */
  run(): Promise<void> {
    this.#startedMs = performance.now();
    this.#next = this.#options.arrivals.next();
    this.#turn();
    return this.#ended.promise;
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#ended.resolve();
  }

  #turn(): void {
    const nowMs = performance.now();
    try {
      for (let left = actionsPerTurn; left > 0 && this.#dueMs <= nowMs; left -= 1) {
        const dueMs = this.#dueMs;
        this.#next = this.#options.arrivals.next();
        this.#options.act(dueMs);
      }
    } catch (error) {
      return this.#ended.reject(error);
    }
    if (this.#dueMs === Infinity) return this.stop();
    this.#timer = setTimeout(() => this.#turn(), Math.max(0, this.#dueMs - performance.now()));
  }

  /** When the next action is due; `Infinity` after the last. */
  get #dueMs(): number {
    return this.#next && !this.#next.done ? this.#startedMs + this.#next.value : Infinity;
  }
}
