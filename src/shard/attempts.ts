import {
  afterAttempt,
  noHistory,
  resumeHostIsDead,
  resumeIsHopeless,
  waitBeforeNext,
  type Attempt,
} from './reconnect-policy.ts';

/** One connection after the other: how far the present one came, and what those before it came to. */
export class Attempts {
  #history = noHistory;
  #present: Attempt | undefined;
  #connectedAtMs = 0;
  #closedWith: number | undefined;

  /** The code of the close that ended the present one. */
  get closedWith(): number | undefined {
    return this.#closedWith;
  }

  /** Whether the present one begins with a RESUME. */
  get isResuming(): boolean {
    return this.#present?.resuming === true;
  }

  /** The session's own host does not answer. */
  get resumeHostIsDead(): boolean {
    return resumeHostIsDead(this.#history);
  }

  /** In ms, beside the library's own. */
  waitBeforeNext(resuming: boolean): number {
    return waitBeforeNext(this.#history, resuming);
  }

  begin(resuming: boolean): void {
    this.#present = { resuming, greeted: false, connected: false };
    this.#closedWith = undefined;
  }

  greeted(): void {
    if (this.#present !== undefined) this.#present.greeted = true;
  }

  connected(): void {
    if (this.#present !== undefined) this.#present.connected = true;
    this.#connectedAtMs = performance.now();
  }

  closed(code: number): void {
    this.#closedWith ??= code;
  }

  /** The present one is over. Returns whether its session has to be given up; the count begins anew then. */
  judge(): 'go on' | 'give the session up' {
    if (this.#present === undefined) return 'go on';
    this.#history = afterAttempt(this.#history, this.#present, performance.now() - this.#connectedAtMs);
    this.#present = undefined;
    if (!resumeIsHopeless(this.#history)) return 'go on';
    this.#history = { ...this.#history, failedResumes: 0 };
    return 'give the session up';
  }
}
