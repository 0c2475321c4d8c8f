import { DefaultRestOptions, type RESTOptions } from '@discordjs/rest';
import { restHeldBackTotal, restRateLimitedTotal, restRequestSeconds } from '../telemetry/rest.ts';
import { inSpan, noteInSpan } from '../telemetry/tracing.ts';
import { RestHeldBack, type RestGate } from './rest-gate.ts';
import { routeClass } from './route-class.ts';
import { routeTemplate } from './route-template.ts';

export type MakeRequest = RESTOptions['makeRequest'];
type Init = Parameters<MakeRequest>[1];
type Answer = Awaited<ReturnType<MakeRequest>>;

/** What Discord gets to answer; @discordjs/rest allows the same, but counts the wait for a limit with it. */
const answerMs = 15_000;

/**
 * The library's `makeRequest`, one request on the wire: with a deadline that begins when it is sent, since the library's own
 * would abort, and retry, a request that waits for the shared limit. `onUnauthorized` hears of a 401 to the bot's own token.
 */
export function restRequest(gate: RestGate | undefined, onUnauthorized: () => void): MakeRequest {
  return async (url, init) => {
    const ofBot = carriesBotToken(init);
    const answered = gate && ofBot ? await admitted(gate, url, init) : undefined;
    try {
      const response = await measured(url, init);
      if (isInvalid(response)) gate?.invalid(response.status);
      if (response.status === 401 && ofBot) onUnauthorized();
      return response;
    } finally {
      answered?.();
    }
  };
}

/**
 * Without its token a call does not count as the bot's (topics/rate-limits, "Global Rate Limit"): callbacks and messages of
 * interactions, and webhooks, whose path has a token of its own.
 */
function carriesBotToken({ headers }: Init): boolean {
  // The library makes it: a plain object.
  return (headers as Readonly<Record<string, string>>)['Authorization']?.startsWith('Bot ') ?? false;
}

async function admitted(gate: RestGate, url: string, init: Init): Promise<() => void> {
  holdBack(gate, url, init);
  const answered = await gate.admit(init.signal ?? new AbortController().signal);
  try {
    // Many may have waited for the limit when the ban came near.
    holdBack(gate, url, init);
  } catch (error) {
    answered();
    throw error;
  }
  return answered;
}

/** Where the gateway is must be known to serve at all, and is refused to nobody whose token is good. */
function holdBack(gate: RestGate, url: string, { method }: Init): void {
  const pathname = decodeURIComponent(new URL(url).pathname);
  if (!gate.banIsNear() || pathname.endsWith('/gateway/bot')) return;
  restHeldBackTotal.inc();
  throw new RestHeldBack(method ?? 'GET', pathname);
}

async function measured(url: string, init: Init): Promise<Answer> {
  const route = routeClass(url);
  const startMs = performance.now();
  let status = 'none';
  try {
    const response = await sendInSpan(url, init);
    status = statusLabel(response.status);
    if (response.status === 429) restRateLimitedTotal.inc({ route, scope: scopeOf(response) });
    return response;
  } finally {
    restRequestSeconds.observe({ route, status }, (performance.now() - startMs) / 1000);
  }
}

const tellingStatuses: readonly number[] = [400, 401, 403, 404, 429];

function statusLabel(status: number): string {
  return tellingStatuses.includes(status) ? String(status) : `${Math.floor(status / 100)}xx`;
}

function scopeOf({ headers }: Answer): string {
  const scope = headers.get('x-ratelimit-scope') ?? '';
  return ['user', 'global', 'shared'].includes(scope) ? scope : 'none';
}

function sendInSpan(url: string, init: Init): ReturnType<MakeRequest> {
  return inSpan(
    () => {
      const method = init.method ?? 'GET';
      const { hostname, pathname } = new URL(url);
      const template = routeTemplate(pathname);
      return {
        name: `${method} ${template}`,
        kind: 'client',
        attributes: {
          'http.request.method': method,
          'url.template': template,
          'server.address': hostname,
        },
      };
    },
    async () => {
      const response = await send(url, init);
      noteInSpan(() => ({
        attributes: { 'http.response.status_code': response.status },
        error: response.status < 400 ? undefined : String(response.status),
      }));
      return response;
    },
  );
}

async function send(url: string, init: Init): ReturnType<MakeRequest> {
  const deadline = new AbortController();
  const abort = () => deadline.abort();
  const timer = setTimeout(abort, answerMs);
  // The library makes a signal for each request, and so the listener goes with it.
  init.signal?.addEventListener('abort', abort, { once: true });
  if (init.signal?.aborted === true) abort();
  try {
    return await DefaultRestOptions.makeRequest(url, { ...init, signal: deadline.signal });
  } finally {
    clearTimeout(timer);
  }
}

/** topics/rate-limits, "Invalid Request Limit": 401, 403 and 429, but for a limit that others have used up. */
function isInvalid(response: Answer): boolean {
  const { status } = response;
  if (status === 429) return scopeOf(response) !== 'shared';
  return status === 401 || status === 403;
}
