import type { APIEmbed } from 'discord-api-types/v10';
import { clip, verbatim, type Say } from '../../i18n/i18n.ts';
import { shownTime } from '../discord-markup.ts';
import { mentions, speechOf, type Draw, type Giveaway, type Whole } from './giveaway-row.ts';
import { giveawayWords } from './words.ts';

type GiveawaySay = Say<keyof typeof giveawayWords.texts.en>;

/** Of 20 winners each; with the promise of the next one they fit into an embed's 4,096 characters in every language. */
const drawsShown = 4;

/** A giveaway as it stands: open, drawn or cancelled. */
export function giveawayEmbed({ giveaway, entrants, draws }: Whole): APIEmbed {
  const say = giveawayWords.in(speechOf(giveaway));
  return {
    title: clip(say('title', { prize: giveaway.prize }), 256),
    description: clip(linesOf(giveaway, draws, say).join('\n\n'), 4_096),
    color: giveaway.color,
    footer: { text: say('entrants', { count: entrants }) },
  };
}

function linesOf(giveaway: Giveaway, draws: readonly Draw[], say: GiveawaySay): readonly string[] {
  const { state, commitment, winners, endsAt, roleId } = giveaway;
  const role = roleId === null ? [] : [say('role', { role: verbatim(`<@&${roleId}>`) })];
  switch (state) {
    case 'open':
      return [
        say('winners', { count: winners, when: shownTime(endsAt, 'R') }),
        ...role,
        say('fair', { commitment }),
      ];
    case 'cancelled':
      return [say('cancelled')];
    case 'drawn':
      return [...drawnLines(draws, say), say('next', { commitment })];
    default:
      return state satisfies never;
  }
}

function drawnLines(draws: readonly Draw[], say: GiveawaySay): readonly string[] {
  const newest = draws.slice(-drawsShown);
  const count = draws.length - newest.length;
  const earlier = count === 0 ? [] : [say('earlier', { count })];
  return [...earlier, ...newest.flatMap((draw) => drawLines(draw, say))];
}

function drawLines({ number, winners, wanted, candidates, seed }: Draw, say: GiveawaySay): readonly string[] {
  if (candidates === 0) return [say('nobody'), say('seed', { seed })];
  const won = { number, winners: verbatim(winners.length === 0 ? say('erased') : mentions(winners)) };
  const few = candidates < wanted ? [say(number === 1 ? 'fewer' : 'fewerLeft')] : [];
  return [say(number === 1 ? 'won' : 'wonAgain', won), ...few, say('seed', { seed })];
}
