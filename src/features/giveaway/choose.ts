import { clip } from '../../i18n/i18n.ts';
import type { Sql } from '../../db/db.ts';
import type { Asker } from '../context.ts';
import { Refusal } from '../feature.ts';
import { stringOption } from '../options.ts';
import type { Giveaway } from './giveaway-row.ts';
import { staffWords } from './staff-words.ts';
import { giveawaysIn, readWhole } from './store.ts';

/** Which giveaway of the guild; those in `state` are offered. */
export function giveawayOption(state: 'open' | 'drawn') {
  return stringOption({
    description: 'Which giveaway',
    required: true,
    maxLength: 100,
    complete: async ({ db, guildId = '0', typed }) => {
      const found = await db.read('giveaways.offer', (sql) => giveawaysIn(sql, guildId, state));
      return found
        .filter(({ prize }) => prize.toLowerCase().includes(typed.trim().toLowerCase()))
        .map(({ id, prize }) => ({ name: clip(prize, 100), value: id }));
    },
  });
}

/** What was chosen; throws a `Refusal` for what is none of this guild's in that state. */
export async function chosen(
  { say, guildId }: Pick<Asker, 'say' | 'guildId'>,
  sql: Sql,
  value: string,
  state: 'open' | 'drawn',
): Promise<Giveaway> {
  const whole = /^\d{1,19}$/.test(value) ? await readWhole(sql, value) : undefined;
  if (whole?.giveaway.guildId !== guildId || whole?.giveaway.state !== state)
    throw new Refusal(say(staffWords)(state === 'open' ? 'unknownOpen' : 'unknownDrawn'));
  return whole.giveaway;
}
