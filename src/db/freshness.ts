/**
 * How fresh a replica is, by positions in the write-ahead log and the clock of this process alone: when the replica has
 * replayed what the primary had written at some moment, it shows everything that was committed before that moment.
 * The replica's own times do not serve: they grow while nothing is written, and stand still when its stream is cut.
 */
export class Freshness {
  readonly #kept: number;
  /** Of the primary, oldest first, not known to be replayed yet. */
  readonly #marks: { readonly position: number; readonly atMs: number }[] = [];
  #freshAtMs = Number.NEGATIVE_INFINITY;

  /** `kept`: marks that are remembered; one for each look within the longest lag that is of interest. */
  constructor(kept: number) {
    this.#kept = kept;
  }

  /** Everything that was committed before this moment can be read on the replica. */
  get freshAtMs(): number {
    return this.#freshAtMs;
  }

  /** The primary had written up to `position` at or after `atMs`. */
  written(position: number, atMs: number): void {
    this.#marks.push({ position, atMs });
    // Not the oldest: of a replica that is further behind than the marks reach none would ever be replayed.
    if (this.#marks.length > this.#kept) this.#marks.splice(1, 1);
  }

  /** The replica has replayed up to `position`. */
  replayed(position: number): void {
    const ahead = this.#marks.findIndex((mark) => mark.position > position);
    const done = this.#marks.splice(0, ahead === -1 ? this.#marks.length : ahead);
    this.#freshAtMs = done.at(-1)?.atMs ?? this.#freshAtMs;
  }

  /** Nothing is known of the replica any more: it was away, and may have come back as another. */
  lost(): void {
    this.#marks.length = 0;
    this.#freshAtMs = Number.NEGATIVE_INFINITY;
  }
}
