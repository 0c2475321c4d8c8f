import type { APIEmbed, APIMessage, APIMessageTopLevelComponent } from 'discord-api-types/v10';
import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { discordObject, id, locale } from './shapes.ts';

export const file = z.strictObject({
  filename: z.string().min(1).max(1_024),
  content_type: z.string().optional(),
  description: z.string().max(1_024).optional(),
  data: z.string().describe('Base64'),
});

export const optionValue = z.union([z.string(), z.number(), z.boolean(), file]);

export const waitMs = z
  .int()
  .min(0)
  .max(900_000)
  .default(15_000)
  .describe('A deferred answer is waited for this long after the deferral; past it the state is `thinking`');

const runCommandForm = z.strictObject({
  guild_id: id,
  user_id: id.optional().describe('Default: the guild’s ordinary member'),
  channel_id: id.optional().describe('Default: the guild’s first channel'),
  locale: locale.optional().describe('The language of the member’s client; default: the guild’s'),
  shard_id: z
    .int()
    .min(0)
    .optional()
    .describe(
      'Delivers it to this shard instead of the guild’s own, as happens while a bot changes its shard count',
    ),
  command: z.string().min(1).describe('Name, group and subcommand, separated by spaces: `settings set`'),
  target_id: id
    .optional()
    .describe(
      'The member or message that a user or message command is run on; `command` is then its whole name',
    ),
  options: z.record(z.string(), optionValue).default({}),
  force: z.boolean().default(false).describe('Sends what Discord’s own client would not let the member send'),
  wait_ms: waitMs,
});

const messageSight = z.object({
  id: z.string(),
  ephemeral: z.boolean(),
  content: z.string(),
  embeds: z.array(discordObject<APIEmbed>()).readonly(),
  components: z.array(discordObject<APIMessageTopLevelComponent>()).readonly(),
});

export const interactionSight = z.object({
  interactionId: z.string(),
  type: z.int().describe('2: a command, 3: a component, 5: a modal'),
  guildId: z.string(),
  channelId: z.string(),
  state: z
    .enum(['waiting', 'answered', 'thinking', 'failed'])
    .describe('`waiting` is seen only by asking for an interaction before its first answer'),
  ephemeral: z.boolean(),
  content: z.string().describe('Empty while thinking, and where the answer was deleted'),
  embeds: messageSight.shape.embeds,
  components: messageSight.shape.components,
  message: discordObject<APIMessage>()
    .nullable()
    .describe('The answer, or the message that it updates, as the member sees it; null where there is none'),
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
export type FileForm = z.output<typeof file>;
export type OptionValue = z.output<typeof optionValue>;
export type MessageSight = z.output<typeof messageSight>;
/** What the member who ran a command sees of it. */
export type InteractionSight = z.output<typeof interactionSight>;

export const runCommand = endpoint({
  method: 'POST',
  path: '/commands',
  summary: 'Runs a command as a member; answers with what they see once it is answered or failed',
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
