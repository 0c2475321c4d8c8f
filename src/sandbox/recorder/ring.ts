/** Keeps the latest `size` entries, which are numbered from 1 in the order in which they came. */
export class Ring<T> {
  readonly #size: number;
  readonly #slots: T[] = [];
  #last = 0;

  constructor(size: number) {
    this.#size = size;
  }

  /** The number of the latest entry. */
  get last(): number {
    return this.#last;
  }

  /** From now on each entry takes the place of the oldest. */
  get isFull(): boolean {
    return this.#last >= this.#size;
  }

  push(entry: T): void {
    this.#slots[this.#last % this.#size] = entry;
    this.#last += 1;
  }

  /** The entries after number `after`, as far as they are kept, the oldest first. */
  *since(after = 0): Generator<T, void> {
    for (let index = Math.max(after, this.#last - this.#size, 0); index < this.#last; index += 1) {
      const entry = this.#slots[index % this.#size];
      if (entry !== undefined) yield entry;
    }
  }
}
