/**
 * How a call to an external service failed: `limited` (429), `error` (5xx), `timeout`, `unreachable` (no connection, or it broke),
 * `bad_body` (not JSON, not what the schema says, too large, or a redirect that leaves the host), `held` (not called, because it is
 * known to be away), `refused` (any other 4xx: the service is well, and does not want this request).
 */
export type UpstreamFault = 'limited' | 'error' | 'timeout' | 'unreachable' | 'bad_body' | 'held' | 'refused';

/** As the cache reads it: with any but `refused` there was no answer, and something stale is better than nothing. */
const codes = {
  limited: 'overloaded',
  held: 'overloaded',
  timeout: 'timeout',
  error: 'unavailable',
  unreachable: 'unavailable',
  bad_body: 'unavailable',
  refused: 'refused',
} as const satisfies Readonly<Record<UpstreamFault, string>>;

/** Why an external service brought nothing. Its message has neither what a member typed nor a key. */
export class UpstreamError extends Error {
  override readonly name = 'UpstreamError';
  readonly fault: UpstreamFault;
  readonly code: (typeof codes)[UpstreamFault];
  /** How long it asked not to be called, in ms. */
  readonly retryAfterMs: number | undefined;

  constructor(
    fault: UpstreamFault,
    message: string,
    { retryAfterMs, cause }: { readonly retryAfterMs?: number | undefined; readonly cause?: unknown } = {},
  ) {
    super(message, cause === undefined ? {} : { cause });
    this.fault = fault;
    this.code = codes[fault];
    this.retryAfterMs = retryAfterMs;
  }
}
