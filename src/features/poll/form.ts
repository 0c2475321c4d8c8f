import {
  ComponentType,
  TextInputStyle,
  type APIModalInteractionResponseCallbackData,
  type APITextInputComponent,
} from 'discord-api-types/v10';
import { z } from 'zod';
import { clip, type Speech } from '../../i18n/i18n.ts';
import { defineModal } from '../component.ts';
import type { CommandContext } from '../context.ts';
import { answersTextMax, makePoll, questionMax, type Asked } from './make.ts';
import { staffWords } from './staff-words.ts';

/** Flags are numbers, as custom ids carry them. */
const form = defineModal({
  name: 'poll.form',
  version: 1,
  private: true,
  mutates: true,
  data: z.object({
    closesMs: z.coerce.number(),
    anonymous: z.coerce.number(),
    multiple: z.coerce.number(),
  }),
  fields: z.object({
    question: z.string().trim().min(1).max(questionMax),
    answers: z.string().trim().min(1).max(answersTextMax),
  }),
  labels,
  async run(context) {
    const { closesMs, anonymous, multiple } = context.data;
    // A form that stays open for long closes its poll no sooner than a minute from now.
    const closesAt = new Date(Math.max(closesMs, Date.now() + 60_000));
    const flags = { anonymous: anonymous === 1, multiple: multiple === 1 };
    await makePoll(context, { ...context.fields, closesAt, ...flags });
  },
});

export const formComponents = [form];

function labels(speech: Speech) {
  const words = staffWords.in(speech);
  return { question: words('formQuestion'), answers: words('formAnswers') };
}

type Begun = Omit<Asked, 'question' | 'answers'> &
  Partial<Record<'question' | 'answers', string | undefined>>;

/** Asks for what is missing; the answers in one field, a line each, because a form has five fields and a poll up to 25 answers. */
export function pollForm(
  { say, speech, customId }: CommandContext,
  { question, answers, closesAt, anonymous, multiple }: Begun,
): APIModalInteractionResponseCallbackData {
  const { question: questionLabel, answers: answersLabel } = labels(speech);
  const data = { closesMs: closesAt.getTime(), anonymous: Number(anonymous), multiple: Number(multiple) };
  const lines = answers?.split('|').map((answer) => answer.trim());
  return {
    custom_id: customId(form, data),
    title: clip(say(staffWords)('formTitle'), 45),
    components: [
      field(questionLabel, {
        custom_id: 'question',
        style: TextInputStyle.Short,
        max_length: questionMax,
        ...(question !== undefined && { value: question }),
      }),
      field(answersLabel, {
        custom_id: 'answers',
        style: TextInputStyle.Paragraph,
        max_length: answersTextMax,
        ...(lines !== undefined && { value: lines.join('\n') }),
      }),
    ],
  };
}

function field(label: string, input: Omit<APITextInputComponent, 'type'>) {
  return {
    type: ComponentType.Label,
    label: clip(label, 45),
    component: { type: ComponentType.TextInput, ...input },
  } as const;
}
