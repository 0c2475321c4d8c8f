import {
  InteractionResponseType,
  InteractionType,
  MessageFlags,
  type APIMessage,
} from 'discord-api-types/v10';
import type { Handler } from 'hono';
import { z } from 'zod';
import { readForm } from '../forms/form.ts';
import { interactionMessage } from '../interactions/interaction-message.ts';
import type { Interaction } from '../interactions/interaction.ts';
import type { Interactions } from '../interactions/interactions.ts';
import { makeLoadingMessage, makeMessage } from '../messages/message.ts';
import { messageForm } from '../messages/message-form.ts';
import type { SnowflakeClock } from '../snowflake.ts';
import type { Account } from '../account.ts';
import { readBody } from './body.ts';

const types = InteractionResponseType;

const deferData = z.object({ flags: z.int().min(0).nullish() }).nullish();
const modalData = z.object({
  custom_id: z.string().min(1).max(100),
  title: z.string().min(1).max(45),
  components: z
    .array(z.looseObject({ type: z.int() }))
    .min(1)
    .max(5),
});

/** The body of a callback, by its `type` (interactions/receiving-and-responding.mdx, Interaction Response). */
const callbackForm = z.discriminatedUnion('type', [
  z.object({ type: z.literal(types.Pong) }),
  z.object({ type: z.literal(types.ChannelMessageWithSource), data: messageForm }),
  z.object({ type: z.literal(types.DeferredChannelMessageWithSource), data: deferData }),
  z.object({ type: z.literal(types.DeferredMessageUpdate) }),
  z.object({ type: z.literal(types.UpdateMessage), data: messageForm }),
  z.object({ type: z.literal(types.Modal), data: modalData }),
]);

type Callback = z.output<typeof callbackForm>;

type Parts = { readonly interactions: Interactions; readonly account: Account; readonly ids: SnowflakeClock };

/** `POST /interactions/{id}/{token}/callback`: the first answer, once, within its window. */
export function interactionCallback(parts: Parts): Handler {
  return async (c) => {
    const body = await readBody(c);
    const interaction = parts.interactions.takeFirstAnswer(
      c.req.param('id') ?? '',
      c.req.param('token') ?? '',
    );
    const callback = readForm(callbackForm, body);
    answer(parts, interaction, callback);
    if (c.req.query('with_response') !== 'true') return c.body(null, 204);
    return c.json(withResponse(interaction, callback.type));
  };
}

function answer({ interactions, account, ids }: Parts, interaction: Interaction, callback: Callback): void {
  const origin = () => interactionMessage(interaction, account.botUser, ids.next());
  switch (callback.type) {
    case types.ChannelMessageWithSource:
    case types.UpdateMessage:
      interaction.original = makeMessage(origin(), callback.data);
      break;
    case types.DeferredChannelMessageWithSource: {
      const isEphemeral = ((callback.data?.flags ?? 0) & MessageFlags.Ephemeral) !== 0;
      interaction.original = makeLoadingMessage(origin(), isEphemeral);
      return interactions.acknowledged(interaction, 'thinking');
    }
    case types.Modal:
      interaction.modal = callback.data;
      break;
    case types.Pong:
    case types.DeferredMessageUpdate:
      break;
    default:
      callback satisfies never;
  }
  interactions.acknowledged(interaction, 'answered');
}

function withResponse({ id, original }: Interaction, type: InteractionResponseType): object {
  return {
    interaction: { id, type: InteractionType.ApplicationCommand, ...(original && responseMessage(original)) },
    ...(original && { resource: { type, message: original } }),
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
