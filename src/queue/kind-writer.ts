import { setTimeout as delay } from 'node:timers/promises';
import type { Db } from '../db/db.ts';
import { DbError } from '../db/db.ts';
import { backoffMs } from '../lib/backoff.ts';
import { errorText } from '../lib/error-text.ts';
import type { Logger } from '../telemetry/log.ts';
import {
  queueBatchSize,
  queueDeadLettersTotal,
  queueDepth,
  queueOldestSeconds,
  queueWrittenTotal,
} from '../telemetry/write-queue.ts';
import type { Backlog } from './backlog.ts';
import { bury, isFactsFault } from './dead-facts.ts';
import type { FactKind, LoggedFact } from './fact.ts';

export interface BatchLimits {
  /** So many waiting facts are written at once, fewer after `lingerMs`. */
  readonly count: number;
  readonly lingerMs: number;
  /** The most in one statement. */
  readonly max: number;
}

/** Nobody waits for it; long enough for a checkpoint's stall, short enough to notice a frozen server. */
const deadlineMs = 3_000;

const retryFirstMs = 100;
const retryMaxMs = 5_000;

/** The loop that carries the facts of one kind from their logs to PostgreSQL, oldest log first, a batch at a time. */
export class KindWriter {
  readonly #kind: FactKind<unknown>;
  readonly #db: Db;
  readonly #limits: BatchLimits;
  readonly #log: Logger;
  readonly #stop = new AbortController();
  readonly #own: Backlog;
  /** Those that other processes left come first, the own one last. */
  readonly #backlogs: Backlog[];
  #batchMax: number;
  #running: Promise<void> | undefined;
  #timer: NodeJS.Timeout | undefined;
  #draining = false;
  #oldestAtMs: number | undefined;
  /** Refused by PostgreSQL since the process started. */
  deadLetters = 0;

  constructor(options: {
    readonly kind: FactKind<unknown>;
    readonly own: Backlog;
    readonly db: Db;
    readonly limits: BatchLimits;
    readonly log: Logger;
  }) {
    this.#kind = options.kind;
    this.#own = options.own;
    this.#backlogs = [options.own];
    this.#db = options.db;
    this.#limits = options.limits;
    this.#batchMax = options.limits.max;
    this.#log = options.log.child({ kind: options.kind.name });
    this.#measure();
  }

  get depth(): number {
    return this.#backlogs.reduce((sum, { depth }) => sum + depth, 0);
  }

  /** On the disk, also of facts that are written but whose segment is not yet deleted. */
  get bytes(): number {
    return this.#backlogs.reduce((sum, { bytes }) => sum + bytes, 0);
  }

  /** Of the oldest fact of the last batch that was tried, in ms; `null` when none waits or none was tried yet. */
  get oldestMs(): number | null {
    return this.#oldestAtMs === undefined ? null : Math.max(0, Date.now() - this.#oldestAtMs);
  }

  adopt(left: Backlog): void {
    this.#backlogs.unshift(left);
    this.wake();
  }

  /** Facts were added. */
  wake(): void {
    this.#measure();
    if (this.#running !== undefined || this.#stop.signal.aborted) return;
    if (this.#shouldWriteNow()) this.#start();
    else if (this.depth > 0) this.#timer ??= setTimeout(() => this.#start(), this.#limits.lingerMs);
  }

  /** Writes without waiting for more; resolves when nothing waits, or at `stop`. */
  async drain(): Promise<void> {
    this.#draining = true;
    for (this.wake(); this.#running !== undefined; this.wake()) await this.#running;
  }

  /** What is not yet written stays in the log; a statement under way may still be carried out. */
  stop(): void {
    clearTimeout(this.#timer);
    this.#stop.abort();
  }

  /** A log that was left is also to be removed. */
  #shouldWriteNow(): boolean {
    const enough = this.#draining ? 1 : this.#limits.count;
    return this.#backlogs.length > 1 || this.depth >= enough;
  }

  #start(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#running = this.#run().finally(() => {
      this.#running = undefined;
      this.wake();
    });
  }

  async #run(): Promise<void> {
    const { signal } = this.#stop;
    for (let failures = 0; !signal.aborted;) {
      try {
        if (!(await this.#writeBatch())) return;
        failures = 0;
      } catch (error) {
        if (signal.aborted) return;
        this.#failed(error, ++failures);
        await delay(backoffMs(failures, retryFirstMs, retryMaxMs), undefined, { signal }).catch(() => {});
      }
    }
  }

  /** False when there is nothing left to write at once. */
  async #writeBatch(): Promise<boolean> {
    const [backlog] = this.#backlogs;
    if (backlog === undefined) return false;
    const facts = await backlog.read(this.#batchMax);
    this.#oldestAtMs = facts[0]?.atMs;
    this.#measure();
    if (facts.length === 0) return this.#exhausted(backlog);
    await this.#write(facts);
    if (this.#stop.signal.aborted) return false;
    await backlog.consume();
    this.#batchMax = Math.min(this.#limits.max, this.#batchMax * 2);
    return this.#shouldWriteNow();
  }

  /** The own log stays, empty; one that was left is gone. */
  async #exhausted(backlog: Backlog): Promise<boolean> {
    if (backlog === this.#own) return this.#backlogs.length > 1;
    this.#backlogs.splice(this.#backlogs.indexOf(backlog), 1);
    await backlog.remove();
    return true;
  }

  /** A batch with a refused fact is halved until that fact stands alone; the others are written. */
  async #write(facts: readonly LoggedFact[]): Promise<void> {
    const { name } = this.#kind;
    try {
      const fresh = await this.#db.query(`queue.${name}`, (sql) => this.#kind.write(sql, facts), {
        deadlineMs,
      });
      queueBatchSize.observe({ kind: name }, facts.length);
      queueWrittenTotal.inc({ kind: name, result: 'new' }, fresh);
      queueWrittenTotal.inc({ kind: name, result: 'known' }, facts.length - fresh);
    } catch (error) {
      if (!isFactsFault(error)) throw error;
      const [first, ...others] = facts;
      if (first !== undefined && others.length === 0) return this.#bury(first, error);
      const middle = Math.ceil(facts.length / 2);
      await this.#write(facts.slice(0, middle));
      await this.#write(facts.slice(middle));
    }
  }

  async #bury(fact: LoggedFact, reason: unknown): Promise<void> {
    await bury(this.#db, this.#kind.name, fact, reason);
    this.deadLetters++;
    queueDeadLettersTotal.inc({ kind: this.#kind.name });
    this.#log.warn(
      { key: fact.key, reason: errorText(reason) },
      'a fact was refused and put aside in dead_facts; npm run admin -- queue replay tries it again',
    );
  }

  #failed(error: unknown, failures: number): void {
    // Perhaps it is too much for the deadline.
    if (error instanceof DbError && error.code === 'timeout') this.#batchMax = Math.ceil(this.#batchMax / 2);
    const facts = { waiting: this.depth, failures, reason: errorText(error) };
    if (failures === 1) this.#log.warn(facts, 'facts wait: they cannot be written');
    // At most every 5 s · 12: once a minute.
    else if (failures % 12 === 0) this.#log.error(facts, 'facts still wait: they cannot be written');
  }

  #measure(): void {
    const kind = this.#kind.name;
    queueDepth.set({ kind }, this.depth);
    if (this.depth === 0) this.#oldestAtMs = undefined;
    queueOldestSeconds.set({ kind }, (this.oldestMs ?? 0) / 1_000);
  }
}
