import { errorText } from '../lib/error-text.ts';
import type { Logger } from '../telemetry/log.ts';
import { QueueError } from './fact.ts';
import { JournalFile } from './journal-file.ts';
import type { Segments } from './segments.ts';

interface Waiting {
  readonly record: Buffer;
  readonly resolve: () => void;
  readonly reject: (error: QueueError) => void;
}

export interface JournalOptions {
  readonly segments: Segments;
  /** Makes the folder ours; it may fail for a while, on a full disk. */
  readonly claim: () => Promise<void>;
  readonly segmentBytes: number;
  /** Of all segments together. */
  readonly maxBytes: number;
  /** So many more records may be read. */
  readonly onDurable: (count: number) => void;
  readonly log: Logger;
}

/** So many records are written at once, fewer after a moment: nobody waits for a fact, and an fsync costs as much for one as for all of them. */
const gather = { records: 32, ms: 10 } as const;

/**
 * The end of a log where records are added. Those that come in one moment, or while an fsync runs, share the next one (group commit, Gray
 * and Reuter, "Transaction Processing", 9.4.7). While the disk fails every record is refused, and each new one tries it again.
 */
export class Journal {
  readonly #options: JournalOptions;
  readonly #waiting: Waiting[] = [];
  readonly #file: JournalFile;
  #waitingBytes = 0;
  #flushing: Promise<void> | undefined;
  #gathering: NodeJS.Timeout | undefined;
  #failing = false;
  #closed = false;

  constructor(options: JournalOptions) {
    this.#options = options;
    this.#file = new JournalFile(options);
  }

  /** Resolves when the record survives a power cut. Rejects with a `QueueError` when it will never be read. */
  append(record: Buffer): Promise<void> {
    if (this.#closed) return Promise.reject(new QueueError('closed', 'the write queue is stopping'));
    const { segments, maxBytes } = this.#options;
    if (segments.bytes + this.#waitingBytes + record.length > maxBytes)
      return Promise.reject(new QueueError('full', `${maxBytes} bytes of facts wait to be written already`));
    this.#waitingBytes += record.length;
    return new Promise((resolve, reject) => {
      this.#waiting.push({ record, resolve, reject });
      if (this.#flushing === undefined) this.#gather();
    });
  }

  /** Refuses new records; resolves when those that came before are on the disk, or refused. */
  async close(): Promise<void> {
    this.#closed = true;
    if (this.#flushing === undefined) this.#gather();
    await this.#flushing;
    await this.#file.close();
  }

  #gather(): void {
    if (this.#isEnough()) this.#begin();
    else if (this.#waiting.length > 0) this.#gathering ??= setTimeout(() => this.#begin(), gather.ms);
  }

  #begin(): void {
    clearTimeout(this.#gathering);
    this.#gathering = undefined;
    this.#flushing = this.#flush();
  }

  /** While it closes nothing more will come. */
  #isEnough(): boolean {
    return this.#waiting.length >= (this.#closed ? 1 : gather.records);
  }

  async #flush(): Promise<void> {
    do {
      const group = this.#nextGroup();
      try {
        await this.#file.append(Buffer.concat(group.map(({ record }) => record)));
        this.#options.onDurable(group.length);
        this.#answers();
        for (const { resolve } of group) resolve();
      } catch (error) {
        this.#fails(error);
        const refused = new QueueError('disk', `the log cannot be written: ${errorText(error)}`, {
          cause: error,
        });
        for (const { reject } of group) reject(refused);
      }
      this.#waitingBytes -= group.reduce((sum, { record }) => sum + record.length, 0);
    } while (this.#isEnough());
    // In the same turn as the last look: what comes now begins a new flush.
    this.#flushing = undefined;
    this.#gather();
  }

  /** A segment's worth at most: a segment must not outgrow the bound of them all. */
  #nextGroup(): readonly Waiting[] {
    let bytes = 0;
    const whole = this.#waiting.findIndex(
      ({ record }) => (bytes += record.length) >= this.#options.segmentBytes,
    );
    return this.#waiting.splice(0, whole < 0 ? this.#waiting.length : whole + 1);
  }

  #fails(error: unknown): void {
    if (this.#failing) return;
    this.#failing = true;
    const { log, segments } = this.#options;
    log.error(
      { reason: errorText(error), folder: segments.folder },
      'facts are refused and counted: their log cannot be written',
    );
  }

  #answers(): void {
    if (this.#failing) this.#options.log.info('facts are taken again: their log can be written');
    this.#failing = false;
  }
}
