import type { APIApplicationCommandOption } from 'discord-api-types/v10';
import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { discordObject, id } from './shapes.ts';

const commandSight = z.object({
  id: z.string(),
  type: z.int().describe('1: slash command, 2: on a user, 3: on a message'),
  name: z.string(),
  description: z.string(),
  options: z.array(discordObject<APIApplicationCommandOption>()).readonly(),
});

/** A registered command, as a member's client offers it. */
export type CommandSight = z.output<typeof commandSight>;

export const listGuildCommands = endpoint({
  method: 'GET',
  path: '/guilds/{guild_id}/commands',
  summary: 'The commands that a member’s client offers, those of the guild before the global ones',
  input: z.strictObject({
    guild_id: id,
    user_id: id.optional().describe('Default: the guild’s ordinary member'),
    channel_id: id
      .optional()
      .describe('Counts the member’s permissions there; default: those in the guild as a whole'),
  }),
  answer: z.array(commandSight).readonly(),
});
