import type { Failure } from '../lib/failure.ts';
import type { Shards } from './shards.ts';

/** The set of shards that serves; while the shard count changes also the one that will, and then the one that did. */
export class Fleet {
  readonly #fatal: PromiseWithResolvers<Failure> = Promise.withResolvers();
  #current: Shards;
  #next: Shards | undefined;
  #previous: Shards | undefined;

  constructor(current: Shards) {
    this.#current = current;
    this.#watch(current);
  }

  get current(): Shards {
    return this.#current;
  }

  get next(): Shards | undefined {
    return this.#next;
  }

  /** Resolves once no shard of the set in force can run at all. */
  get fatal(): Promise<Failure> {
    return this.#fatal.promise;
  }

  prepare(next: Shards): void {
    this.#next = next;
  }

  /** The prepared set comes into force. Both run on, until `dismiss` ends the other one. */
  switchOver(): void {
    if (this.#next === undefined) throw new Error('no set of shards is prepared');
    this.#previous = this.#current;
    this.#current = this.#next;
    this.#next = undefined;
    // In this order: the ids that both have are gauged by the new set.
    this.#previous.retire();
    this.#current.measure();
    this.#watch(this.#current);
  }

  /** Ends every set but the one in force. Resolves when it is gone. */
  async dismiss(): Promise<void> {
    await Promise.all([this.#next?.stop(), this.#previous?.stop()]);
    this.#next = this.#previous = undefined;
  }

  async stop(): Promise<void> {
    await Promise.all([this.#current.stop(), this.dismiss()]);
  }

  #watch(shards: Shards): void {
    void shards.fatal.then((failure) => {
      if (shards === this.#current) this.#fatal.resolve(failure);
    });
  }
}
