import type { z } from 'zod';
import type { Breaker, Breakers } from '../breaker/breaker.ts';
import type { UpstreamHints } from '../redis/upstream-hints.ts';
import type { Logger } from '../telemetry/log.ts';
import { upstreamRequestsTotal, upstreamSeconds } from '../telemetry/upstream.ts';
import { UpstreamError } from './errors.ts';
import { getJson } from './get-json.ts';
import type { UpstreamName } from './lookup.ts';
import { urlOf, type UpstreamRequest } from './request.ts';

export interface ServiceOptions {
  readonly name: UpstreamName;
  /** May have `{lang}` in it. */
  readonly baseUrl: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Of one call, redirects and body included. */
  readonly deadlineMs: number;
  /** How long its breaker stays open. */
  readonly resetMs: number;
  readonly breakers: Breakers;
  readonly hints: Pick<UpstreamHints, 'tell' | 'heldMs'>;
  readonly log: Logger;
  /** Closes its sockets: the process ends. */
  readonly stop: AbortSignal;
}

/** One external service, behind this process's breaker for it. */
export class Service {
  readonly #options: ServiceOptions;
  readonly #breaker: Breaker;
  readonly #log: Logger;
  /** By `performance.now()`. */
  #notBeforeMs = 0;
  #answeredAtMs = -Infinity;

  constructor(options: ServiceOptions) {
    const { name, resetMs, breakers, hints } = options;
    this.#options = options;
    this.#log = options.log.child({ upstream: name });
    this.#breaker = breakers.add({
      name: `upstream-${name}`,
      resetMs,
      onOpen: () => void hints.tell(name, resetMs),
    });
  }

  /** What `schema` lets through, or `null` where there is no such thing. Throws an `UpstreamError`. */
  async get<Body>(request: UpstreamRequest, schema: z.ZodType<Body>): Promise<Body | null> {
    const url = urlOf(this.#options.baseUrl, request);
    if (url === undefined) return null;
    await this.#checkHeld();
    const outcome = await this.#breaker.run(() => this.#call(url, schema)).catch(asHeld);
    // Of all faults only this one says that the service is well, so the breaker does not hear of it.
    if (!(outcome instanceof UpstreamError)) return outcome;
    this.#log.warn({ reason: outcome.message }, 'a request was refused');
    throw outcome;
  }

  /** Spares the call that a 429 forbids, or that another process has learnt to be in vain. */
  async #checkHeld(): Promise<void> {
    const { name, hints, resetMs } = this.#options;
    const nowMs = performance.now();
    const known = this.#breaker.state !== 'closed' || nowMs - this.#answeredAtMs < resetMs;
    // What this process has seen itself lately counts for more than a hint.
    const heldMs = Math.max(this.#notBeforeMs - nowMs, known ? 0 : await hints.heldMs(name));
    if (heldMs <= 0) return;
    upstreamRequestsTotal.inc({ upstream: name, outcome: 'held' });
    throw new UpstreamError('held', `left alone for ${Math.ceil(heldMs)} ms`);
  }

  async #call<Body>(url: URL, schema: z.ZodType<Body>): Promise<Body | null | UpstreamError> {
    const { name, headers, deadlineMs, stop } = this.#options;
    const startedMs = performance.now();
    let outcome = 'answered';
    try {
      const answer = await getJson(url, { headers, deadlineMs, signal: stop });
      if (answer === null) outcome = 'absent';
      const body = answer && checked(schema, answer.json);
      this.#answeredAtMs = performance.now();
      return body;
    } catch (error) {
      const failure = error instanceof UpstreamError ? error : new UpstreamError('bad_body', String(error));
      outcome = failure.fault;
      this.#wait(failure);
      if (failure.fault === 'refused') return failure;
      throw failure;
    } finally {
      upstreamRequestsTotal.inc({ upstream: name, outcome });
      upstreamSeconds.observe({ upstream: name }, (performance.now() - startedMs) / 1_000);
    }
  }

  #wait({ retryAfterMs = 0 }: UpstreamError): void {
    if (retryAfterMs <= 0) return;
    this.#notBeforeMs = performance.now() + retryAfterMs;
    void this.#options.hints.tell(this.#options.name, retryAfterMs);
  }
}

/** Where an answer is wrong, and not what is in it. */
function checked<Body>(schema: z.ZodType<Body>, json: unknown): Body {
  const { data, error } = schema.safeParse(json);
  if (error === undefined) return data;
  const [issue] = error.issues;
  const where = issue?.path.join('.') || 'the whole';
  throw new UpstreamError('bad_body', `the body is not as expected at ${where}: ${issue?.code}`);
}

function asHeld(error: unknown): never {
  if (error instanceof UpstreamError) throw error;
  throw new UpstreamError('held', 'its breaker is open', { cause: error });
}
