/** Looks again after a while for as long as what was seen is not good: what is looked at beside calls alone would stay bad when none come. */
export class LookAgain {
  readonly #ms: number;
  readonly #look: () => void;
  #timer: NodeJS.Timeout | undefined;

  constructor(ms: number, look: () => void) {
    this.#ms = ms;
    this.#look = look;
  }

  /** To be called after every look. */
  seen(good: boolean): void {
    this.stop();
    // It keeps no process alive that has nothing else to do.
    if (!good) this.#timer = setTimeout(this.#look, this.#ms).unref();
  }

  stop(): void {
    clearTimeout(this.#timer);
  }
}
