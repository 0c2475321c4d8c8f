import type { APIEmbed, APIMessageTopLevelComponent } from 'discord-api-types/v10';
import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { discordObject, id } from './shapes.ts';

const optionValue = z.union([z.string(), z.number(), z.boolean()]);

const runCommandForm = z.strictObject({
  guild_id: id,
  user_id: id.optional().describe('Default: the guild’s ordinary member'),
  channel_id: id.optional().describe('Default: the guild’s first channel'),
  shard_id: z
    .int()
    .min(0)
    .optional()
    .describe(
      'Delivers it to this shard instead of the guild’s own, as happens while a bot changes its shard count',
    ),
  command: z.string().min(1).describe('Name, group and subcommand, separated by spaces: `settings set`'),
  options: z.record(z.string(), optionValue).default({}),
  force: z.boolean().default(false).describe('Sends what Discord’s own client would not let the member send'),
  wait_ms: z
    .int()
    .min(0)
    .max(900_000)
    .default(15_000)
    .describe('A deferred answer is waited for this long; past it the state is `thinking`'),
});

const messageSight = z.object({
  id: z.string(),
  ephemeral: z.boolean(),
  content: z.string(),
  embeds: z.array(discordObject<APIEmbed>()).readonly(),
  components: z.array(discordObject<APIMessageTopLevelComponent>()).readonly(),
});

const interactionSight = z.object({
  interactionId: z.string(),
  state: z
    .enum(['waiting', 'answered', 'thinking', 'failed'])
    .describe('`waiting` is seen only by asking for an interaction before its first answer'),
  ephemeral: z.boolean(),
  content: z.string().describe('Empty while thinking, and where the answer was deleted'),
  embeds: messageSight.shape.embeds,
  components: messageSight.shape.components,
  followUps: z.array(messageSight).readonly(),
  modal: z
    .object({
      custom_id: z.string(),
      title: z.string(),
      components: z.array(discordObject<object>()).readonly(),
    })
    .optional(),
  answeredInMs: z
    .number()
    .nullable()
    .describe('From sending to the first callback, in milliseconds; null where there was none'),
  shardId: z
    .int()
    .nullable()
    .describe('The shard whose session was sent the interaction; null when none was connected'),
});

export type RunCommandForm = z.output<typeof runCommandForm>;
export type RunCommandRequest = z.input<typeof runCommandForm>;
export type OptionValue = z.output<typeof optionValue>;
export type MessageSight = z.output<typeof messageSight>;
/** What the member who ran a command sees of it. */
export type InteractionSight = z.output<typeof interactionSight>;

export const runCommand = endpoint({
  method: 'POST',
  path: '/commands',
  summary: 'Runs a slash command as a member; answers with what they see once it is answered or failed',
  input: runCommandForm,
  answer: interactionSight,
});

export const lookAtInteraction = endpoint({
  method: 'GET',
  path: '/interactions/{id}',
  summary: 'What the member sees of an interaction by now',
  input: z.strictObject({ id }),
  answer: interactionSight,
});
