/** What is under way for one message. */
interface State {
  busy: boolean;
  waiting: ((mine: boolean) => void) | undefined;
}

/** Of so many messages it is known what was shown last: more than anybody presses buttons on at a time. */
const remembered = 1_000;

/**
 * Many members press the buttons of one message at the same moment, and each answer could show the new state. One after another they
 * would take too long, at once they would overtake each other and an older state would stay. So one is under way at a time, the newest
 * that waits comes next, and the others are told that theirs is no longer needed. All interactions of a guild come to one process.
 */
export class Turns {
  readonly #states = new Map<string, State>();
  /** Kept when nothing is under way: what was decided before may still come after it. The longest unused first. */
  readonly #newest = new Map<string, number>();

  /**
   * Runs `show` when it is the turn of `revision`, and resolves true when that is done, or false, without it, where a newer
   * revision shows more. Rejects when `show` does.
   */
  async take(key: string, revision: number, show: () => Promise<void>): Promise<boolean> {
    if (revision <= (this.#newest.get(key) ?? -1)) return false;
    this.#remember(key, revision);
    const state = this.#states.get(key) ?? { busy: false, waiting: undefined };
    this.#states.set(key, state);
    state.waiting?.(false);
    state.waiting = undefined;
    if (state.busy && !(await new Promise<boolean>((resolve) => (state.waiting = resolve)))) return false;
    state.busy = true;
    try {
      await show();
      return true;
    } finally {
      this.#next(key, state);
    }
  }

  #remember(key: string, revision: number): void {
    this.#newest.delete(key);
    this.#newest.set(key, revision);
    const [oldest] = this.#newest.keys();
    if (this.#newest.size > remembered && oldest !== undefined) this.#newest.delete(oldest);
  }

  #next(key: string, state: State): void {
    state.busy = false;
    const next = state.waiting;
    state.waiting = undefined;
    // Busy on behalf of the next one, who goes on in a later turn of the event loop.
    if (next !== undefined) {
      state.busy = true;
      next(true);
    } else this.#states.delete(key);
  }
}
