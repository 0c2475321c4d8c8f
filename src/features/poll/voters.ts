import { z } from 'zod';
import { clip, escapeMarkdown, verbatim, type Say } from '../../i18n/i18n.ts';
import { defineComponent } from '../component.ts';
import type { ComponentContext } from '../context.ts';
import { namesOf, type Poll, type Tally } from './poll-row.ts';
import { readPoll, tallyOf } from './store.ts';
import { choicesOf, votesOf } from './votes.ts';
import { pollWords } from './words.ts';

/** A mention takes 23 characters of an embed's 4,096. */
const mentionsMax = 140;

/** The member's own vote and, where the poll is not anonymous, everybody's. */
export const showVotes = defineComponent({
  name: 'poll.votes',
  version: 1,
  ephemeral: true,
  data: z.object({ poll: z.string() }),
  async run(context) {
    const { db, user, data, say, reply } = context;
    const words = say(pollWords);
    const found = await db.query('polls.votes', async (sql) => {
      const poll = await readPoll(sql, data.poll);
      if (poll === undefined) return undefined;
      const own = await choicesOf(sql, poll.id, user.id);
      return { poll, own, tally: await tallyOf(sql, poll), votes: await votesOf(sql, poll.id) };
    });
    if (found === undefined) return reply(words('tooLate'));
    const { poll, own } = found;
    const content = own.length === 0 ? words('noVote') : words('counted', { answers: namesOf(poll, own) });
    await reply(poll.anonymous ? content : { content, embeds: [votersEmbed(context, found)] });
  },
});

function votersEmbed(
  { say }: Pick<ComponentContext, 'say'>,
  {
    poll,
    tally,
    votes,
  }: { readonly poll: Poll; readonly tally: Tally; readonly votes: Awaited<ReturnType<typeof votesOf>> },
) {
  const words = say(pollWords);
  const each = Math.floor(mentionsMax / poll.answers.length);
  const lines = poll.answers.map((answer, position) => {
    const voters = votes.filter(({ choices }) => choices.includes(position)).slice(0, each);
    const names = voters.map(({ userId }) => `<@${userId}>`).join(' ');
    const hidden = Math.max(0, (tally.counts[position] ?? 0) - voters.length);
    return `${words('answer', { number: position + 1, answer })}\n${votersText(words, names, hidden)}`;
  });
  return {
    title: clip(escapeMarkdown(poll.question), 256),
    description: clip(lines.join('\n'), 4_096),
    color: poll.color,
  };
}

function votersText(say: Say<keyof typeof pollWords.texts.en>, names: string, hidden: number): string {
  if (hidden === 0) return names || say('nobody');
  return names === ''
    ? say('unnamed', { count: hidden })
    : say('more', { names: verbatim(names), count: hidden });
}
