import type { Db, Sql } from '../db/db.ts';
import type { CustomId } from './custom-id.ts';
import type { JobKind } from '../queue/jobs.ts';
import type { API } from '../discord/discord.ts';
import type { Logger } from '../telemetry/log.ts';

/**
 * What a job's handler works with. It may be called again for the same job (a crash, a lost lease, an error), so its effects must
 * bear that; one that is rows in PostgreSQL gets it by `commit`.
 */
export interface JobContext<Payload> {
  /** The job's own, the same at every attempt: a key for effects elsewhere. */
  readonly id: string;
  readonly payload: Payload;
  /** From 1. */
  readonly attempt: number;
  /** Aborted at the kind's time limit, when the job is lost to another process, and at the end of a drain. Hand it to whatever waits. */
  readonly signal: AbortSignal;
  readonly log: Logger;
  readonly db: Db;
  /** Discord's HTTP API. A call is made again when the job is: `nonce` with `enforce_nonce` makes a message once, an edit bears it. */
  readonly api: API;
  /** As in a command; `private` definitions have nobody here to be for. */
  readonly customId: CustomId;
  /**
   * Ends the job together with `effect`, in one transaction: the effect happens once, whatever dies or is tried again.
   * Throws when the job is another process's by now; then nothing happened.
   */
  readonly commit: <T>(effect: (tx: Sql) => Promise<T>) => Promise<T>;
  /**
   * What the function `compute` of the definition's `computation` module returns for `input`, in a process of its own. The end of
   * `signal` or too much memory kills that. Rejects with its error.
   */
  readonly compute: (input: unknown) => Promise<unknown>;
}

/** A job that a feature handles. */
export interface JobDefinition {
  readonly kind: JobKind<unknown>;
  /** For CPU work, which would hold up every other job. */
  readonly computation?: Computation;
  /** A recurring job: how often, at most daily; its payload is an empty object. */
  readonly everyMs?: number;
  run(context: JobContext<unknown>): Promise<void>;
}

export interface Computation {
  /** Like `new URL('./simulate.ts', import.meta.url)`; it exports `compute`, which is called with the input; both survive a structured clone. */
  readonly module: URL;
  /** Of its heap, in MiB. Buffers lie outside of it. */
  readonly memoryMb: number;
}

/** Types the handler's context from the kind. */
export function defineJob<Payload>(
  definition: Omit<JobDefinition, 'kind' | 'run'> & {
    readonly kind: JobKind<Payload>;
    run(context: JobContext<Payload>): Promise<void>;
  },
): JobDefinition {
  return definition;
}
