import { API } from '@discordjs/core/http-only';
import { REST } from '@discordjs/rest';

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
