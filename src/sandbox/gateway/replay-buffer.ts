/** An event that a session was sent; a large one (GUILD_CREATE) is made again instead of kept. */
export type SentEvent = {
  readonly sequence: number;
  readonly event: string;
  readonly json: string | (() => string);
};

/** How much one session may keep for a RESUME: about 5 s of the busiest traffic a test makes. */
const maxEvents = 32_768;
const maxCharacters = 32 * 2 ** 20;

/** A replay waits for its reader after so much; an event that is made again (GUILD_CREATE) may have 200 KB. */
const eventsPerTurn = 50;
const charactersPerTurn = 2 ** 20;

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

  /** Up to `limit` events after `sequence`, in order; `undefined` when some of them are no longer kept. */
  after(sequence: number, limit = Infinity): readonly SentEvent[] | undefined {
    const oldest = this.#events[this.#head];
    if (!oldest) return [];
    const offset = sequence + 1 - oldest.sequence;
    const first = this.#head + offset;
    return offset < 0 ? undefined : this.#events.slice(first, first + limit);
  }

  /** The first few events after `sequence`, at least one if there is any. */
  turnAfter(sequence: number): readonly SentEvent[] | undefined {
    const missed = this.after(sequence, eventsPerTurn);
    let characters = 0;
    const end = missed?.findIndex((each) => (characters += sizeOf(each)) > charactersPerTurn) ?? -1;
    return end < 0 ? missed : missed?.slice(0, Math.max(1, end));
  }

  #dropOldest(): void {
    const oldest = this.#events[this.#head];
    if (oldest) this.#characters -= sizeOf(oldest);
    this.#head += 1;
    // Cutting the array at every drop would cost its length each time; so at most half of it is dropped events.
    if (this.#head * 2 < this.#events.length) return;
    this.#events = this.#events.slice(this.#head);
    this.#head = 0;
  }
}

function sizeOf(sent: SentEvent): number {
  return typeof sent.json === 'string' ? sent.json.length : 0;
}
