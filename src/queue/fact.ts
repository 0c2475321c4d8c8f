import type { Sql } from '../db/db.ts';

/** Something small that happened, to be written a moment later. */
export interface Fact<Body> {
  /** What a replay is recognised by: unique within its kind, 1 to 100 letters, digits and `_ . : -`. */
  readonly key: string;
  /** Plain data: it survives JSON. */
  readonly body: Body;
}

/** A fact as the log keeps it. */
export interface LoggedFact extends Fact<unknown> {
  /** When it was accepted, in ms since 1970. */
  readonly atMs: number;
}

/** What is done with facts of one sort. Each kind has its own log, bound and loop, so that none holds up another. */
export interface FactKind<Body> {
  /** Folder, metric label and column: lower case and underscores. */
  readonly name: string;
  /** How long facts are gathered for one statement, in ms; default 100. */
  readonly lingerMs?: number;
  /**
   * Writes them by one statement, which is its own transaction, and leaves out those whose key was written before:
   * `on conflict do nothing`, or counters added only for the keys that are new. Resolves with how many were new.
   */
  write(sql: Sql, facts: readonly Fact<Body>[]): Promise<number>;
}

/**
 * full: more waits than the bound allows; disk: the log cannot be written (no space, an error of the disk);
 * closed: the process is stopping; invalid: a defect of the caller's (key, size).
 */
export const queueErrorCodes = ['full', 'disk', 'closed', 'invalid'] as const;
export type QueueErrorCode = (typeof queueErrorCodes)[number];

/** The fact was not taken, and the caller knows: nothing of it will be written. */
export class QueueError extends Error {
  override readonly name = 'QueueError';
  readonly code: QueueErrorCode;

  constructor(code: QueueErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
