import { readdir, rm, rmdir } from 'node:fs/promises';
import path from 'node:path';
import type { Db } from '../db/db.ts';
import { errorText } from '../lib/error-text.ts';
import { exitCodes } from '../lib/exit-codes.ts';
import { Failure } from '../lib/failure.ts';
import { inTime } from '../lib/within.ts';
import type { Logger } from '../telemetry/log.ts';
import { queueDeadLettersTotal, queueShedTotal } from '../telemetry/write-queue.ts';
import { Backlog } from './backlog.ts';
import { countDeadFacts, replayDeadFacts, type DeadFactId, type Replay } from './dead-facts.ts';
import { QueueError, queueErrorCodes, type Fact, type FactKind } from './fact.ts';
import { Folders, isCode } from './folders.ts';
import { Journal } from './journal.ts';
import { KindWriter, type BatchLimits } from './kind-writer.ts';
import { encodeFact } from './record.ts';
import { Segments } from './segments.ts';

export type { DeadFactId, Replay };

export interface WriteQueueOptions {
  /** WRITE_QUEUE_DIR: on a local disk; all processes of a bot on a host share it. */
  readonly root: string;
  /** Begins the names of this process's folders. */
  readonly label: string;
  readonly db: Db;
  readonly kinds: readonly FactKind<never>[];
  readonly log: Logger;
  readonly limits?: Partial<BatchLimits>;
  /** Of the log of each kind, on the disk; past it facts are refused. */
  readonly maxBytes?: number;
  readonly segmentBytes?: number;
  /** How often folders of processes that have ended are looked for. */
  readonly lookMs?: number;
}

/** One kind in one process. */
export interface KindStatus {
  readonly kind: string;
  readonly depth: number;
  /** Of the oldest fact that waits; `null` without one. */
  readonly oldestMs: number | null;
  readonly bytes: number;
  /** Since the process started: refused by us, and by PostgreSQL. */
  readonly shed: number;
  readonly deadLetters: number;
}

/** Measured (`npm run bench:writes`): a statement of 500 costs a fifth of the CPU a fact that one of 10 does; nobody waits for the 100 ms. */
const defaultLimits: BatchLimits = { max: 500, lingerMs: 100 };

/** At about 150 bytes a fact, 450,000 facts: an hour without PostgreSQL at 120 a second. */
const defaultMaxBytes = 64 * 2 ** 20;

/** The unit in which disk is given back. */
const defaultSegmentBytes = 2 ** 20;

/** Processes that end are replaced, and their successors look when they start; this is for those that are not. */
const defaultLookMs = 15_000;

/**
 * Opens the queue and takes over what processes that have ended left. A full disk is no obstacle: facts are refused until there is
 * room. Throws a `Failure` (exit 78) when the folder cannot be used at all.
 */
export async function openWriteQueue(options: WriteQueueOptions): Promise<WriteQueue> {
  const queue = new WriteQueue(options);
  try {
    await queue.lookForLeft();
  } catch (error) {
    if (!isCode(error, 'ENOSPC', 'EDQUOT')) {
      const text = `WRITE_QUEUE_DIR: ${options.root} cannot be used: ${errorText(error)}`;
      throw new Failure(`${text}; name a folder that this user may write to`, exitCodes.config);
    }
    options.log.error(
      { folder: options.root },
      'WRITE_QUEUE_DIR: the disk is full; facts are refused until there is room',
    );
  }
  return queue;
}

/** Facts that are many and small and may be written a moment later: never lost once taken, never written twice. */
export class WriteQueue {
  readonly #db: Db;
  readonly #log: Logger;
  readonly #folders: Folders;
  readonly #kinds: readonly FactKind<unknown>[];
  readonly #lanes: ReadonlyMap<string, Lane>;
  readonly #look: NodeJS.Timeout;

  constructor(options: WriteQueueOptions) {
    const { root, label, db, kinds, log, lookMs = defaultLookMs } = options;
    this.#db = db;
    this.#log = log;
    this.#folders = new Folders(root, label);
    this.#kinds = kinds;
    this.#lanes = new Map(kinds.map((kind) => [kind.name, this.#lane(kind, options)]));
    this.#look = setInterval(() => void this.#lookAgain(), lookMs).unref();
  }

