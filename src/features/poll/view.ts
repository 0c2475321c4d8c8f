import type { APIEmbed } from 'discord-api-types/v10';
import { clip, escapeMarkdown, verbatim, type Say } from '../../i18n/i18n.ts';
import { shownTime } from '../discord-markup.ts';
import { speechOf, type Poll, type Tally } from './poll-row.ts';
import { bar, leaders } from './rules/bar.ts';
import { pollWords } from './words.ts';

type PollSay = Say<keyof typeof pollWords.texts.en>;

/** A poll as it stands, open or closed. */
export function pollEmbed(poll: Poll, tally: Tally): APIEmbed {
  const say = pollWords.in(speechOf(poll));
  const lines = answerLines(poll, tally, say).join('\n');
  return {
    title: clip(escapeMarkdown(poll.question), 256),
    description: clip(`${lines}\n\n${ending(poll, say)}`, 4_096),
    color: poll.color,
    footer: { text: say('voters', { count: tally.voters }) },
  };
}

/** Each answer with its votes in blocks, in percent and as a number; of a closed poll the winners by a word. */
function answerLines(
  { answers, closedAt, locale }: Poll,
  { counts, voters }: Tally,
  say: PollSay,
): readonly string[] {
  const percent = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 0 });
  const ahead = closedAt === null ? [] : leaders(counts);
  return answers.map((answer, position) => {
    const count = counts[position] ?? 0;
    const share = voters === 0 ? 0 : count / voters;
    const line = say('share', { bar: bar(share), share: percent.format(share), count });
    const name = say('answer', { number: position + 1, answer });
    return `${name}\n${ahead.includes(position) ? say('most', { line: verbatim(line) }) : line}`;
  });
}

function ending({ closedAt, closesAt, multiple, anonymous }: Poll, say: PollSay): string {
  if (closedAt !== null) return say('closed', { when: shownTime(closedAt, 'R') });
  const closes = say('closes', { when: shownTime(closesAt, 'R') });
  return [closes, say(multiple ? 'several' : 'single'), say(anonymous ? 'anonymous' : 'named')].join(' ');
}
