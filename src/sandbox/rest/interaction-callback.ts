import { InteractionResponseType, MessageFlags, type APIMessage } from 'discord-api-types/v10';
import type { Handler } from 'hono';
import type { UploadedFile } from '../cdn/cdn.ts';
import type { Answers } from '../interactions/answers.ts';
import { readCallback, type Callback } from '../interactions/callback-form.ts';
import type { Interaction } from '../interactions/interaction.ts';
import type { Interactions } from '../interactions/interactions.ts';
import { readUpload, type Upload } from './body.ts';

const types = InteractionResponseType;

export type CallbackParts = { readonly interactions: Interactions; readonly answers: Answers };

export const callbackRoute = '/interactions/:id/:token/callback';

/** `POST /interactions/{id}/{token}/callback`: the first answer, once, within its window. */
export function interactionCallback(parts: CallbackParts): Handler {
  return async (c) => {
    const upload = await readUpload(c);
    const { id = '', token = '' } = c.req.param();
    const { interaction, type } = answerInteraction(parts, id, token, upload);
    if (c.req.query('with_response') !== 'true') return c.body(null, 204);
    return c.json(withResponse(interaction, type));
  };
}

/** Carries out a callback; throws Discord's error for one that may not be. */
export function answerInteraction(
  { interactions, answers }: CallbackParts,
  id: string,
  token: string,
  { body, files }: Upload,
): { readonly interaction: Interaction; readonly type: InteractionResponseType } {
  const interaction = interactions.takeFirstAnswer(id, token);
  const callback = readCallback(body, interaction.origin);
  answer(answers, interaction, callback, files);
  const isDeferral = callback.type === types.DeferredChannelMessageWithSource;
  interactions.acknowledged(interaction, isDeferral ? 'thinking' : 'answered');
  return { interaction, type: callback.type };
}

function answer(
  answers: Answers,
  interaction: Interaction,
  callback: Callback,
  files: readonly UploadedFile[],
): void {
  const { source } = interaction.origin;
  switch (callback.type) {
    case types.ChannelMessageWithSource:
      return answers.reply(interaction, callback.data ?? {}, files);
    case types.DeferredChannelMessageWithSource:
      return answers.defer(interaction, callback.data?.flags ?? 0);
    case types.UpdateMessage:
      if (source) answers.update(interaction, source, callback.data ?? {}, files);
      return;
    case types.DeferredMessageUpdate:
      interaction.original = source;
      return;
    case types.ApplicationCommandAutocompleteResult:
      interaction.choices = callback.data.choices ?? [];
      return;
    case types.Modal:
      interaction.modal = callback.data;
      return;
    default:
      callback satisfies never;
  }
}

/** A message is shown where there is one of this answer's own, or one that it changed. */
function withResponse({ id, origin, original }: Interaction, type: InteractionResponseType): object {
  const message = original?.message;
  const shows = type === types.ChannelMessageWithSource || type === types.UpdateMessage;
  return {
    interaction: { id, type: origin.type, ...(message && responseMessage(message)) },
    ...(message && shows && { resource: { type, message } }),
  };
}

function responseMessage({ id, flags }: APIMessage): object {
  const has = (flag: MessageFlags) => ((flags ?? 0) & flag) !== 0;
  return {
    response_message_id: id,
    response_message_loading: has(MessageFlags.Loading),
    response_message_ephemeral: has(MessageFlags.Ephemeral),
  };
}
