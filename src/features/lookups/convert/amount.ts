import type { Asker } from '../../context.ts';
import { Refusal } from '../../feature.ts';
import { stringOption } from '../../options.ts';
import { amountMax, parseAmount } from '../rules/amount.ts';
import { convertWords } from './convert-words.ts';

/** Text, since Discord's own numbers know no decimal comma. */
export const amountOption = stringOption({
  description: 'How much, like 12.5',
  required: true,
  maxLength: 30,
});

/** Throws a `Refusal` for what is no number, and for absurd ones. */
export function amountOf(context: Asker, given: string): number {
  const parts = new Intl.NumberFormat(context.speech.locale).formatToParts(1.5);
  const decimal = parts.find(({ type }) => type === 'decimal')?.value === ',' ? ',' : '.';
  const amount = parseAmount(given, decimal);
  if (amount === undefined)
    throw new Refusal(context.say(convertWords)('noAmount', { given, max: amountMax }));
  return amount;
}
