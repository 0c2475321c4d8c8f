import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import { JOB_LEASE_MS } from '../../config/jobs.ts';
import type { Db, Sql } from '../db/db.ts';
import type { API } from '../discord/discord.ts';
import type { CustomIds } from '../features/custom-id.ts';
import type { JobContext, JobDefinition } from '../features/job.ts';
import { aborted } from '../lib/aborted.ts';
import { backoffMs } from '../lib/backoff.ts';
import { errorText } from '../lib/error-text.ts';
import { createScrubber } from '../lib/scrub.ts';
import { buryJob, completeJob, retryJob, returnJob, type LeasedJob } from '../queue/job-leases.ts';
import { jobsEndedTotal, jobSeconds, jobsStartedTotal, type jobOutcomes } from '../telemetry/jobs.ts';
import type { Logger } from '../telemetry/log.ts';
import { inTrace, noteInSpan } from '../telemetry/tracing.ts';
import { compute } from './computations.ts';
import { originOf, spanOf } from './job-span.ts';

export interface Tools {
  readonly db: Db;
  readonly api: API;
  readonly customIds: CustomIds;
  readonly log: Logger;
}

type Outcome = (typeof jobOutcomes)[number];

/** A handler that ignores its signal is not waited for beyond this. It cannot be stopped; only a computation can. */
const graceMs = 1_000;
const settleAgainMs = 500;

const lostReason = new Error('the lease ended before it could be renewed');
const stopReason = new Error('the jobs process stops');

/** Reasons are kept in the database, which no scrubber of logs guards; PostgreSQL takes no NUL in a text. */
const scrub = createScrubber([]);
const reasonMax = 500;

/** One attempt at one job, from its lease to what became of it. */
export class Attempt {
  readonly job: LeasedJob;
  readonly kind: string;
  /** Resolves when it is over and written down, or lost. */
  readonly ended: Promise<void>;
  /** On the clock of `performance.now()`. */
  leasedUntilMs: number;
  readonly #definition: JobDefinition;
  readonly #tools: Tools;
  readonly #log: Logger;
  readonly #cancel = new AbortController();
  #committed = false;

  constructor(job: LeasedJob, definition: JobDefinition, leasedAtMs: number, tools: Tools) {
    this.job = job;
    this.kind = definition.kind.name;
    this.leasedUntilMs = leasedAtMs + JOB_LEASE_MS;
    this.#definition = definition;
    this.#tools = tools;
    this.#log = tools.log.child({ kind: this.kind, job: job.id, attempt: job.attempts });
    this.ended = inTrace(
      () => spanOf(job),
      () => originOf(job),
      () => this.#play(),
    );
  }

  /** Another process has the job or may have it: what goes on here is for nothing. */
  lose(): void {
    this.#cancel.abort(lostReason);
  }

  /** The job is given back. */
  stop(): void {
    this.#cancel.abort(stopReason);
  }

  async #play(): Promise<void> {
    const startedMs = performance.now();
    jobsStartedTotal.inc({ kind: this.kind });
    const outcome = await this.#outcome();
    jobSeconds.observe({ kind: this.kind }, (performance.now() - startedMs) / 1_000);
    jobsEndedTotal.inc({ kind: this.kind, outcome });
    noteInSpan(() => ({
      attributes: { 'shoal.outcome': outcome },
      error: outcome === 'failed' || outcome === 'dead' ? outcome : undefined,
    }));
    this.#log.debug({ outcome }, 'job ended');
  }

  async #outcome(): Promise<Outcome> {
    const { kind } = this.#definition;
    if (this.job.attempts > kind.retries + 1)
      return this.#bury('its process ended, or lost it, at every attempt');
    const payload = kind.schema.safeParse(this.job.payload);
    if (!payload.success) return this.#bury(`the payload is wrong: ${z.prettifyError(payload.error)}`);
    try {
      await this.#handle(payload.data);
    } catch (error) {
      if (!this.#committed) return this.#failed(error);
      this.#log.error({ err: error }, 'a handler failed after it had committed its job');
    }
    return this.#settle('completed', async (sql) => this.#committed || completeJob(sql, this.job));
  }

  async #handle(payload: unknown): Promise<void> {
    const { timeLimitMs } = this.#definition.kind;
    const late = new Error(`not done within its time limit of ${timeLimitMs} ms`);
    const timer = setTimeout(() => this.#cancel.abort(late), timeLimitMs);
    const { signal } = this.#cancel;
    try {
      const handled = this.#definition.run(this.#context(payload, signal));
      const over = aborted(signal).then(() => delay(graceMs, undefined, { ref: false }));
      await Promise.race([handled, over.then(() => Promise.reject(signal.reason))]);
    } finally {
      clearTimeout(timer);
    }
  }

  #context(payload: unknown, signal: AbortSignal): JobContext<unknown> {
    const { job } = this;
    const { db, api, customIds } = this.#tools;
    return {
      id: job.id,
      payload,
      attempt: job.attempts,
      signal,
      log: this.#log,
      db,
      api,
      customId: (to, data) => customIds.write(to, data, ''),
      commit: (effect) => this.#commit(effect),
      compute: (input) => compute(this.#definition, input, signal),
    };
  }

  async #commit<T>(effect: (tx: Sql) => Promise<T>): Promise<T> {
    const result = await this.#tools.db.transaction('jobs.commit', async (tx) => {
      if (!(await completeJob(tx, this.job))) throw lostReason;
      return effect(tx);
    });
    this.#committed = true;
    return result;
  }

  #failed(error: unknown): Promise<Outcome> | Outcome {
    const { kind } = this.#definition;
    const cause: unknown = this.#cancel.signal.aborted ? this.#cancel.signal.reason : error;
    if (cause === lostReason) return this.#lost();
    if (cause === stopReason) return this.#settle('returned', (sql) => returnJob(sql, this.job));
    const reason = publicReason(cause);
    if (this.job.attempts > kind.retries) return this.#bury(reason);
    const delayMs = backoffMs(this.job.attempts, kind.retryFirstMs, kind.retryMaxMs);
    this.#log.warn({ reason, againInMs: Math.round(delayMs) }, 'a job failed and will be tried again');
    return this.#settle('failed', (sql) => retryJob(sql, this.job, delayMs, reason));
  }

  #bury(reason: string): Promise<Outcome> {
    this.#log.error({ reason }, 'a job is given up; see npm run jobs -- dead');
    return this.#settle('dead', (sql) => buryJob(sql, this.job, publicReason(reason)));
  }

  #lost(): Outcome {
    this.#log.warn('a job is lost to another process, or may be');
    return 'lost';
  }

  /** As long as the lease lasts, for PostgreSQL may be away for a moment: what is done need not be done again for that. */
  async #settle(outcome: Outcome, write: (sql: Sql) => Promise<boolean>): Promise<Outcome> {
    for (;;) {
      try {
        return (await this.#tools.db.query('jobs.settle', write)) ? outcome : this.#lost();
      } catch (error) {
        if (performance.now() > this.leasedUntilMs) return this.#lost();
        this.#log.debug({ err: error }, 'what became of a job is not written down yet');
        await delay(settleAgainMs);
      }
    }
  }
}

function publicReason(thrown: unknown): string {
  return scrub(errorText(thrown)).replaceAll('\0', '').slice(0, reasonMax);
}
