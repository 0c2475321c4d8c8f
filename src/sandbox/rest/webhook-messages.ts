import type { APIMessage } from 'discord-api-types/v10';
import { Hono, type Context } from 'hono';
import type { Account } from '../account.ts';
import { discordErrors } from '../forms/discord-error.ts';
import { readForm } from '../forms/form.ts';
import { interactionMessage } from '../interactions/interaction-message.ts';
import type { Interaction } from '../interactions/interaction.ts';
import type { Interactions } from '../interactions/interactions.ts';
import { editMessage, makeMessage } from '../messages/message.ts';
import { messageEditForm, messageForm } from '../messages/message-form.ts';
import type { SnowflakeClock } from '../snowflake.ts';
import { readBody } from './body.ts';

type Parts = { readonly interactions: Interactions; readonly account: Account; readonly ids: SnowflakeClock };

/** Routes below `/webhooks/:application/:token`, the token being an interaction's: its answers, read, edited, deleted, added to. */
export function webhookMessages(parts: Parts): Hono {
  const routes = new Hono();
  routes.post('/', async (c) => {
    const interaction = interactionOf(c, parts);
    return c.json(followUp(parts, interaction, await readBody(c)));
  });
  routes.get('/messages/:message', (c) => c.json(messageOf(c, interactionOf(c, parts))));
  routes.patch('/messages/:message', async (c) => {
    const interaction = interactionOf(c, parts);
    const form = readForm(messageEditForm, await readBody(c));
    return c.json(store(interaction, editMessage(messageOf(c, interaction), form)));
  });
  routes.delete('/messages/:message', (c) => {
    const interaction = interactionOf(c, parts);
    remove(interaction, messageOf(c, interaction));
    return c.body(null, 204);
  });
  return routes;
}

function followUp({ account, ids }: Parts, interaction: Interaction, body: unknown): APIMessage {
  const form = readForm(messageForm, body);
  const { original, state } = interaction;
  // The first follow-up to a deferred answer takes the place of "thinking", and is as public or ephemeral as that was.
  if (state === 'thinking' && original) return store(interaction, editMessage(original, form));
  return store(interaction, makeMessage(interactionMessage(interaction, account.botUser, ids.next()), form));
}

function interactionOf(c: Context, { interactions }: Parts): Interaction {
  return interactions.webhook(c.req.param('application') ?? '', c.req.param('token') ?? '');
}

function messageOf(c: Context, interaction: Interaction): APIMessage {
  const id = c.req.param('message') ?? '';
  const isOriginal = id === '@original' || id === interaction.original?.id;
  const message = isOriginal ? interaction.original : interaction.followUps.get(id);
  if (!message) throw discordErrors.unknownMessage();
  return message;
}

function store(interaction: Interaction, message: APIMessage): APIMessage {
  if (message.id === interaction.original?.id) interaction.original = message;
  else interaction.followUps.set(message.id, message);
  interaction.state = 'answered';
  interaction.changed();
  return message;
}

function remove(interaction: Interaction, message: APIMessage): void {
  if (message.id === interaction.original?.id) interaction.original = undefined;
  else interaction.followUps.delete(message.id);
  interaction.state = 'answered';
  interaction.changed();
}
