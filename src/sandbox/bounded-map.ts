/** A map that forgets its oldest entry beyond `most`. */
export class BoundedMap<K, V> extends Map<K, V> {
  readonly #most: number;
  /** One for good: a new one would have to pass over all that was deleted since the map was last laid out anew. */
  readonly #byAge = this.keys();

  constructor(most: number) {
    super();
    this.#most = most;
  }

  /** Returns what is forgotten for it. */
  add(key: K, value: V): V | undefined {
    this.set(key, value);
    if (this.size <= this.#most) return undefined;
    const oldest = this.#byAge.next();
    if (oldest.done) return undefined;
    const forgotten = this.get(oldest.value);
    this.delete(oldest.value);
    return forgotten;
  }
}
