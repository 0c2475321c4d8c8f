import { API } from '@discordjs/core/http-only';
import { DiscordAPIError, REST } from '@discordjs/rest';
import { errorText } from '../lib/error-text.ts';
import { exitCodes } from '../lib/exit-codes.ts';
import { Failure } from '../lib/failure.ts';

export type { API } from '@discordjs/core/http-only';

export interface DiscordRest {
  readonly rest: REST;
  /** Discord's HTTP API, typed. */
  readonly api: API;
}

/**
 * The REST client of one process.
 * `onUnauthorized` hears of a 401 on a call that carried the token: the library then forgets the token and every later call
 * would fail in silence, so the process must end (or set it again).
 */
export function createDiscordRest(options: {
  readonly token: string;
  /** REST base without version, e.g. `https://discord.com/api`. */
  readonly apiUrl: string;
  readonly onUnauthorized: () => void;
}): DiscordRest {
  const rest = new REST({ version: '10', api: options.apiUrl }).setToken(options.token);
  rest.on('response', (request, response) => {
    if (response.status === 401 && request.data.auth !== false) options.onUnauthorized();
  });
  return { rest, api: new API(rest) };
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
