import { API } from '@discordjs/core/http-only';
import { DiscordAPIError, REST } from '@discordjs/rest';
import { errorText } from '../lib/error-text.ts';
import { exitCodes } from '../lib/exit-codes.ts';
import { Failure } from '../lib/failure.ts';
import type { RestGate } from './rest-gate.ts';
import { restRequest } from './rest-request.ts';

export type { API } from '@discordjs/core/http-only';
export { RestHeldBack, type RestGate } from './rest-gate.ts';

export interface DiscordRest {
  readonly rest: REST;
  /** Discord's HTTP API, typed. */
  readonly api: API;
}

/** Node's longest timer: `restRequest` has the deadline. */
const noDeadlineMs = 2 ** 31 - 1;

/**
 * The REST client of one process. Its calls pass `gate`; without one it keeps to Discord's global limit by itself, as if nobody
 * else called: what calls once (the manager at its start, deploy-commands) has none.
 *
 * `onUnauthorized` hears of a 401 to a call with the bot's token: all later ones would fail too, so the process must end.
 */
export function createDiscordRest(options: {
  readonly token: string;
  /** REST base without version, e.g. `https://discord.com/api`. */
  readonly apiUrl: string;
  readonly onUnauthorized: () => void;
  readonly gate?: RestGate;
}): DiscordRest {
  const rest = new LastingRest({
    version: '10',
    api: options.apiUrl,
    timeout: noDeadlineMs,
    makeRequest: restRequest(options.gate, options.onUnauthorized),
    ...(options.gate && { globalRequestsPerSecond: Infinity }),
  }).setToken(options.token);
  return { rest, api: new API(rest) };
}

/** The library forgets its token (`setToken(null)`) at any 401, whosever token was refused; every later call would fail unsent. */
class LastingRest extends REST {
  override setToken(token: string | null): this {
    return token === null ? this : super.setToken(token);
  }
}

/**
 * The reason to end a process whose call to Discord failed: exit 78 for a refused token, 69 when Discord did not answer or had
 * a fault of its own. An error that Discord calls ours (another 4xx) is returned as it is: a defect.
 */
export function callFailure(error: unknown, apiUrl: string): unknown {
  if (error instanceof DiscordAPIError) return error.status === 401 ? tokenRefused() : error;
  return new Failure(`Discord cannot be reached at ${apiUrl}: ${errorText(error)}`, exitCodes.unavailable, {
    cause: error,
  });
}

export function tokenRefused(): Failure {
  return new Failure(
    'Discord refused DISCORD_TOKEN (401); copy it again from the Developer Portal, Bot, Reset Token',
    exitCodes.config,
  );
}
