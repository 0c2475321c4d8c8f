import { accentColor } from '../../accent-color.ts';
import { defineSubcommand } from '../../command.ts';
import type { Asker } from '../../context.ts';
import { Refusal } from '../../feature.ts';
import { stringOption, type Complete } from '../../options.ts';
import { convert, findUnit, isPossible, suggestUnits, type Unit } from '../rules/units.ts';
import { amountOf, amountOption } from './amount.ts';
import { convertWords } from './convert-words.ts';

/** Six digits: more than a kitchen scale shows, and without a double's noise. */
const digits = 6;

/** What can be converted from comes first; the other option narrows it down. */
const completeUnit =
  (other: 'from' | 'to'): Complete =>
  async ({ typed, options, speech }) => {
    const nameOf = namesIn(speech.locale);
    const given = options.get(other);
    const counterpart = typeof given === 'string' ? findUnit(given, nameOf) : undefined;
    return suggestUnits(typed, counterpart?.dimension, nameOf).map((unit) => ({
      name: nameOf(unit) === unit.symbol ? unit.symbol : `${nameOf(unit)} (${unit.symbol})`,
      value: unit.symbol,
    }));
  };

const unitOption = (description: string, other: 'from' | 'to') =>
  stringOption({ description, required: true, maxLength: 40, complete: completeUnit(other) });

export const convertUnits = defineSubcommand({
  description: 'Converts lengths, weights, temperatures and more',
  options: {
    amount: amountOption,
    from: unitOption('From which unit, like km', 'to'),
    to: unitOption('Into which unit, like mi', 'from'),
  },
  async run(context) {
    const say = context.say(convertWords);
    const amount = amountOf(context, context.options.amount);
    const [from, to] = [unitOf(context, context.options.from), unitOf(context, context.options.to)];
    if (from.dimension !== to.dimension)
      throw new Refusal(say('unlike', { from: from.symbol, to: to.symbol }));
    if (!isPossible(amount, from)) throw new Refusal(say('belowNothing'));
    const text = (value: number, unit: Unit) => unitText(context.speech.locale, value, unit);
    await context.reply({
      embeds: [
        {
          title: `${text(amount, from)} = ${text(convert(amount, from, to), to)}`,
          color: await accentColor(context),
        },
      ],
    });
  },
});

function unitOf(context: Asker, given: string): Unit {
  const unit = findUnit(given, namesIn(context.speech.locale));
  if (unit === undefined) throw new Refusal(context.say(convertWords)('noUnit', { given }));
  return unit;
}

function unitText(locale: string, value: number, { intl, symbol }: Unit): string {
  const shown = { maximumSignificantDigits: digits } as const;
  if (intl === undefined) return `${new Intl.NumberFormat(locale, shown).format(value)} ${symbol}`;
  return new Intl.NumberFormat(locale, { ...shown, style: 'unit', unit: intl, unitDisplay: 'long' }).format(
    value,
  );
}

/** A unit's name in that language, as it stands beside several of it; its symbol, which every language has, for the rare ones. */
function namesIn(locale: string): (unit: Unit) => string {
  return ({ intl, symbol }) => {
    if (intl === undefined) return symbol;
    const format = new Intl.NumberFormat(locale, { style: 'unit', unit: intl, unitDisplay: 'long' });
    const parts = format.formatToParts(2).filter(({ type }) => type === 'unit');
    return parts.map(({ value }) => value.trim()).join(' ') || symbol;
  };
}
