import {
  CONNECTION_STABLE_MS,
  CONNECTION_USEFUL_MS,
  DEAD_RESUME_HOST_TRIES,
  FAILED_RESUME_TRIES,
  RECONNECT_MAX_MS,
  REIDENTIFY_MAX_MS,
} from '../../config/sessions.ts';
import { backoffMs } from '../lib/backoff.ts';

/** How far a connection came. */
export interface Attempt {
  readonly resuming: boolean;
  /** The gateway said HELLO: what came after was an IDENTIFY or a RESUME. */
  greeted: boolean;
  /** READY or RESUMED came. */
  connected: boolean;
}

/** What the connections since the last good one came to. */
export interface History {
  readonly failures: number;
  readonly deadHandshakes: number;
  readonly failedResumes: number;
  readonly failedIdentifies: number;
}

export const noHistory: History = { failures: 0, deadHandshakes: 0, failedResumes: 0, failedIdentifies: 0 };

/** `lastedMs`: since READY or RESUMED. One that lasted was well, so that the first loss after it is not waited for. */
export function afterAttempt(history: History, attempt: Attempt, lastedMs: number): History {
  if (attempt.connected && lastedMs >= CONNECTION_STABLE_MS) return noHistory;
  const { resuming, greeted, connected } = attempt;
  const useful = connected && lastedMs >= CONNECTION_USEFUL_MS;
  return {
    failures: useful ? 1 : history.failures + 1,
    deadHandshakes: greeted ? 0 : history.deadHandshakes + 1,
    failedResumes: connected ? 0 : history.failedResumes + Number(resuming && greeted),
    failedIdentifies: connected && resuming ? 0 : history.failedIdentifies + Number(!resuming && greeted),
  };
}

/** In ms, beside the 500 that the library always waits. The first loss costs nothing, a second soon after it does. */
export function waitBeforeNext(history: History, resuming: boolean): number {
  if (!resuming && history.failedIdentifies > 1) {
    return backoffMs(history.failedIdentifies - 1, 1_000, REIDENTIFY_MAX_MS);
  }
  return history.failures > 1 ? backoffMs(history.failures - 1, 500, RECONNECT_MAX_MS) : 0;
}

/** The session's own host does not answer: any gateway takes its RESUME (events/gateway, "Resuming"). */
export function resumeHostIsDead(history: History): boolean {
  return history.deadHandshakes >= DEAD_RESUME_HOST_TRIES;
}

/** RESUME is refused again and again without the session being called invalid. */
export function resumeIsHopeless(history: History): boolean {
  return history.failedResumes >= FAILED_RESUME_TRIES;
}
