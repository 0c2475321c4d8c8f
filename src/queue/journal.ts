import { mkdir, open, type FileHandle } from 'node:fs/promises';
import path from 'node:path';
import { errorText } from '../lib/error-text.ts';
import { syncSeconds } from '../telemetry/write-queue.ts';
import type { Logger } from '../telemetry/log.ts';
import { QueueError } from './fact.ts';
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

/**
 * The end of a log where records are added. What comes while an fsync runs shares the next one (group commit, Gray and Reuter,
 * "Transaction Processing", 9.4.7). While the disk fails every record is refused, and each new one tries it again.
 */
export class Journal {
  readonly #options: JournalOptions;
  readonly #waiting: Waiting[] = [];
  #waitingBytes = 0;
  #flushing: Promise<void> | undefined;
  #segment = 0;
  #file: FileHandle | undefined;
  #failing = false;
  #closed = false;

  constructor(options: JournalOptions) {
    this.#options = options;
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
      this.#flushing ??= this.#flush();
    });
  }

  /** Refuses new records; resolves when those that came before are on the disk, or refused. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.#flushing;
    await this.#file?.close();
    this.#file = undefined;
  }

  async #flush(): Promise<void> {
    while (this.#waiting.length > 0) {
      const group = this.#nextGroup();
      try {
        await this.#write(Buffer.concat(group.map(({ record }) => record)));
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
    }
    // In the same turn as the last look: what comes now begins a new flush.
    this.#flushing = undefined;
  }

  /** A segment's worth at most: a segment must not outgrow the bound of them all. */
  #nextGroup(): readonly Waiting[] {
    let bytes = 0;
    const whole = this.#waiting.findIndex(
      ({ record }) => (bytes += record.length) >= this.#options.segmentBytes,
    );
    return this.#waiting.splice(0, whole < 0 ? this.#waiting.length : whole + 1);
  }

  async #write(bytes: Buffer): Promise<void> {
    const { segments, segmentBytes } = this.#options;
    if (this.#file === undefined || segments.size(this.#segment) >= segmentBytes) await this.#rotate();
    const file = this.#file;
    if (file === undefined) throw new Error('there is no segment');
    try {
      await file.appendFile(bytes);
      const end = syncSeconds.startTimer();
      await file.datasync();
      end();
      segments.grow(this.#segment, bytes.length);
    } catch (error) {
      await this.#cut(file);
      throw error;
    }
  }

  async #rotate(): Promise<void> {
    const { segments, claim } = this.#options;
    await this.#file?.close();
    this.#file = undefined;
    await claim();
    await mkdir(segments.folder, { recursive: true });
    const file = await open(segments.path(this.#segment + 1), 'a', 0o600);
    try {
      await syncFolders(segments.folder);
    } catch (error) {
      await file.close();
      throw error;
    }
    this.#file = file;
    segments.grow(++this.#segment, 0);
  }

  /** What was refused must not be read later. Where that fails, the next record begins a segment; this one's end is torn. */
  async #cut(file: FileHandle): Promise<void> {
    try {
      await file.truncate(this.#options.segments.size(this.#segment));
    } catch {
      this.#file = undefined;
      await file.close().catch(() => {});
    }
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

/** A new file's name is on the disk only when its folder is, and that when its own is: the kind's, the process's, and the root. */
async function syncFolders(folder: string): Promise<void> {
  for (const each of [folder, path.dirname(folder), path.dirname(path.dirname(folder))]) {
    const handle = await open(each);
    try {
      await handle.sync();
    } finally {
      await handle.close();
    }
  }
}
