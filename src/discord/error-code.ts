import { DiscordAPIError } from '@discordjs/rest';

/** Discord's number for what was wrong (reference, "JSON Error Codes"); `undefined` for an error that is not Discord's answer. */
export function discordErrorCode(error: unknown): number | undefined {
  return error instanceof DiscordAPIError ? Number(error.code) : undefined;
}
