import { clip, verbatim } from '../../i18n/i18n.ts';
import { channelMention } from '../discord-markup.ts';
import { defineJob, type JobContext } from '../job.ts';
import { editAnswer, tell, type Trouble } from '../posting.ts';
import { troubleWords } from '../trouble-words.ts';
import { creatorSpeech, namesOf } from './poll-row.ts';
import { leaders } from './rules/bar.ts';
import { settlePoll } from './settle-kind.ts';
import { staffWords } from './staff-words.ts';
import { closeDue, type Closed } from './store.ts';
import { pollEmbed } from './view.ts';
import { pollWords } from './words.ts';

/** Closes the poll, then shows it: repeated, the poll stays closed and the same edit is made again. */
export const settle = defineJob({
  kind: settlePoll,
  async run(context) {
    const { payload, db } = context;
    const closed = await db.transaction('polls.close', (tx) => closeDue(tx, payload.pollId));
    if (closed === undefined) return;
    const { poll, tally } = closed;
    const trouble = await editAnswer(context, poll, { embeds: [pollEmbed(poll, tally)] });
    // Who deleted the message or the channel wanted the poll to be gone.
    if (trouble !== undefined && trouble !== 'gone') await tellMaker(context, closed, trouble);
  },
});

async function tellMaker(
  { api, signal, log }: JobContext<unknown>,
  { poll, tally }: Closed,
  trouble: Trouble,
): Promise<void> {
  log.info({ poll: poll.id, channel: poll.channelId, trouble }, 'the result of a poll cannot be shown');
  if (poll.createdBy === null) return;
  const speech = creatorSpeech(poll);
  const reason = troubleWords.in(speech)(trouble, { channel: channelMention(poll.channelId) });
  const ahead = leaders(tally.counts);
  const votes = pollWords.in(speech)('voters', { count: tally.voters });
  const result = `${namesOf(poll, ahead)} · ${votes}`;
  const text = staffWords.in(speech)('notShown', {
    question: poll.question,
    reason: verbatim(reason),
    result: ahead.length === 0 ? votes : result,
  });
  await tell(api, poll.createdBy, clip(text, 2_000), { nonce: `poll ${poll.id}`, signal });
}
