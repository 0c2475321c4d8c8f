/** Discord's limit, and the second that it is counted in, with what a request may take on its way. */
const perSecond = 50;
const countedMs = 1_150;

/**
 * What one of `processes` may send by itself when it knows nothing of the others: an equal part of 50 in a second. With more
 * processes than that a process sends one request in several seconds.
 */
export class RestShare {
  readonly #requests: number;
  readonly #perMs: number;
  readonly #sentAt: number[] = [];

  constructor(processes: number) {
    this.#requests = Math.max(1, Math.floor(perSecond / processes));
    this.#perMs = countedMs * Math.max(1, processes / perSecond);
  }

  /** When the next request may be sent, by the clock of `sent`; in the past where it may be at once. */
  nextAt(): number {
    const first = this.#sentAt.at(-this.#requests);
    return first === undefined ? -Infinity : first + this.#perMs;
  }

  /** To be told of every request, also of those that others knew of: the share begins where the shared limit ends. */
  sent(atMs: number): void {
    this.#sentAt.push(atMs);
    if (this.#sentAt.length > this.#requests) this.#sentAt.shift();
  }
}
