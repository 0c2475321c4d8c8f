import { DiscordAPIError } from '@discordjs/rest';

/**
 * Discord's code for why it will not do what was asked, now or later (topics/opcodes-and-status-codes, "JSON Error Codes");
 * `undefined` for whatever may go better at another try.
 */
export function refusalCode(error: unknown): number | undefined {
  if (!(error instanceof DiscordAPIError) || error.status === 401 || error.status >= 500) return undefined;
  return Number(error.code);
}