  /**
   * Resolves when the fact is on the disk: from then on it will be in PostgreSQL, once, whatever ends this process.
   * Rejects with a `QueueError` when it was not taken; that is counted here.
   */
  async enqueue<Body>(kind: FactKind<Body>, fact: Fact<Body>): Promise<void> {
    const lane = this.#lanes.get(kind.name);
    if (lane === undefined) throw new QueueError('invalid', `there is no kind ${kind.name} in this queue`);
    try {
      await lane.journal.append(encodeFact(fact, Date.now()));
    } catch (error) {
      lane.shed++;
      const reason = error instanceof QueueError ? error.code : 'invalid';
      queueShedTotal.inc({ kind: kind.name, reason });
      throw error;
    }
  }

  status(): KindStatus[] {
    return [...this.#lanes].map(([kind, { writer, shed }]) => {
      const { depth, oldestMs, bytes, deadLetters } = writer;
      return { kind, depth, oldestMs, bytes, shed, deadLetters };
    });
  }

  /** Of all processes: facts in `dead_facts`. Rejects with a `DbError`. */
  deadFacts(): Promise<number> {
    return countDeadFacts(this.#db);
  }

  /** Some dead facts are tried again, those after `after`. Rejects with a `DbError`. */
  replay(after: DeadFactId): Promise<Replay> {
    return replayDeadFacts(this.#db, this.#kinds, after);
  }

  /** Adopts the folders of processes that have ended. */
  async lookForLeft(): Promise<void> {
    for (const folder of await this.#folders.takeLeft()) {
      for (const name of await readdir(folder)) await this.#adopt(path.join(folder, name), name);
      // Nothing was in it.
      await rmdir(folder).catch(() => {});
    }
  }

  /** Refuses new facts and writes those that wait, up to `deadlineMs`; what is left a successor finds. */
  async stop(deadlineMs: number): Promise<void> {
    clearInterval(this.#look);
    const lanes = [...this.#lanes.values()];
    const drained = Promise.all(
      lanes.map(async ({ journal, writer }) => {
        await journal.close();
        await writer.drain();
      }),
    );
    await inTime(drained, deadlineMs);
    for (const { writer } of lanes) writer.stop();
    if (lanes.every(({ writer }) => writer.depth === 0))
      await rm(this.#folders.own, { recursive: true, force: true });
    else this.#log.warn({ waiting: this.status() }, 'stopping with facts that wait; a successor writes them');
    await this.#folders.release();
  }

  /** What cannot be read stays for a successor, and keeps nobody from starting. */
  async #adopt(folder: string, kind: string): Promise<void> {
    const lane = this.#lanes.get(kind);
    try {
      if (lane === undefined) throw new Error('this release knows no such kind');
      lane.writer.adopt(await Backlog.left(folder, this.#log));
    } catch (error) {
      this.#log.error({ folder, reason: errorText(error) }, 'facts that a process left stay where they are');
    }
  }

  async #lookAgain(): Promise<void> {
    try {
      await this.lookForLeft();
    } catch (error) {
      this.#log.warn({ reason: errorText(error) }, 'what other processes left cannot be taken over');
    }
  }

  #lane(kind: FactKind<unknown>, options: WriteQueueOptions): Lane {
    const { db, log, limits, maxBytes = defaultMaxBytes, segmentBytes = defaultSegmentBytes } = options;
    startAtZero(kind.name);
    const segments = new Segments(path.join(this.#folders.own, kind.name));
    const own = new Backlog(segments, log);
    const ownLimits = { ...defaultLimits, ...limits, ...(kind.lingerMs && { lingerMs: kind.lingerMs }) };
    const writer = new KindWriter({ kind, own, db, limits: ownLimits, log });
    const journal = new Journal({
      segments,
      claim: () => this.#folders.claim(),
      segmentBytes,
      maxBytes,
      onDurable(count) {
        own.depth += count;
        writer.wake();
      },
      log,
    });
    return { journal, writer, shed: 0 };
  }
}

interface Lane {
  readonly journal: Journal;
  readonly writer: KindWriter;
  shed: number;
}

/** increase() does not see the event with which a series appears, and one loss is worth an alert. */
function startAtZero(kind: string): void {
  for (const reason of queueErrorCodes) queueShedTotal.inc({ kind, reason }, 0);
  queueDeadLettersTotal.inc({ kind }, 0);
}
