/** Something that is due once, after a while, unless it is cancelled. */
export class Later {
  #timer: NodeJS.Timeout | undefined;
  #atMs: number | undefined;

  /** When it is due, in ms since 1970; `undefined` while nothing is. */
  get atMs(): number | undefined {
    return this.#atMs;
  }

  in(ms: number, work: () => void): void {
    this.cancel();
    this.#atMs = Date.now() + ms;
    this.#timer = setTimeout(() => {
      this.#atMs = undefined;
      work();
    }, ms);
  }

  cancel(): void {
    clearTimeout(this.#timer);
    this.#atMs = undefined;
  }
}
