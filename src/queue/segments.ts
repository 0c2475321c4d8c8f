import { readdir, rm, stat } from 'node:fs/promises';
import path from 'node:path';

/** The files of one log, oldest first (`00000001.log`, …), each with the bytes that may be read: those that an fsync covers. */
export class Segments {
  readonly folder: string;
  readonly #sizes = new Map<number, number>();

  constructor(folder: string) {
    this.folder = folder;
  }

  /** Of a log that nobody appends to any more. */
  static async of(folder: string): Promise<Segments> {
    const segments = new Segments(folder);
    const numbers = (await readdir(folder)).flatMap((name) => /^(\d{8})\.log$/.exec(name)?.[1] ?? []);
    for (const number of numbers.map(Number).toSorted((one, other) => one - other))
      segments.grow(number, (await stat(segments.path(number))).size);
    return segments;
  }

  /** What they take on the disk. */
  get bytes(): number {
    return this.#sizes.values().reduce((sum, size) => sum + size, 0);
  }

  path(number: number): string {
    return path.join(this.folder, `${String(number).padStart(8, '0')}.log`);
  }

  size(number: number): number {
    return this.#sizes.get(number) ?? 0;
  }

  grow(number: number, bytes: number): void {
    this.#sizes.set(number, this.size(number) + bytes);
  }

  /** The oldest one after `number`. */
  after(number: number): number | undefined {
    return this.#sizes.keys().find((each) => each > number);
  }

  /** Deletes those before `number`. */
  async dropBefore(number: number): Promise<void> {
    for (const old of [...this.#sizes.keys()].filter((each) => each < number)) {
      this.#sizes.delete(old);
      await rm(this.path(old), { force: true });
    }
  }
}
