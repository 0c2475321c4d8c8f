import { open, readFile, rm, rmdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Logger } from '../telemetry/log.ts';
import type { LoggedFact } from './fact.ts';
import { decodeFacts, recordMaxBytes } from './record.ts';
import { Segments } from './segments.ts';

interface Position {
  readonly segment: number;
  readonly offset: number;
}

/** Room for the largest record, and for some hundred ordinary ones. */
const chunkBytes = 2 * recordMaxBytes;

/**
 * The end of a log where facts are taken off. Where it stands is kept in the file `consumed`, unsynced: after a power cut an older
 * position, or none, only makes facts be read again, and their keys tell.
 */
export class Backlog {
  readonly #segments: Segments;
  readonly #log: Logger;
  #position: Position = { segment: 0, offset: 0 };
  /** Where the facts that were read last end, and how many they are. */
  #read = { end: this.#position, count: 0 };
  /** Facts that wait. */
  depth = 0;

  /** Of a log in the making. */
  constructor(segments: Segments, log: Logger) {
    this.#segments = segments;
    this.#log = log;
  }

  /** What a process left. */
  static async left(folder: string, log: Logger): Promise<Backlog> {
    const backlog = new Backlog(await Segments.of(folder), log);
    const start = await readPosition(backlog.#consumedPath);
    backlog.#position = start;
    for (let count = -1; count !== 0; backlog.depth += count) {
      count = (await backlog.read(Infinity)).length;
      backlog.#position = backlog.#read.end;
    }
    backlog.#position = start;
    return backlog;
  }

  get bytes(): number {
    return this.#segments.bytes;
  }

  /** The oldest facts, at most `max`; none when all were consumed. The same ones again until `consume`. */
  async read(max: number): Promise<readonly LoggedFact[]> {
    for (let from = this.#position; ;) {
      const size = this.#segments.size(from.segment);
      const { facts, end } = decodeFacts(await this.#chunk(from, size), max);
      if (facts.length > 0 || from.offset >= size) {
        const next = facts.length > 0 ? undefined : this.#segments.after(from.segment);
        if (next === undefined) {
          this.#read = { end: { ...from, offset: from.offset + end }, count: facts.length };
          return facts;
        }
        from = { segment: next, offset: 0 };
      } else {
        const { folder } = this.#segments;
        this.#log.warn(
          { folder, segment: from.segment, offset: from.offset, bytes: size - from.offset },
          'the end of a segment is torn and was cut off',
        );
        from = { ...from, offset: size };
      }
    }
  }

  /** The facts that were read last are done with, and so are the segments before them. */
  async consume(): Promise<void> {
    const { end, count } = this.#read;
    this.#position = end;
    this.#read = { end, count: 0 };
    this.depth -= count;
    const text = `${end.segment} ${end.offset}\n`;
    // On a full disk it fails, and what follows makes room.
    await writeFile(this.#consumedPath, text, { mode: 0o600 }).catch(() => {});
    await this.#segments.dropBefore(end.segment);
  }

  /** With the folder of the process that left it, if it is the last in there. */
  async remove(): Promise<void> {
    await rm(this.#segments.folder, { recursive: true, force: true });
    await rmdir(path.dirname(this.#segments.folder)).catch(() => {});
  }

  get #consumedPath(): string {
    return path.join(this.#segments.folder, 'consumed');
  }

  async #chunk({ segment, offset }: Position, size: number): Promise<Buffer> {
    const length = Math.min(chunkBytes, size - offset);
    if (length <= 0) return Buffer.alloc(0);
    const file = await open(this.#segments.path(segment));
    try {
      const { buffer, bytesRead } = await file.read(Buffer.allocUnsafe(length), 0, length, offset);
      return buffer.subarray(0, bytesRead);
    } finally {
      await file.close();
    }
  }
}

async function readPosition(file: string): Promise<Position> {
  const text = await readFile(file, 'utf8').catch(() => '');
  const [, segment = '0', offset = '0'] = /^(\d+) (\d+)\n$/.exec(text) ?? [];
  return { segment: Number(segment), offset: Number(offset) };
}
