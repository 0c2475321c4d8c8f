import { setTimeout as delay } from 'node:timers/promises';
import { DbError, type Db } from '../db/db.ts';
import { backoffMs } from '../lib/backoff.ts';
import { errorText } from '../lib/error-text.ts';
import type { Logger } from '../telemetry/log.ts';
import { queueDepth, queueOldestSeconds } from '../telemetry/write-queue.ts';
import type { Backlog } from './backlog.ts';
import { deliver, type Destination } from './deliver.ts';
import type { FactKind } from './fact.ts';

export interface BatchLimits {
  /** The most in one statement; so many are written at once, fewer after `lingerMs`. */
  readonly max: number;
  readonly lingerMs: number;
}

const retryFirstMs = 100;
const retryMaxMs = 5_000;

/** The loop that carries the facts of one kind from their logs to PostgreSQL, a batch at a time. */
export class KindWriter {
  readonly #to: Destination;
  readonly #limits: BatchLimits;
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
    this.#own = options.own;
    this.#backlogs = [options.own];
    this.#limits = options.limits;
    this.#batchMax = options.limits.max;
    const { kind, db, log } = options;
    this.#to = { kind, db, log: log.child({ kind: kind.name }) };
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
    const enough = this.#draining ? 1 : this.#batchMax;
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
    const most = Math.min(backlog.depth, this.#batchMax);
    const facts = await backlog.read(this.#batchMax);
    this.#oldestAtMs = facts[0]?.atMs;
    this.#measure();
    if (facts.length === 0) return this.#exhausted(backlog);
    this.deadLetters += await deliver(facts, this.#to);
    if (this.#stop.signal.aborted) return false;
    await backlog.consume();
    this.#batchMax = Math.min(this.#limits.max, this.#batchMax * 2);
    // Of large ones a read brings a few.
    return facts.length < most || this.#shouldWriteNow();
  }

  /** The own log stays, empty; one that was left is gone. */
  async #exhausted(backlog: Backlog): Promise<boolean> {
    if (backlog === this.#own) {
      if (backlog.depth > 0)
        throw new Error(`${backlog.depth} facts are no longer in the log: its files were changed`);
      return this.#backlogs.length > 1;
    }
    this.#backlogs.splice(this.#backlogs.indexOf(backlog), 1);
    await backlog.remove();
    return true;
  }

  #failed(error: unknown, failures: number): void {
    // Perhaps it is too much for the deadline.
    if (error instanceof DbError && error.code === 'timeout') this.#batchMax = Math.ceil(this.#batchMax / 2);
    const facts = { waiting: this.depth, failures, reason: errorText(error) };
    const { log } = this.#to;
    if (failures === 1) log.warn(facts, 'facts wait: they cannot be written');
    // At most every 5 s · 12: once a minute.
    else if (failures % 12 === 0) log.error(facts, 'facts still wait: they cannot be written');
  }

  #measure(): void {
    const kind = this.#to.kind.name;
    queueDepth.set({ kind }, this.depth);
    if (this.depth === 0) this.#oldestAtMs = undefined;
    queueOldestSeconds.set({ kind }, (this.oldestMs ?? 0) / 1_000);
  }
}
