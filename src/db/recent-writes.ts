/** 10,000 keys of some 30 bytes: about 1 MB. At 1,000 writes a second it holds the 5 s that a replica may lag, twice. */
const keysMax = 10_000;

/**
 * When each key was last written by this process. Kept by key and not by position in the log (LSN): the position of a commit
 * is known only after one more round trip, on every write, for readers that mostly never come.
 */
export class RecentWrites {
  /** In the order of the writes. */
  readonly #times = new Map<string, number>();
  #forgottenMs = Number.NEGATIVE_INFINITY;

  wrote(key: string, atMs: number): void {
    this.#times.delete(key);
    this.#times.set(key, atMs);
    if (this.#times.size <= keysMax) return;
    const [[oldest, oldestMs] = ['', atMs]] = this.#times;
    this.#times.delete(oldest);
    this.#forgottenMs = oldestMs;
  }

  /** Reading it at a replica that is fresh at this moment shows the last write of the key. Never too early: what was forgotten counts for all. */
  seenFrom(key: string): number {
    return this.#times.get(key) ?? this.#forgottenMs;
  }

  /** Writes up to this moment can be read everywhere. */
  settled(untilMs: number): void {
    for (const [key, atMs] of this.#times) {
      if (atMs > untilMs) return;
      this.#times.delete(key);
    }
  }
}
