import { mkdir, open, type FileHandle } from 'node:fs/promises';
import path from 'node:path';
import { syncSeconds } from '../telemetry/write-queue.ts';
import type { Segments } from './segments.ts';

interface JournalFileOptions {
  readonly segments: Segments;
  /** Makes the folder ours; it may fail for a while, on a full disk. */
  readonly claim: () => Promise<void>;
  readonly segmentBytes: number;
}

/** The segment of a log that is written to, and after it the next one. */
export class JournalFile {
  readonly #options: JournalFileOptions;
  #segment = 0;
  #file: FileHandle | undefined;

  constructor(options: JournalFileOptions) {
    this.#options = options;
  }

  /** Resolves when they survive a power cut; rejects when they will never be read. */
  async append(bytes: Buffer): Promise<void> {
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

  async close(): Promise<void> {
    await this.#file?.close();
    this.#file = undefined;
  }

  async #rotate(): Promise<void> {
    const { segments, claim } = this.#options;
    await this.close();
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
