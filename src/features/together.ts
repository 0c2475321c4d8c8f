/**
 * Many members press the buttons of one message at the same moment. One after another in transactions of their own they would wait
 * for the same row, each on a connection that others need. So those who come while one is under way are done together after it.
 */
export class Together<Item, Result> {
  readonly #waiting = new Map<
    string,
    { readonly items: Item[]; readonly done: Promise<readonly Result[]> }
  >();
  readonly #last = new Map<string, Promise<unknown>>();

  /**
   * Resolves with the item's result; rejects as `work` does. `work` does what items of one key ask for, and returns the results in
   * their order; that of whoever came first does it for all.
   */
  async add(
    key: string,
    item: Item,
    work: (items: readonly Item[]) => Promise<readonly Result[]>,
  ): Promise<Result> {
    const batch = this.#waiting.get(key) ?? this.#begin(key, work);
    const place = batch.items.push(item) - 1;
    const result = (await batch.done)[place];
    if (result === undefined) throw new Error(`no result for item ${place} of ${batch.items.length}`);
    return result;
  }

  #begin(key: string, work: (items: readonly Item[]) => Promise<readonly Result[]>) {
    const items: Item[] = [];
    const done = (this.#last.get(key) ?? Promise.resolve()).then(() => {
      this.#waiting.delete(key);
      return work(items);
    });
    const ended = done
      .catch(() => undefined)
      .then(() => {
        if (this.#last.get(key) === ended) this.#last.delete(key);
      });
    const batch = { items, done };
    this.#waiting.set(key, batch);
    this.#last.set(key, ended);
    return batch;
  }
}
