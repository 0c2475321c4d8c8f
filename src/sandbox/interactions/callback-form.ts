import {
  ApplicationCommandOptionType,
  InteractionResponseType,
  InteractionType,
} from 'discord-api-types/v10';
import { z } from 'zod';
import { invalidForm } from '../forms/discord-error.ts';
import { readForm } from '../forms/form.ts';
import { messageEditForm, messageForm } from '../messages/message-form.ts';
import { modalForm } from '../messages/modal-form.ts';
import { autocompleteData, choiceProblems } from './autocomplete-form.ts';
import type { InteractionOrigin } from './interaction.ts';

const types = InteractionResponseType;

/** The body of a callback, by its `type` (interactions/receiving-and-responding.mdx, Interaction Response). */
const callbackForm = z.discriminatedUnion('type', [
  z.object({ type: z.literal(types.ChannelMessageWithSource), data: messageForm.nullish() }),
  z.object({
    type: z.literal(types.DeferredChannelMessageWithSource),
    data: z.object({ flags: z.int().min(0).nullish() }).nullish(),
  }),
  z.object({ type: z.literal(types.DeferredMessageUpdate) }),
  z.object({ type: z.literal(types.UpdateMessage), data: messageEditForm.nullish() }),
  z.object({ type: z.literal(types.ApplicationCommandAutocompleteResult), data: autocompleteData }),
  z.object({ type: z.literal(types.Modal), data: modalForm }),
]);

export type Callback = z.output<typeof callbackForm>;

/** The callback in the body, as the interaction allows it; throws Discord's error for any other. */
export function readCallback(body: unknown, origin: InteractionOrigin): Callback {
  checkType(body, origin);
  const callback = readForm(callbackForm, body);
  if (callback.type === types.ApplicationCommandAutocompleteResult) {
    const optionType = origin.optionType ?? ApplicationCommandOptionType.String;
    const problems = choiceProblems(callback.data.choices ?? [], optionType);
    if (problems.length > 0) throw invalidForm(problems);
  }
  return callback;
}

/** PONG is for webhooks that receive interactions over HTTP, and no activity is enabled for this application. */
function checkType(body: unknown, origin: InteractionOrigin): void {
  const type: unknown = (body as { readonly type?: unknown } | null)?.type;
  const allowed: readonly number[] = allowedTypes(origin);
  if (typeof type !== 'number' || allowed.includes(type)) return;
  const message = `Value must be one of {${allowed.join(', ')}}.`;
  throw invalidForm([{ path: ['type'], code: 'BASE_TYPE_CHOICES', message }]);
}

const messageAnswers = [types.ChannelMessageWithSource, types.DeferredChannelMessageWithSource];
const updates = [types.DeferredMessageUpdate, types.UpdateMessage];

function allowedTypes({ type, source }: InteractionOrigin): readonly InteractionResponseType[] {
  switch (type) {
    case InteractionType.ApplicationCommandAutocomplete:
      return [types.ApplicationCommandAutocompleteResult];
    case InteractionType.MessageComponent:
      return [...messageAnswers, ...updates, types.Modal];
    case InteractionType.ModalSubmit:
      return source ? [...messageAnswers, ...updates] : messageAnswers;
    case InteractionType.ApplicationCommand:
    case InteractionType.Ping:
      return [...messageAnswers, types.Modal];
    default:
      return type satisfies never;
  }
}
