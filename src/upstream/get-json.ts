import { inSpan, noteInSpan } from '../telemetry/tracing.ts';
import { UpstreamError } from './errors.ts';
import { retryAfterMs } from './retry-after.ts';

/** Real services answer directly, or move a title or a renamed repository once. */
const redirectsMax = 3;

/** The largest answers that are asked for (a forecast of a week by the hour, a popular repository) have 30 KB. */
export const bodyMaxBytes = 512 * 1_024;

const moved: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

/** 404 Not Found, 410 Gone, 451 Unavailable For Legal Reasons: the answer is that there is nothing. */
const absent: ReadonlySet<number> = new Set([404, 410, 451]);

interface GetOptions {
  readonly headers: Readonly<Record<string, string>>;
  readonly deadlineMs: number;
  readonly signal: AbortSignal;
}

/** `null`: the service says that there is no such thing. */
export type Json = { readonly json: unknown } | null;

/**
 * GETs JSON. Redirects are followed on the same origin only, so that whatever a service says nobody else is called. Throws an
 * `UpstreamError`; the socket is closed when `signal` is aborted, `deadlineMs` is over, or the body is too large.
 */
export function getJson(url: URL, options: GetOptions): Promise<Json> {
  return inSpan(
    () => ({
      name: 'GET',
      kind: 'client',
      // Its path is what a member looks for.
      attributes: { 'http.request.method': 'GET', 'server.address': url.hostname },
    }),
    () => get(url, options),
  );
}

async function get(url: URL, options: GetOptions): Promise<Json> {
  const deadline = AbortSignal.timeout(options.deadlineMs);
  const signal = AbortSignal.any([options.signal, deadline]);
  try {
    const response = await follow(url, options.headers, signal);
    if (response.ok) return { json: parsed(await textOf(response)) };
    await response.body?.cancel();
    if (absent.has(response.status)) return null;
    throw refusal(response);
  } catch (error) {
    if (error instanceof UpstreamError) throw error;
    if (deadline.aborted)
      throw new UpstreamError('timeout', `no answer within ${options.deadlineMs} ms`, { cause: error });
    throw new UpstreamError('unreachable', 'the connection failed', { cause: error });
  }
}

async function follow(
  url: URL,
  headers: Readonly<Record<string, string>>,
  signal: AbortSignal,
): Promise<Response> {
  let at = url;
  for (let redirects = 0; redirects <= redirectsMax; redirects++) {
    const response = await fetch(at, { headers, signal, redirect: 'manual' });
    noteInSpan(() => ({ attributes: { 'http.response.status_code': response.status } }));
    const location = moved.has(response.status) ? response.headers.get('location') : null;
    if (location === null) return response;
    await response.body?.cancel();
    const next = URL.parse(location, at.href);
    if (next?.origin !== url.origin)
      throw new UpstreamError('bad_body', `a redirect away from ${url.origin} is not followed`);
    at = next;
  }
  throw new UpstreamError('bad_body', `more than ${redirectsMax} redirects`);
}

function refusal({ status, headers }: Response): UpstreamError {
  const waitMs = retryAfterMs(headers, Date.now());
  // GitHub's hourly limit is a 403 (docs.github.com, "Rate limits for the REST API", "Exceeding the rate limit").
  const limited = status === 429 || (status === 403 && waitMs !== undefined);
  const fault = limited ? 'limited' : status >= 400 && status < 500 ? 'refused' : 'error';
  return new UpstreamError(fault, `status ${status}`, { retryAfterMs: waitMs });
}

/** Leaving the loop cancels the rest of the body, and closes its socket. */
async function textOf(response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of response.body ?? []) {
    bytes += chunk.byteLength;
    if (bytes > bodyMaxBytes)
      throw new UpstreamError('bad_body', `the body has more than ${bodyMaxBytes} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new UpstreamError('bad_body', 'the body is not JSON', { cause: error });
  }
}
