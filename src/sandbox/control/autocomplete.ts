import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { interactionSight, optionValue } from './interactions.ts';
import { id, locale } from './shapes.ts';

const autocompleteForm = z.strictObject({
  guild_id: id,
  user_id: id.optional().describe('Default: the guild’s ordinary member'),
  channel_id: id.optional().describe('Default: the guild’s first channel'),
  locale: locale.optional().describe('The language of the member’s client; default: the guild’s'),
  command: z.string().min(1).describe('Name, group and subcommand, separated by spaces'),
  options: z.record(z.string(), optionValue).default({}).describe('What is typed so far'),
  focused: z.string().describe('The name of the option that is being typed'),
});

const autocompleteSight = z.object({
  choices: z
    .array(z.object({ name: z.string(), value: z.union([z.string(), z.number()]) }))
    .readonly()
    .describe('Empty where the bot did not answer in time'),
  ...interactionSight.pick({ answeredInMs: true, shardId: true, state: true }).shape,
});

export type AutocompleteForm = z.output<typeof autocompleteForm>;
export type AutocompleteRequest = z.input<typeof autocompleteForm>;
export type AutocompleteSight = z.output<typeof autocompleteSight>;

export const autocomplete = endpoint({
  method: 'POST',
  path: '/autocomplete',
  summary: 'Asks the bot what it offers for an option that a member is typing',
  input: autocompleteForm,
  answer: autocompleteSight,
});
