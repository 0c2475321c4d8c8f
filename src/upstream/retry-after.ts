/** Nobody means to be left alone for longer; more is a mistake, or another unit. */
const longestMs = 24 * 3_600_000;

/**
 * How long a service asks to be left alone: `Retry-After` in seconds or as a date (RFC 9110, 10.2.3), or else GitHub's
 * `X-RateLimit-Reset` once nothing is left (docs.github.com, "Rate limits for the REST API"). `undefined` where it does not ask.
 */
export function retryAfterMs(headers: Headers, nowMs: number): number | undefined {
  const given = headers.get('retry-after') ?? undefined;
  const waitMs = given === undefined ? untilReset(headers, nowMs) : waitOf(given, nowMs);
  return waitMs === undefined || Number.isNaN(waitMs) ? undefined : Math.min(Math.max(waitMs, 0), longestMs);
}

function waitOf(text: string, nowMs: number): number {
  return /^\d+$/.test(text) ? Number(text) * 1_000 : Date.parse(text) - nowMs;
}

function untilReset(headers: Headers, nowMs: number): number | undefined {
  const reset = headers.get('x-ratelimit-reset');
  if (headers.get('x-ratelimit-remaining') !== '0' || reset === null) return undefined;
  return Number(reset) * 1_000 - nowMs;
}
