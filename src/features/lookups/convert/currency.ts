import { z } from 'zod';
import { verbatim } from '../../../i18n/i18n.ts';
import { defineLookup } from '../../../upstream/upstream.ts';
import { defineSubcommand } from '../../command.ts';
import type { Asker } from '../../context.ts';
import { Refusal } from '../../feature.ts';
import { stringOption, type Complete } from '../../options.ts';
import { ask, embedOf, ifAnswered } from '../ask.ts';
import { lookupLimits } from '../limits.ts';
import { amountOf, amountOption } from './amount.ts';
import { convertWords } from './convert-words.ts';

const service = 'exchangerate-api.com';

/** All rates of a day in one answer, whose terms ask for no more than one request an hour (exchangerate-api.com/docs/free). */
export const rates = defineLookup({
  name: 'rates',
  upstream: 'rates',
  request: (base: string) => ({ path: ['v6', 'latest', base] }),
  schema: z.object({
    result: z.literal('success'),
    time_last_update_unix: z.number(),
    rates: z.record(z.string().regex(/^[A-Z]{3}$/), z.number().positive()),
  }),
  freshSec: 3_600,
  staleSec: 7 * 86_400,
});

/** One base for everybody: every pair follows from it, out of one cached answer. */
const base = 'USD';

const completeCurrency: Complete = async ({ typed, speech, lookUp }) => {
  const wanted = typed.trim().toLowerCase();
  const nameOf = namesIn(speech.locale);
  const known = (await ifAnswered(lookUp(rates, base)))?.rates ?? {};
  return Object.keys(known)
    .map((code) => ({ name: `${nameOf(code)} (${code})`, value: code }))
    .filter(({ name }) => name.toLowerCase().includes(wanted));
};

const currencyOption = (description: string) =>
  stringOption({ description, required: true, maxLength: 40, complete: completeCurrency });

export const convertCurrency = defineSubcommand({
  description: "Converts money at today's rates",
  limits: lookupLimits,
  options: {
    amount: amountOption,
    from: currencyOption('From which currency, like EUR'),
    to: currencyOption('Into which currency, like USD'),
  },
  async run(context) {
    const say = context.say(convertWords);
    const { from, to, amount: given } = context.options;
    const amount = amountOf(context, given);
    if (amount < 0) throw new Refusal(say('belowNothing'));
    const found = await ask(context, rates, base, {
      service,
      elsewhere: 'https://www.exchangerate-api.com/',
    });
    const known = found.body?.rates ?? {};
    const [paid, got] = [currencyOf(context, from, known), currencyOf(context, to, known)];
    const money = (value: number, currency: string) =>
      new Intl.NumberFormat(context.speech.locale, { style: 'currency', currency }).format(value);
    const rate = got.rate / paid.rate;
    const one = new Intl.NumberFormat(context.speech.locale, { maximumSignificantDigits: 6 }).format(rate);
    const when = verbatim(`<t:${found.body?.time_last_update_unix ?? 0}:D>`);
    const embed = await embedOf(context, found, service, {
      title: `${money(amount, paid.code)} = ${money(amount * rate, got.code)}`,
      description: say('rate', { from: paid.code, to: got.code, rate: verbatim(one), when }),
      url: 'https://www.exchangerate-api.com/',
    });
    await context.reply({ embeds: [embed] });
  },
});

/** By its code, or its name in the member's language. */
function currencyOf(context: Asker, given: string, known: Readonly<Record<string, number>>) {
  const wanted = given.trim().toLowerCase();
  const nameOf = namesIn(context.speech.locale);
  const [code = '', rate] =
    Object.entries(known).find(([each]) =>
      [each, nameOf(each)].some((call) => call.toLowerCase() === wanted),
    ) ?? [];
  if (rate === undefined) throw new Refusal(context.say(convertWords)('noCurrency', { given }));
  return { code, rate };
}

function namesIn(locale: string): (code: string) => string {
  const names = new Intl.DisplayNames(locale, { type: 'currency' });
  return (code) => names.of(code) ?? code;
}
