import type { CommandContext, ModalContext } from '../context.ts';
import { Refusal } from '../feature.ts';
import { accentColor } from '../accent-color.ts';
import { noteMessage } from '../note-message.ts';
import { addPoll, keepMessage, openPolls, type NewPoll } from './store.ts';
import { answersFrom } from './rules/answers.ts';
import { staffWords } from './staff-words.ts';
import { openPoll } from './vote.ts';

export const questionMax = 200;
/** Of all answers together, as they are typed. */
export const answersTextMax = 2_000;

/** As many as a list and an autocomplete can show. */
const openMax = 25;

/** What a member wants to ask, as they wrote it. */
export interface Asked {
  readonly question: string;
  readonly answers: string;
  readonly closesAt: Date;
  readonly anonymous: boolean;
  readonly multiple: boolean;
}

/** Makes the poll and answers with it. The same interaction, handled once more after a crash, makes no second one. */
export async function makePoll(context: CommandContext | ModalContext, asked: Asked): Promise<void> {
  const { db, customId, reply } = context;
  const poll = await pollFrom(context, asked);
  await db.transaction('polls.add', async (tx) => {
    const open = await openPolls(tx, poll.guildId);
    if (open.length >= openMax && !open.some(({ id }) => id === poll.id))
      throw new Refusal(context.say(staffWords)('full', { max: openMax }));
    await addPoll(tx, poll);
  });
  const empty = { counts: poll.answers.map(() => 0), voters: 0 };
  await reply(openPoll({ ...poll, messageId: null, revision: '0', closedAt: null }, empty, customId));
  await noteMessage(context, (messageId) =>
    db.query('polls.noted', (sql) => keepMessage(sql, poll.id, messageId)),
  );
}

async function pollFrom(context: CommandContext | ModalContext, asked: Asked): Promise<NewPoll> {
  const { interaction, guildId, user, speech, guildSpeech } = context;
  const words = context.say(staffWords);
  const question = asked.question.trim();
  if (question === '') throw new Refusal(words('noQuestion'));
  const answers = answersFrom(asked.answers);
  if ('problem' in answers) throw new Refusal(words(answers.problem, answers.values));
  const channelId = interaction.channel?.id;
  if (guildId === undefined || channelId === undefined) throw new Error('a poll outside of a guild');
  const { closesAt, anonymous, multiple } = asked;
  const color = await accentColor(context);
  const locales = { locale: guildSpeech.locale, creatorLocale: speech.locale };
  const made = { id: interaction.id, guildId, channelId, createdBy: user.id, color };
  return { ...made, ...locales, question, answers, anonymous, multiple, closesAt };
}
