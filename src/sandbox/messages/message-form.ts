import { MessageFlags } from 'discord-api-types/v10';
import { z } from 'zod';
import { fault } from '../forms/form.ts';
import { checkLegacyRows, componentsForm } from './component-form.ts';
import { embedsForm } from './embed-form.ts';

const snowflake = z.string().regex(/^\d{1,20}$/);

const fields = z.object({
  content: z.string().max(2_000).nullish(),
  embeds: embedsForm.nullish(),
  components: componentsForm.nullish(),
  flags: z.int().min(0).nullish(),
});

/** What a client makes a message of. */
export const messageForm = fields.superRefine(checkNew);

/** What a client posts to a channel: a message, perhaps one that replies to another. */
export const postForm = fields
  .extend({
    nonce: z.union([z.int(), z.string().max(25)]).nullish(),
    tts: z.boolean().nullish(),
    message_reference: z
      .object({ message_id: snowflake, fail_if_not_exists: z.boolean().nullish() })
      .nullish(),
  })
  .superRefine(checkNew);

export const bulkDeleteForm = z.object({ messages: z.array(snowflake) });

/** An edit: an absent field is left as it is, null empties it; the flag of Components V2 need not be repeated. */
export const messageEditForm = fields.superRefine((message, context) => {
  if (((message.flags ?? 0) & MessageFlags.IsComponentsV2) !== 0) checkOnlyComponents(message, context);
});

export type MessageForm = z.output<typeof fields>;
export type PostForm = z.output<typeof postForm>;

function checkNew(message: MessageForm, context: z.core.$RefinementCtx): void {
  if (((message.flags ?? 0) & MessageFlags.IsComponentsV2) === 0)
    checkLegacyRows(message.components ?? [], context);
  else checkOnlyComponents(message, context);
}

function checkOnlyComponents(message: MessageForm, context: z.core.$RefinementCtx): void {
  for (const field of ['content', 'embeds'] as const) {
    if ((message[field]?.length ?? 0) === 0) continue;
    fault(
      context,
      [field],
      'MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2',
      `The '${field}' field cannot be used when using MessageFlags.IS_COMPONENTS_V2`,
    );
  }
}
