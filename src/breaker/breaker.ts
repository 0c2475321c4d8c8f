import CircuitBreaker from 'opossum';
import { errorText } from '../lib/error-text.ts';
import { breakerEventsTotal, breakerState } from '../telemetry/breakers.ts';
import type { Logger } from '../telemetry/log.ts';

export type BreakerState = 'closed' | 'half-open' | 'open';

export interface BreakerStatus {
  readonly breaker: string;
  readonly state: BreakerState;
  /** Since when it is closed, or not closed, in ms since 1970. */
  readonly sinceMs: number;
  /** Of the last 10 s: calls that failed, and calls that were refused because it was open. */
  readonly failures: number;
  readonly rejected: number;
  /** Of the last failure, in one line; `null` before the first. */
  readonly reason: string | null;
}

export interface BreakerOptions {
  readonly name: string;
  /** How long it stays open before one call is let through, whose outcome closes or opens it again. */
  readonly resetMs: number;
  /** That call, where there is one that disturbs nobody; else it is whoever comes next. */
  readonly probe?: () => Promise<unknown>;
  /** Each time it opens, also after a call that was let through and failed. */
  readonly onOpen?: () => void;
}

/** Fewer calls within opossum's window of 10 s tell nothing; of so many, more than half must have failed. */
const volumeThreshold = 5;
const errorThresholdPercentage = 50;

/**
 * Spares callers and server the calls that fail anyway (Nygard, "Release It!", 2nd ed., "Circuit Breaker"). Deadlines are the
 * calls' own: opossum's would leave the work running.
 */
export class Breaker {
  readonly name: string;
  readonly #circuit: CircuitBreaker<[call: () => Promise<unknown>]>;
  readonly #log: Logger;
  readonly #probe: (() => Promise<unknown>) | undefined;
  #sinceMs = Date.now();
  #reason: string | null = null;
  #open = false;

  constructor({ name, resetMs, probe, onOpen, log }: BreakerOptions & { readonly log: Logger }) {
    this.name = name;
    this.#log = log.child({ breaker: name });
    this.#probe = probe;
    this.#circuit = new CircuitBreaker((call: () => Promise<unknown>) => call(), {
      name,
      timeout: false,
      volumeThreshold,
      errorThresholdPercentage,
      resetTimeout: resetMs,
      rollingPercentilesEnabled: false,
      enableSnapshots: false,
    });
    this.#listen();
    if (onOpen) this.#circuit.on('open', onOpen);
    breakerState.set({ breaker: name }, 0);
  }

  /** What `call` brings. Rejects with its error, or at once while the breaker is open. */
  run<T>(call: () => Promise<T>): Promise<T> {
    return this.#circuit.fire(call) as Promise<T>;
  }

  get state(): BreakerState {
    if (this.#circuit.opened) return 'open';
    return this.#circuit.halfOpen ? 'half-open' : 'closed';
  }

  status(): BreakerStatus {
    const { failures, rejects: rejected } = this.#circuit.stats;
    return {
      breaker: this.name,
      state: this.state,
      sinceMs: this.#sinceMs,
      failures,
      rejected,
      reason: this.#reason,
    };
  }

  stop(): void {
    this.#circuit.shutdown();
  }

  #listen(): void {
    const breaker = this.name;
    const count = (event: string) => () => breakerEventsTotal.inc({ breaker, event });
    this.#circuit.on('success', count('success'));
    this.#circuit.on('reject', count('rejected'));
    this.#circuit.on('failure', (error) => {
      this.#reason = errorText(error);
      breakerEventsTotal.inc({ breaker, event: 'failure' });
    });
    this.#circuit.on('open', () => this.#changed(true));
    this.#circuit.on('halfOpen', () => {
      breakerState.set({ breaker }, 1);
      // How it ends is the breaker's to note.
      if (this.#probe) this.run(this.#probe).catch(() => {});
    });
    this.#circuit.on('close', () => this.#changed(false));
  }

  /** Opened or closed; a probe that fails opens it again, which is no news. */
  #changed(open: boolean): void {
    breakerState.set({ breaker: this.name }, open ? 2 : 0);
    if (open === this.#open) return;
    this.#open = open;
    this.#sinceMs = Date.now();
    breakerEventsTotal.inc({ breaker: this.name, event: open ? 'opened' : 'closed' });
    if (open) this.#log.warn({ reason: this.#reason }, 'circuit breaker opened');
    else this.#log.info('circuit breaker closed');
  }
}

/** All breakers of one process, one for each thing that it calls. */
export class Breakers {
  readonly #log: Logger;
  readonly #all: Breaker[] = [];

  constructor(log: Logger) {
    this.#log = log;
  }

  add(options: BreakerOptions): Breaker {
    if (this.#all.some(({ name }) => name === options.name))
      throw new Error(`there is a breaker ${options.name} already; give each thing that is called its own`);
    const breaker = new Breaker({ ...options, log: this.#log });
    this.#all.push(breaker);
    return breaker;
  }

  status(): BreakerStatus[] {
    return this.#all.map((breaker) => breaker.status());
  }

  stop(): void {
    for (const breaker of this.#all) breaker.stop();
  }
}
