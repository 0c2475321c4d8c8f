import type { Beat, ProcessExit } from '../ipc/supervision.ts';

/** Lines kept of each process: enough to see what it was at. */
const KEPT_LINES = 8;

/** What is known of why a process ended: what it said last, and what its exit tells. */
export class LastWords {
  readonly #lines: string[] = [];
  #reason: string | undefined;

  /** The first reason counts: what follows is its consequence. */
  said(reason: string): void {
    this.#reason ??= reason;
  }

  heard(lines: readonly string[]): void {
    this.#lines.push(...lines);
    this.#lines.splice(0, this.#lines.length - KEPT_LINES);
  }

  of(
    code: number | null,
    signal: NodeJS.Signals | null,
    lastBeat: Beat | undefined,
  ): Pick<ProcessExit, 'reason' | 'lines'> {
    return { reason: this.#reason ?? exitText(code, signal, lastBeat), lines: [...this.#lines] };
  }
}

function exitText(code: number | null, signal: NodeJS.Signals | null, lastBeat: Beat | undefined): string {
  if (signal !== 'SIGABRT') return `ended with ${signal ?? code}`;
  // V8 aborts at its heap limit, and nothing else in a shard process does; the beat is up to a second older.
  const heap = lastBeat && ` (${mebibytes(lastBeat.heapUsedBytes)} of ${mebibytes(lastBeat.heapLimitBytes)})`;
  return `out of memory: V8 reached its heap limit${heap ?? ''}; set NODE_OPTIONS=--max-old-space-size to raise it`;
}

function mebibytes(bytes: number): string {
  return `${Math.round(bytes / 2 ** 20)} MiB`;
}
