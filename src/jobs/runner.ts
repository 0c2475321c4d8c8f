import { setTimeout as delay } from 'node:timers/promises';
import {
  JOB_LEASE_MS,
  JOB_POLL_MS,
  JOB_RENEW_MS,
  JOBS_DRAIN_MS,
  JOBS_LAST_WORD_MS,
} from '../../config/jobs.ts';
import { DbError, type Sql } from '../db/db.ts';
import type { JobDefinition } from '../features/job.ts';
import { describeIdentity, isGone, processIdentity } from '../ipc/process-identity.ts';
import { inTime } from '../lib/within.ts';
import { endLeases, jobHolders } from '../queue/job-holders.ts';
import { leaseDue, renewLeases, type LeasedJob } from '../queue/job-leases.ts';
import { jobOutcomes, jobsEndedTotal } from '../telemetry/jobs.ts';
import { Attempt, type Tools } from './attempt.ts';

/** Leases what is due, runs it, and keeps the leases alive. */
export class Runner {
  readonly #definitions: ReadonlyMap<string, JobDefinition>;
  readonly #tools: Tools;
  readonly #attempts = new Set<Attempt>();
  /** Kinds of which there may be more: the last look brought as many as there was room for. */
  readonly #more = new Set<string>();
  readonly #over = new AbortController();
  #lookAgain = false;
  #wake = () => {};
  #answeredMs = -Infinity;
  #tookOverMs = -Infinity;

  constructor(definitions: readonly JobDefinition[], tools: Tools) {
    this.#definitions = new Map(definitions.map((definition) => [definition.kind.name, definition]));
    this.#tools = tools;
    // rate() does not see the event with which a series appears, and some kinds run once a day.
    for (const kind of this.#definitions.keys())
      for (const outcome of jobOutcomes) jobsEndedTotal.inc({ kind, outcome }, 0);
  }

  /** Since the queue last answered. */
  get silentMs(): number {
    return performance.now() - this.#answeredMs;
  }

  /** Until `stop`; then drains: what is under way gets its time, and what does not end in it is given back. */
  async run(stop: AbortSignal): Promise<void> {
    const renewing = this.#renewLeases();
    stop.addEventListener('abort', () => this.#wake());
    while (!stop.aborted) {
      this.#lookAgain = false;
      await this.#takeOver();
      await this.#look();
      if (!this.#lookAgain && !stop.aborted) await this.#pause();
    }
    await this.#drain();
    this.#over.abort();
    await renewing;
  }

  /** What a process of this host had that is known to have ended is due at once; elsewhere its lease has to end first. */
  async #takeOver(): Promise<void> {
    // Where many jobs wait there is a look for each that ends.
    if (performance.now() - this.#tookOverMs < JOB_POLL_MS) return;
    this.#tookOverMs = performance.now();
    const kinds = [...this.#definitions.keys()];
    const holders = await this.#ask('jobs.holders', (sql) => jobHolders(sql, kinds, JOB_LEASE_MS));
    const gone = holders?.filter(isGone) ?? [];
    if (gone.length === 0) return;
    const jobs = await this.#ask('jobs.end-leases', (sql) => endLeases(sql, kinds, JOB_LEASE_MS, gone));
    const of = gone.map(describeIdentity);
    if (jobs) this.#tools.log.warn({ jobs, of }, 'taking over the jobs of a process that has ended');
  }

  async #look(): Promise<void> {
    const slots = [...this.#definitions.values()]
      .map(({ kind }) => ({ kind: kind.name, free: kind.concurrency - this.#running(kind.name) }))
      .filter(({ free }) => free > 0);
    if (slots.length === 0) return;
    const askedMs = performance.now();
    const jobs = await this.#ask('jobs.lease', (sql) => leaseDue(sql, slots, JOB_LEASE_MS, processIdentity));
    if (jobs === undefined) return;
    for (const { kind, free } of slots) {
      if (jobs.filter((job) => job.kind === kind).length === free) this.#more.add(kind);
      else this.#more.delete(kind);
    }
    for (const job of jobs) this.#start(job, askedMs);
  }

  #start(job: LeasedJob, askedMs: number): void {
    const definition = this.#definitions.get(job.kind);
    if (definition === undefined) throw new Error(`a job of kind ${job.kind} was leased, but not asked for`);
    const attempt = new Attempt(job, definition, askedMs, this.#tools);
    this.#attempts.add(attempt);
    void attempt.ended.then(() => {
      this.#attempts.delete(attempt);
      if (!this.#more.has(job.kind)) return;
      this.#lookAgain = true;
      this.#wake();
    });
  }

  #running(kind: string): number {
    return [...this.#attempts].filter((attempt) => attempt.kind === kind).length;
  }

  #pause(): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, JOB_POLL_MS);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  async #renewLeases(): Promise<void> {
    while (!this.#over.signal.aborted) {
      await delay(JOB_RENEW_MS, undefined, { signal: this.#over.signal }).catch(() => undefined);
      const held = [...this.#attempts];
      if (held.length === 0) continue;
      const askedMs = performance.now();
      const jobs = held.map(({ job }) => job);
      const kept = await this.#ask('jobs.renew', (sql) => renewLeases(sql, jobs, JOB_LEASE_MS));
      for (const attempt of held) {
        if (kept?.has(attempt.job.id)) attempt.leasedUntilMs = askedMs + JOB_LEASE_MS;
        // Without an answer it is ours until the lease ends; answered without it, it has ended or somebody else has it.
        else if (kept !== undefined || performance.now() > attempt.leasedUntilMs) attempt.lose();
      }
    }
  }

  /** `undefined` without an answer: the next look is soon enough, and `Db` says that PostgreSQL is away. */
  async #ask<T>(name: string, query: (sql: Sql) => PromiseLike<T>): Promise<T | undefined> {
    try {
      const answer = await this.#tools.db.query(name, query);
      this.#answeredMs = performance.now();
      return answer;
    } catch (error) {
      if (!(error instanceof DbError) || error.code === 'refused')
        this.#tools.log.error({ err: error }, 'the queue of jobs cannot be read');
      return undefined;
    }
  }

  async #drain(): Promise<void> {
    const { log } = this.#tools;
    const ended = Promise.all([...this.#attempts].map((attempt) => attempt.ended));
    if (await inTime(ended, JOBS_DRAIN_MS)) return;
    log.warn({ jobs: this.#attempts.size }, 'giving back the jobs that are still running');
    for (const attempt of this.#attempts) attempt.stop();
    await inTime(ended, JOBS_LAST_WORD_MS);
  }
}
