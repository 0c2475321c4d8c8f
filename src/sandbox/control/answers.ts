import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { file, interactionSight, waitMs } from './interactions.ts';
import { id, locale } from './shapes.ts';

const useComponentForm = z.strictObject({
  channel_id: id,
  message_id: id,
  user_id: id.optional().describe('Default: the guild’s ordinary member'),
  locale: locale.optional().describe('The language of the member’s client; default: the guild’s'),
  custom_id: z.string().min(1),
  values: z.array(z.string()).optional().describe('What is chosen in a select menu'),
  wait_ms: waitMs,
});

const submitModalForm = z.strictObject({
  interaction_id: id.describe('The interaction that the modal answered; its member fills it in'),
  locale: locale.optional().describe('The language of the member’s client; default: the guild’s'),
  fields: z
    .record(z.string(), z.union([z.string(), z.array(z.string()), z.array(file)]))
    .describe(
      'By `custom_id`; a field that is left out stays as the modal shows it. A checkbox is "true" or "false"',
    ),
  wait_ms: waitMs,
});

export type UseComponentForm = z.output<typeof useComponentForm>;
export type UseComponentRequest = z.input<typeof useComponentForm>;
export type SubmitModalForm = z.output<typeof submitModalForm>;
export type SubmitModalRequest = z.input<typeof submitModalForm>;

export const useComponent = endpoint({
  method: 'POST',
  path: '/components',
  summary: 'Presses a button or chooses in a select menu as a member',
  input: useComponentForm,
  answer: interactionSight,
});

export const submitModal = endpoint({
  method: 'POST',
  path: '/modals',
  summary: 'Fills in and submits a modal as the member who was shown it',
  input: submitModalForm,
  answer: interactionSight,
});
