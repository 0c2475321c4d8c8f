import { MessageFlags, type ComponentType } from 'discord-api-types/v10';
import { z } from 'zod';
import type { FormProblem } from '../forms/discord-error.ts';
import { fault } from '../forms/form.ts';
import { allowedMentionsForm } from './allowed-mentions.ts';
import { attachmentForm } from './attachment-form.ts';
import { componentsForm, legacyRowProblems } from './component-form.ts';
import { embedsForm } from './embed-form.ts';

const snowflake = z.string().regex(/^\d{1,20}$/);

const fields = z.object({
  content: z.string().max(2_000).nullish(),
  embeds: embedsForm.nullish(),
  components: componentsForm.nullish(),
  flags: z.int().min(0).nullish(),
  allowed_mentions: allowedMentionsForm.nullish(),
  attachments: z.array(attachmentForm).max(10).nullish(),
});

const newMessage = fields.extend({ tts: z.boolean().nullish() });

/** What a client makes a message of. */
export const messageForm = newMessage.superRefine(checkNew);

/** What a client posts to a channel: a message, perhaps one that replies to another. */
export const postForm = newMessage
  .extend({
    nonce: z.union([z.int(), z.string().max(25)]).nullish(),
    /** A second message with this nonce within a few minutes is the first one. */
    enforce_nonce: z.boolean().nullish(),
    message_reference: z
      .object({ message_id: snowflake, fail_if_not_exists: z.boolean().nullish() })
      .nullish(),
  })
  .superRefine(checkNew);

export const bulkDeleteForm = z.object({ messages: z.array(snowflake) });

/** An edit: an absent field is left as it is, null empties it. What it may hold depends on the message that it edits. */
export const messageEditForm = fields;

export type MessageForm = z.output<typeof newMessage>;
export type MessageEditForm = z.output<typeof fields>;
export type PostForm = z.output<typeof postForm>;

function checkNew(message: MessageForm, context: z.core.$RefinementCtx): void {
  const isV2 = ((message.flags ?? 0) & MessageFlags.IsComponentsV2) !== 0;
  for (const { path, code, message: text } of generationProblems(message, isV2)) {
    fault(context, path, code, text);
  }
}

type Shown = {
  readonly content?: string | null | undefined;
  readonly embeds?: readonly unknown[] | null | undefined;
  readonly components?: readonly { readonly type: ComponentType }[] | null | undefined;
};

/** A message holds rows beside its text and embeds, or Components V2 alone. */
export function generationProblems(message: Shown, isV2: boolean): FormProblem[] {
  if (!isV2) return legacyRowProblems(message.components ?? []);
  const legacy = (['content', 'embeds'] as const).filter((field) => (message[field]?.length ?? 0) > 0);
  return legacy.map((field) => ({
    path: [field],
    code: 'MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2',
    message: `The '${field}' field cannot be used when using MessageFlags.IS_COMPONENTS_V2`,
  }));
}
