/** What a line may be late; who reads along in a terminal does not see it. */
const gatherMs = 50;

/** pipe(7), PIPE_BUF: so much is written as a whole, also where all shards write into one pipe. */
const wholeBytes = 4_096;

/** Lines of one moment are written together: a system call for each costs as much as all the rest of it. */
export class GatheredLines {
  readonly #destination: { write(text: string): unknown };
  #text = '';
  #bytes = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(destination: { write(text: string): unknown }) {
    this.#destination = destination;
  }

  write(line: string): void {
    const bytes = Buffer.byteLength(line);
    if (this.#bytes + bytes > wholeBytes) this.flush();
    this.#text += line;
    this.#bytes += bytes;
    this.#timer ??= setTimeout(() => this.flush(), gatherMs).unref();
  }

  /** Writes what waits, at once. */
  flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#bytes === 0) return;
    const text = this.#text;
    this.#text = '';
    this.#bytes = 0;
    this.#destination.write(text);
  }
}
