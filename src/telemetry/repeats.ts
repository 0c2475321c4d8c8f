/** So many lines of one message are told one by one: who looks for a cause has enough of them. */
const burst = 10;
const windowMs = 1_000;

interface Repeated {
  lines: number;
  leftOut: number;
  /** Writes the newest line that was left out so far. */
  newest: ((leftOut: number) => void) | undefined;
}

/**
 * Keeps a storm of the same message from filling the disk: past the first ten, one a second is told, the newest, with how many were left
 * out before it. It is over after a second in which none was.
 */
export class Repeats {
  readonly #messages = new Map<string, Repeated>();
  readonly #windowMs: number;

  constructor(ms: number = windowMs) {
    this.#windowMs = ms;
  }

  /** `write` is called at once, or up to a second later, or never. */
  tell(message: string, write: (leftOut: number) => void): void {
    const known = this.#messages.get(message) ?? this.#begin(message);
    known.lines += 1;
    if (known.lines <= burst) {
      write(0);
      return;
    }
    if (known.newest !== undefined) known.leftOut += 1;
    known.newest = write;
  }

  /** Tells what waits to be told: the process ends. */
  flush(): void {
    for (const repeated of this.#messages.values()) tellNewest(repeated);
  }

  #begin(message: string): Repeated {
    const repeated = { lines: 0, leftOut: 0, newest: undefined };
    this.#messages.set(message, repeated);
    this.#lookLater(message, repeated);
    return repeated;
  }

  #lookLater(message: string, repeated: Repeated): void {
    setTimeout(() => {
      if (repeated.newest === undefined) {
        this.#messages.delete(message);
        return;
      }
      tellNewest(repeated);
      this.#lookLater(message, repeated);
    }, this.#windowMs).unref();
  }
}

function tellNewest(repeated: Repeated): void {
  const { newest, leftOut } = repeated;
  repeated.newest = undefined;
  repeated.leftOut = 0;
  newest?.(leftOut);
}
