/** @import { APIMessage } from 'discord-api-types/v10' */

/** resources/message.mdx, Message Flags. */
export const flags = { suppressEmbeds: 1 << 2, ephemeral: 1 << 6, loading: 1 << 7 };

/** @param {APIMessage} message */
export function isEphemeral(message) {
  return ((message.flags ?? 0) & flags.ephemeral) !== 0;
}
