import { ButtonStyle, ComponentType } from 'discord-api-types/v10';
import { z } from 'zod';
import { defineComponent } from '../component.ts';
import type { CustomId } from '../custom-id.ts';
import { Refusal } from '../feature.ts';
import { messageWords } from './message-words.ts';
import { addAgain, AddedAlready } from './store.ts';
import { shownTime } from '../discord-markup.ts';

/** Whose it is stands in the data: the message is made by a job, which has nobody for whom it could be private. */
export const snooze = defineComponent({
  name: 'remind.snooze',
  version: 1,
  data: z.object({
    id: z.string().regex(/^\d{1,18}$/),
    userId: z.string(),
    minutes: z.coerce.number().int().positive(),
  }),
  answers: 'update',
  mutates: true,
  async run(context) {
    const { id: reminderId, userId, minutes } = context.data;
    const say = context.say(messageWords);
    if (context.user.id !== userId) throw new Refusal(say('notYours'));
    const { message } = context.interaction;
    const dueAt = new Date(Date.now() + minutes * 60_000);
    try {
      const again = { userId, reminderId, key: `snooze ${message.id}`, dueAt };
      if (!(await addAgain(context.db, again))) throw new Refusal(say('gone'));
    } catch (error) {
      throw error instanceof AddedAlready ? new Refusal(say('already')) : error;
    }
    const note = say('snoozed', { when: shownTime(dueAt, 'R') });
    await context.update({ content: `${message.content}\n-# ${note}`, components: [] });
  },
});

/** The row of buttons under a reminder. */
export function snoozeRow(
  customId: CustomId,
  owner: { readonly id: string; readonly userId: string },
  say: ReturnType<(typeof messageWords)['in']>,
) {
  const button = (minutes: number, label: string) => ({
    type: ComponentType.Button as const,
    style: ButtonStyle.Secondary as const,
    label,
    custom_id: customId(snooze, { ...owner, minutes }),
  });
  return {
    type: ComponentType.ActionRow as const,
    components: [button(10, say('tenMinutes')), button(60, say('oneHour'))],
  };
}
