import { Hono, type Context } from 'hono';
import { readForm } from '../forms/form.ts';
import type { Answers } from '../interactions/answers.ts';
import type { Interaction } from '../interactions/interaction.ts';
import type { Interactions } from '../interactions/interactions.ts';
import { messageEditForm, messageForm } from '../messages/message-form.ts';
import { readUpload } from './body.ts';

type Parts = { readonly interactions: Interactions; readonly answers: Answers };

/** Routes below `/webhooks/:application/:token`, the token being an interaction's: its answers, read, edited, deleted, added to. */
export function webhookMessages({ interactions, answers }: Parts): Hono {
  const routes = new Hono();
  const interactionOf = (c: Context): Interaction =>
    interactions.webhook(c.req.param('application') ?? '', c.req.param('token') ?? '');
  const messageOf = (c: Context) => {
    const interaction = interactionOf(c);
    return { interaction, kept: answers.find(interaction, c.req.param('message') ?? '') };
  };

  routes.post('/', async (c) => {
    const interaction = interactionOf(c);
    const { body, files } = await readUpload(c);
    return c.json(answers.followUp(interaction, readForm(messageForm, body), files));
  });
  routes.get('/messages/:message', (c) => c.json(messageOf(c).kept.message));
  routes.patch('/messages/:message', async (c) => {
    interactionOf(c);
    const { body, files } = await readUpload(c);
    const form = readForm(messageEditForm, body);
    const { interaction, kept } = messageOf(c);
    return c.json(answers.edit(interaction, kept, form, files));
  });
  routes.delete('/messages/:message', (c) => {
    const { interaction, kept } = messageOf(c);
    answers.remove(interaction, kept);
    return c.body(null, 204);
  });
  return routes;
}
