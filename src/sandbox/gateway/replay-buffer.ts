/** An event that a session was sent; a large one (GUILD_CREATE) is made again instead of kept. */
export type SentEvent = {
  readonly sequence: number;
  readonly event: string;
  readonly json: string | (() => string);
};

/** How much one session may keep for a RESUME: about 5 s of the busiest traffic a test makes. */
const maxEvents = 32_768;
const maxCharacters = 32 * 2 ** 20;

/** The latest events of one session, oldest dropped first. */
export class ReplayBuffer {
  #events: SentEvent[] = [];
  #head = 0;
  #characters = 0;

  push(sent: SentEvent): void {
    this.#events.push(sent);
    this.#characters += sizeOf(sent);
    while (this.#events.length - this.#head > maxEvents || this.#characters > maxCharacters)
      this.#dropOldest();
  }

  /** The events after `sequence`, in order; `undefined` when some of them are no longer kept. */
  after(sequence: number): readonly SentEvent[] | undefined {
    const oldest = this.#events[this.#head];
    if (!oldest) return [];
    const offset = sequence + 1 - oldest.sequence;
    return offset < 0 ? undefined : this.#events.slice(this.#head + offset);
  }

  #dropOldest(): void {
    const oldest = this.#events[this.#head];
    if (oldest) this.#characters -= sizeOf(oldest);
    this.#head += 1;
    // Cutting the array at every drop would cost its length each time.
    if (this.#head < maxEvents) return;
    this.#events = this.#events.slice(this.#head);
    this.#head = 0;
  }
}

function sizeOf(sent: SentEvent): number {
  return typeof sent.json === 'string' ? sent.json.length : 0;
}
