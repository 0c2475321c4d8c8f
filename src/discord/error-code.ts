import { DiscordAPIError } from '@discordjs/rest';

/** Discord's number for what was wrong (reference, "JSON Error Codes"); `undefined` for an error that is not Discord's answer. */
export function discordErrorCode(error: unknown): number | undefined {
  return error instanceof DiscordAPIError ? Number(error.code) : undefined;
}

/** The same for what Discord will not do, now or later; `undefined` also for whatever may go better at another try. */
export function refusalCode(error: unknown): number | undefined {
  if (!(error instanceof DiscordAPIError) || error.status === 401 || error.status >= 500) return undefined;
  return discordErrorCode(error);
}
