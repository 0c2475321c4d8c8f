import { DiscordAPIError } from '@discordjs/rest';

/** Discord's code for why it refused a call (topics/opcodes-and-status-codes, "JSON"); `undefined` where it did not, or did not say. */
export function refusalCode(error: unknown): number | undefined {
  return error instanceof DiscordAPIError && typeof error.code === 'number' ? error.code : undefined;
}
