/** What is under way for one message. */
interface State {
  newest: number;
  busy: boolean;
  waiting: ((mine: boolean) => void) | undefined;
}

/**
 * Many members press the buttons of one message at the same moment, and each answer could show the new state. One after another they
 * would take too long, at once they would overtake each other and an older state would stay. So one is under way at a time, the newest
 * that waits comes next, and the others are told that theirs is no longer needed. All interactions of a guild come to one process.
 */
export class Turns {
  readonly #states = new Map<string, State>();

  /**
   * Runs `show` when it is the turn of `revision`, and resolves true when that is done, or false, without it, where a newer
   * revision shows more. Rejects when `show` does.
   */
  async take(key: string, revision: number, show: () => Promise<void>): Promise<boolean> {
    const state = this.#states.get(key) ?? { newest: -1, busy: false, waiting: undefined };
    if (revision <= state.newest) return false;
    this.#states.set(key, state);
    state.newest = revision;
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
